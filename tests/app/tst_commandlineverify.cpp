// SPDX-License-Identifier: GPL-3.0-or-later
// "gantry journal verify" on approvals that were signed with real keys.
#include "app/journal/journaloptions.h"
#include "app/journal/sqlitejournal.h"
#include "app/people/sshsignatures.h"
#include "models/run/draft.h"
#include "tests/support/sshkeys.h"
#include "tests/support/temporaryhome.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QStandardPaths>

#include <functional>

using models::RunState;
using models::StepId;

namespace {

constexpr int patience = 60'000; // ms

using Change = std::function<void(models::VerifiedAnswer&)>;

struct Outcome {
    int status = -1;
    QString out;
    QString err;
};

/// Another character of the base64 alphabet near the end, where the signature itself is.
void changeSignature(models::VerifiedAnswer& answer) {
    const qsizetype at = answer.signature.lastIndexOf("\n-----END") - 12;
    answer.signature[at] = answer.signature[at] == 'A' ? 'B' : 'A';
}

void changeText(models::VerifiedAnswer& answer) {
    answer.statement.replace("note: looked at it", "note: looked at us");
}

} // namespace

Q_DECLARE_METATYPE(Change)

class TestCommandLineVerify : public QObject {
    Q_OBJECT

private:
    tests::TemporaryHome m_home;
    const tests::SshKeys m_keys{m_home.path()};
    app::SshSignatures m_signer{app::SshSignatures::Asking::Desktop, u"ssh-keygen"_qs,
                                m_home.path()};

    [[nodiscard]] models::PlanPointer plan() const {
        models::Step step;
        step.id = StepId(u"go"_qs);
        step.title = u"Release lead agrees"_qs;
        step.kind = models::StepKind::Approval;
        step.approval = models::ApprovalRule{1, false};
        models::Runbook runbook;
        runbook.title = u"Release"_qs;
        runbook.steps = {step};
        models::PlanContext context;
        context.workspaceId = u"shop"_qs;
        context.environment = u"prod"_qs;
        context.isProtected = true;
        context.people = {{u"release-manager"_qs, {}, {}, {m_keys.publicKey(u"manager"_qs)}},
                          {u"qa"_qs, {}, {}, {m_keys.publicKey(u"qa"_qs)}}};
        return std::make_shared<const models::Plan>(models::makePlan(runbook, context));
    }

    [[nodiscard]] models::Result<models::VerifiedAnswer> signedAnswer(const RunState& state) {
        using Verified = models::Result<models::VerifiedAnswer>;
        const models::ApprovalAnswer answer{
            models::approvalRequestText(state, 0), true, {}, u"looked at it"_qs};
        auto made = m_signer.sign(answer, m_keys.path(u"manager"_qs), {});
        if (!QTest::qWaitFor([&made] { return made.isFinished(); }, patience) || !made.result())
            return models::failure(models::ErrorCode::Internal, u"It was not signed."_qs);
        auto checked = m_signer.check(*made.result(), state.plan->context.people);
        return QTest::qWaitFor([&checked] { return checked.isFinished(); }, patience)
                   ? checked.result()
                   : Verified(
                         models::failure(models::ErrorCode::Internal, u"It was not checked."_qs));
    }

    /// One run in a journal of its own, whose chain holds whatever was made of the answer.
    void record(const Change& change) {
        QDir(app::JournalOptions::defaultFolder()).removeRecursively();
        app::SqliteJournal journal;
        const models::RunId run(u"01m82c1xatcjqpqpmyccd952a5"_qs);
        const auto started =
            journal.create({run, {models::draft::runStarted(*plan(), {})}, {}, u"lead@desk"_qs, {}})
                .result();
        QVERIFY2(started, started ? "" : qPrintable(started.error().message));
        RunState state = models::apply({}, started->first());
        const auto append = [&](const models::EventDraft& draft) {
            const auto events = journal.append({run, {draft}, {}, u"lead@desk"_qs, {}}).result();
            QVERIFY(events);
            for (const models::Event& event : *events)
                state = models::apply(std::move(state), event);
        };
        const StepId step(u"go"_qs);
        append(models::draft::approvalRequested(step, {}));
        auto answer = signedAnswer(state);
        QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
        change(*answer);
        append(models::draft::verifiedSay(step, *answer, state.step(step).request.seq));
    }

    /// A workspace that lists this key as that person's.
    [[nodiscard]] QString workspaceOf(const QString& person, const QString& key) const {
        const QString folder = m_home.path() + u"/workspace"_qs;
        QDir().mkpath(folder);
        QFile file(folder + u"/gantry.yaml"_qs);
        if (file.open(QIODevice::WriteOnly))
            file.write(
                u"gantry: 1\nid: shop\nname: Shop\npeople:\n  %1: { keys: [ \"%2\" ] }\n"
                "environments:\n  prod: { protected: true }\n"_qs.arg(person, m_keys.publicKey(key))
                    .toUtf8());
        return folder;
    }

    [[nodiscard]] static Outcome verify(const QStringList& options, const QString& programs = {}) {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_qs, u"unix:path=/nonexistent"_qs);
        if (!programs.isEmpty())
            environment.insert(u"PATH"_qs, programs);
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(GANTRY_PROGRAM),
                      QStringList{u"journal"_qs, u"verify"_qs} + options);
        if (!process.waitForFinished(patience))
            return {};
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }

    static QJsonObject jsonOf(const Outcome& outcome) {
        return QJsonDocument::fromJson(outcome.out.toUtf8()).object();
    }
    static QJsonObject signatureIn(const Outcome& outcome) {
        const QJsonObject run = jsonOf(outcome)[u"runs"].toArray().first().toObject();
        return run[u"signatures"].toArray().first().toObject();
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(!QStandardPaths::findExecutable(u"ssh-keygen"_qs).isEmpty(),
                 "ssh-keygen is not installed: see packaging/packages");
        qunsetenv("SSH_AUTH_SOCK");
        for (const QString& name : {u"manager"_qs, u"qa"_qs})
            m_keys.make(name);
    }

    void signaturesAreCheckedAnew_data() {
        QTest::addColumn<Change>("change");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("verdict");
        QTest::addColumn<QString>("reason");
        QTest::newRow("as it was signed") << Change([](models::VerifiedAnswer&) {}) << 0
                                          << u"PASS"_qs << u"a key that the run recorded"_qs;
        QTest::newRow("a byte of the signature")
            << Change(changeSignature) << 1 << u"FAIL"_qs << u"does not belong"_qs;
        QTest::newRow("bytes of the text")
            << Change(changeText) << 1 << u"FAIL"_qs << u"does not belong"_qs;
        QTest::newRow("another person's name")
            << Change([](models::VerifiedAnswer& answer) { answer.person = u"qa"_qs; }) << 1
            << u"FAIL"_qs << u"signed by release-manager"_qs;
    }
    void signaturesAreCheckedAnew() {
        QFETCH(Change, change);
        QFETCH(int, status);
        QFETCH(QString, verdict);
        QFETCH(QString, reason);
        record(change);
        if (QTest::currentTestFailed())
            return;
        const Outcome outcome = verify({u"--json"_qs});
        QVERIFY2(outcome.status == status, qPrintable(outcome.out + outcome.err));
        const QJsonObject run = jsonOf(outcome)[u"runs"].toArray().first().toObject();
        // The chain is whole: whoever rewrote it had no key.
        QVERIFY(run[u"intact"].toBool());
        QCOMPARE(run[u"events"].toInt(), 3);
        const QJsonObject signature = signatureIn(outcome);
        QCOMPARE(signature[u"verdict"].toString(), verdict);
        QVERIFY2(signature[u"reason"].toString().contains(reason),
                 qPrintable(signature[u"reason"].toString()));
        QCOMPARE(signature[u"step"].toString(), u"Release lead agrees"_qs);
        QCOMPARE(signature[u"decision"].toString(), u"go"_qs);
        QCOMPARE(jsonOf(outcome)[u"verifies"].toBool(), status == 0);
        const Outcome text = verify({u"--run"_qs, run[u"id"].toString()});
        QCOMPARE(text.status, status);
        QVERIFY2(text.out.contains(u": %1  go of "_qs.arg(verdict)), qPrintable(text.out));
    }

    void keysAreComparedWithThoseListedNow() {
        record([](models::VerifiedAnswer&) {});
        const auto compared = [this](const QString& person, const QString& key) {
            return verify({u"--json"_qs, u"--people"_qs, workspaceOf(person, key)});
        };
        Outcome outcome = compared(u"release-manager"_qs, u"manager"_qs);
        QVERIFY2(outcome.status == 0, qPrintable(outcome.out + outcome.err));
        QCOMPARE(signatureIn(outcome)[u"verdict"].toString(), u"PASS"_qs);
        // A key that is no longer listed proves nothing by itself, nor that anything is wrong.
        outcome = compared(u"release-manager"_qs, u"qa"_qs);
        QCOMPARE(outcome.status, 0);
        QCOMPARE(signatureIn(outcome)[u"verdict"].toString(), u"UNKNOWN"_qs);
        QVERIFY(signatureIn(outcome)[u"reason"].toString().contains(u"listed no longer"));
        outcome = compared(u"somebody-else"_qs, u"manager"_qs);
        QCOMPARE(outcome.status, 1);
        QCOMPARE(signatureIn(outcome)[u"verdict"].toString(), u"FAIL"_qs);
        QCOMPARE(verify({u"--people"_qs, m_home.path() + u"/none"_qs}).status, 2);
    }

    void whatCannotBeCheckedIsUnknown() {
        record([](models::VerifiedAnswer&) {});
        const Outcome outcome = verify({u"--json"_qs}, u"/nonexistent"_qs);
        QVERIFY2(outcome.status == 0, qPrintable(outcome.out + outcome.err));
        QCOMPARE(signatureIn(outcome)[u"verdict"].toString(), u"UNKNOWN"_qs);
        QVERIFY(signatureIn(outcome)[u"reason"].toString().contains(u"openssh-client"));
    }

    void oneRunAlone() {
        record([](models::VerifiedAnswer&) {});
        const Outcome outcome = verify({u"--run"_qs, u"none"_qs});
        QVERIFY(outcome.status != 0);
        QVERIFY2(outcome.err.contains(u"no run none"), qPrintable(outcome.err));
    }
};

QTEST_GUILESS_MAIN(TestCommandLineVerify)
#include "tst_commandlineverify.moc"
