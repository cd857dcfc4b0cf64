// SPDX-License-Identifier: GPL-3.0-or-later
// Approvals with real keys of ssh-keygen, from the request to what each answer comes to.
#include "app/people/sshsignatures.h"
#include "app/run/runservice.h"
#include "tests/support/fakejournal.h"
#include "tests/support/fakeplace.h"
#include "tests/support/memorysecretstore.h"
#include "tests/support/sshkeys.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

using namespace app;
using models::RunId;
using models::StepId;
using models::StepStatus;

namespace {

constexpr int patience = 30'000; // ms; ssh-keygen on a busy machine

const StepId go(u"go"_qs);

models::Step approval(const QMap<QString, QString>& options, bool notSelf) {
    models::Step step;
    step.id = go;
    step.title = u"Release lead agrees"_qs;
    step.kind = models::StepKind::Approval;
    step.approval = models::ApprovalRule{1, notSelf};
    step.options.values = options;
    return step;
}

} // namespace

class TestSshSignatures : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_home;
    const tests::SshKeys m_keys{m_home.filePath(u".ssh"_qs)};
    tests::FakeHost m_host;
    tests::FakeJournal m_journal;
    tests::MemorySecretStore m_secrets;
    std::optional<RunService> m_service;
    std::shared_ptr<SshSignatures> m_signer;
    RunId m_run;

    [[nodiscard]] QList<models::Person> people() const {
        return {{u"release-manager"_qs,
                 {u"release"_qs},
                 {},
                 {m_keys.publicKey(u"manager"_qs), m_keys.publicKey(u"manager2"_qs)}},
                {u"qa, *"_qs, {}, {}, {m_keys.publicKey(u"qa"_qs)}}};
    }
    void start(const QMap<QString, QString>& options = {}, bool notSelf = false) {
        models::Runbook runbook;
        runbook.title = u"Release"_qs;
        runbook.steps = {approval(options, notSelf)};
        models::PlanContext context;
        context.environment = u"prod"_qs;
        context.isProtected = true;
        context.people = people();
        QSignalSpy opened(&*m_service, &RunService::runOpened);
        (void)m_service->start(
            std::make_shared<const models::Plan>(models::makePlan(runbook, context)), {});
        QVERIFY(opened.wait(patience));
        m_run = opened.first().first().value<RunId>();
    }
    void ask() {
        const qint64 before = standing().request.seq;
        m_service->requestApproval(m_run, go);
        QTRY_VERIFY_WITH_TIMEOUT(standing().request.seq > before, patience);
    }
    [[nodiscard]] models::StepState standing() const { return m_service->state(m_run)->step(go); }
    [[nodiscard]] QString request() const {
        return models::approvalRequestText(*m_service->state(m_run), 0);
    }
    /// What the person sends back by chat.
    [[nodiscard]] QString signedBy(const QString& key, bool isGo = true,
                                   const QString& asked = {}) {
        const models::ApprovalAnswer answer{asked.isEmpty() ? request() : asked, isGo, {}, {}};
        auto made = m_signer->sign(answer, m_keys.path(key), {});
        if (!QTest::qWaitFor([&made] { return made.isFinished(); }, patience) || !made.result())
            return {};
        return models::signedAnswerText(made.result()->statement, made.result()->signature);
    }
    /// Pastes it; the words of the refusal, empty where it was recorded.
    [[nodiscard]] QString paste(const QString& text) {
        QSignalSpy refused(&*m_service, &RunService::intentRefused);
        QSignalSpy appended(&*m_service, &RunService::eventsAppended);
        m_service->answerSigned(m_run, go, text);
        if (!QTest::qWaitFor([&] { return refused.size() + appended.size() > 0; }, patience))
            return u"nothing came of it"_qs;
        return refused.isEmpty() ? QString() : refused.first().at(2).value<models::Error>().message;
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(!QStandardPaths::findExecutable(u"ssh-keygen"_qs).isEmpty(),
                 "ssh-keygen is not installed: see packaging/packages");
        QVERIFY(QDir(m_home.path()).mkdir(u".ssh"_qs));
        for (const QString& name : {u"manager"_qs, u"manager2"_qs, u"qa"_qs, u"stranger"_qs})
            m_keys.make(name);
        m_keys.make(u"locked"_qs, u"a passphrase"_qs);
        qputenv("SSH_ASKPASS", "/bin/false");
        qunsetenv("SSH_AUTH_SOCK");
    }
    void init() {
        m_signer = std::make_shared<SshSignatures>(SshSignatures::Asking::Desktop, u"ssh-keygen"_qs,
                                                   m_home.path());
        m_service.emplace(m_journal, m_secrets, [this](const auto&, const QString&) {
            return std::make_unique<tests::FakePlace>(m_host);
        });
        m_service->setSigner(m_signer);
    }
    void cleanup() { m_service.reset(); }

    void signedApprovalCounts() {
        start();
        ask();
        QCOMPARE(paste(signedBy(u"manager"_qs)), QString());
        QCOMPARE(standing().status, StepStatus::Passed);
        const models::Say said = standing().says.first();
        QCOMPARE(said.name, u"release-manager"_qs);
        QVERIFY(said.verified && said.counts);
        QVERIFY(said.key.startsWith(u"SHA256:"));
        // What was signed stays, to be checked again.
        const models::Event last = m_journal.events(m_run).last();
        const models::SignedAnswer kept{{},
                                        last.payload[u"statement"].toString().toUtf8(),
                                        last.payload[u"signature"].toString().toLatin1()};
        auto again = m_signer->check(kept, people());
        QTRY_VERIFY_WITH_TIMEOUT(again.isFinished(), patience);
        QVERIFY(again.result());
        QCOMPARE(again.result()->person, u"release-manager"_qs);
    }

    void quotedByAChatItStillVerifies() {
        start();
        ask();
        QString text = signedBy(u"manager"_qs);
        QCOMPARE(paste(u"> "_qs + text.replace(u"\n"_qs, u"\r\n> "_qs)), QString());
        QCOMPARE(standing().status, StepStatus::Passed);
    }

    void twoKeysOfOnePersonCountOnce() {
        start();
        ask();
        QCOMPARE(paste(signedBy(u"manager"_qs, false)), QString());
        QCOMPARE(standing().status, StepStatus::Failed);
        QVERIFY(paste(signedBy(u"manager2"_qs, false)).contains(u"once"));
        QCOMPARE(paste(signedBy(u"manager2"_qs)), QString());
        QCOMPARE(standing().says.size(), 1);
        QCOMPARE(standing().status, StepStatus::Passed);
    }

    void signedHereWithTheKeyThatFits() {
        start();
        ask();
        m_service->signHere(m_run, go, true, u"seen"_qs, {});
        QTRY_COMPARE_WITH_TIMEOUT(standing().status, StepStatus::Passed, patience);
        QCOMPARE(standing().says.first().remark, u"seen"_qs);
    }

    void strangersKeyIsRefused() {
        start();
        ask();
        QVERIFY(paste(signedBy(u"stranger"_qs)).contains(u"nobody among the people"));
        QCOMPARE(standing().status, StepStatus::Waiting);
    }

    void changedTextIsRefused() {
        start();
        ask();
        const QString text = signedBy(u"qa"_qs, false);
        QVERIFY(!text.isEmpty());
        QVERIFY(paste(QString(text).replace(u"decision: no-go"_qs, u"decision: go"_qs))
                    .contains(u"does not belong to this text"));
    }

    void signatureForSomethingElseIsRefused() {
        start();
        ask();
        QFile text(m_home.filePath(u"text"_qs));
        QVERIFY(text.open(QIODevice::WriteOnly));
        const QByteArray statement = models::approvalStatement({request(), true, {}, {}});
        text.write(statement);
        text.close();
        QProcess keygen;
        keygen.start(u"ssh-keygen"_qs, {u"-Y"_qs, u"sign"_qs, u"-n"_qs, u"git"_qs, u"-f"_qs,
                                        m_keys.path(u"manager"_qs), text.fileName()});
        QVERIFY(keygen.waitForFinished(patience));
        QFile made(text.fileName() + u".sig"_qs);
        QVERIFY(made.open(QIODevice::ReadOnly));
        QVERIFY(
            paste(models::signedAnswerText(statement, made.readAll())).contains(u"something else"));
    }

    void replaysAreRefused() {
        start();
        ask();
        const QString first = signedBy(u"manager"_qs);
        const RunId earlier = m_run;
        ask();
        QVERIFY(paste(first).contains(u"earlier request"));
        start();
        QVERIFY(paste(first).contains(u"another run"));
        ask();
        QVERIFY(earlier != m_run);
        QVERIFY(paste(first).contains(u"another run"));
        QCOMPARE(paste(signedBy(u"manager"_qs)), QString());
        const QString given = signedBy(u"manager"_qs);
        m_service->reopenStep(m_run, go);
        QTRY_COMPARE_WITH_TIMEOUT(standing().status, StepStatus::Pending, patience);
        QVERIFY(paste(given).contains(u"reopened"));
    }

    void missingRoleIsRefused() {
        start({{u"role"_qs, u"release"_qs}});
        ask();
        QVERIFY(paste(signedBy(u"qa"_qs)).contains(u"role release"));
        QCOMPARE(paste(signedBy(u"manager"_qs)), QString());
    }

    void deadlineEndsTheRequest() {
        start({{u"within"_qs, u"1s"_qs}});
        ask();
        const QString answer = signedBy(u"manager"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(standing().request.expired, patience);
        QCOMPARE(standing().status, StepStatus::Failed);
        QCOMPARE(m_journal.kinds(m_run).last(), models::EventKind::ApprovalExpired);
        QVERIFY(paste(answer).contains(u"expired"));
    }

    void restartFindsTheDeadlinePast() {
        start({{u"within"_qs, u"1s"_qs}});
        ask();
        const models::Instant deadline = standing().request.deadline;
        cleanup();
        QTRY_VERIFY_WITH_TIMEOUT(
            QDateTime::currentMSecsSinceEpoch() * 1'000'000 > deadline.nanoseconds, patience);
        init();
        (void)m_service->open(m_run);
        QTRY_VERIFY_WITH_TIMEOUT(m_service->state(m_run) && standing().request.expired, patience);
    }

    void keyWithAPassphraseSaysWhatToDo() {
        const models::ApprovalAnswer answer{u"x"_qs, true, {}, {}};
        auto made = m_signer->sign(answer, m_keys.path(u"locked"_qs), {});
        QTRY_VERIFY_WITH_TIMEOUT(made.isFinished(), patience);
        QVERIFY(!made.result());
        QVERIFY(made.result().error().message.contains(u"ssh-add"));
        auto none = m_signer->sign(answer, m_keys.path(u"not-there"_qs), {});
        QVERIFY(none.isFinished() && !none.result());
    }

    void withoutTheProgramItSaysWhatToInstall() {
        SshSignatures signer(SshSignatures::Asking::Desktop, u"/nonexistent/ssh-keygen"_qs,
                             m_home.path());
        auto made = signer.sign({u"x"_qs, true, {}, {}}, m_keys.path(u"qa"_qs), {});
        QTRY_VERIFY_WITH_TIMEOUT(made.isFinished(), patience);
        QVERIFY(made.result().error().message.contains(u"openssh-client"));
    }
};

QTEST_GUILESS_MAIN(TestSshSignatures)
#include "tst_sshsignatures.moc"
