// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakejournal.h"
#include "tests/support/fakeplace.h"
#include "tests/support/memorysecretstore.h"
#include "ui/run/actiondesk.h"
#include "ui/run/actionsheet.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTest>

#include <algorithm>
#include <memory>
#include <optional>

using app::ActionProgress;
using State = app::ActionProgress::State;
using ui::ActionDesk;
using ui::ActionSheet;

namespace {

models::Workspace workspaceWith(const QByteArray& command) {
    models::Workspace workspace = models::parseWorkspace(
        "gantry: 1\nid: shop\nsecrets: { TOKEN: prompt }\nenvironments:\n"
        "  dev: { services: { portal: { actions: { restart: \"" +
        command +
        "\" } } } }\n"
        "  prod: { protected: true, services: { portal: { actions: { restart: \"" +
        command +
        "\" } } } }\n"
        "  sale: { freeze: [ { from: \"2020-01-01T00:00:00Z\", until: \"2120-01-01T00:00:00Z\", "
        "reason: Sale }, { from: \"2010-01-01T00:00:00Z\", until: \"2011-01-01T00:00:00Z\" } ], "
        "services: { portal: { actions: { restart: \"" +
        command + "\" } } } }\n");
    workspace.root = u"/"_qs;
    return workspace;
}

} // namespace

class TestActionDesk : public QObject {
    Q_OBJECT

private:
    tests::FakeHost m_host;
    tests::FakeJournal m_journal;
    tests::MemorySecretStore m_secrets;
    std::optional<app::RunService> m_runs;
    std::unique_ptr<QWidget> m_window;
    ActionDesk* m_desk = nullptr;
    QList<ActionProgress> m_told;

    void ask(const QByteArray& command, const QString& environment = u"dev"_qs,
             models::ServiceActionKind kind = models::ServiceActionKind::Restart) {
        m_desk->ask(workspaceWith(command), environment, u"portal"_qs, kind);
    }
    [[nodiscard]] ActionSheet* sheet() { return m_window->findChild<ActionSheet*>(); }
    [[nodiscard]] QAbstractButton& button() {
        return *sheet()->findChild<QAbstractButton*>(u"runAction"_qs);
    }
    [[nodiscard]] QLineEdit* typing() { return sheet()->findChild<QLineEdit*>(u"actionTyped"_qs); }

private Q_SLOTS:
    void init() {
        m_told.clear();
        m_runs.emplace(m_journal, m_secrets, [this](const auto&, const QString& name) {
            return std::make_unique<tests::FakePlace>(m_host, name);
        });
        m_window = std::make_unique<QWidget>();
        m_window->resize(800, 600);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_desk = new ActionDesk(*m_runs, *m_window);
        connect(m_desk, &ActionDesk::progressed, this,
                [this](const ActionProgress& progress) { m_told.append(progress); });
    }
    void cleanup() {
        m_window.reset();
        m_runs.reset();
    }

    void showsWhatRunsAndRunsIt() {
        const qsizetype before = m_host.scripts().size();
        ask("docker restart portal");
        QVERIFY(sheet());
        QCOMPARE(sheet()->findChild<QPlainTextEdit*>()->toPlainText(), u"docker restart portal"_qs);
        QCOMPARE(m_host.scripts().size(), before);
        QCOMPARE(button().text(), u"Restart portal"_qs);
        QVERIFY(!typing());
        QTest::mouseClick(&button(), Qt::LeftButton);
        QTRY_VERIFY(!m_told.isEmpty() && m_told.last().state == State::Passed);
        QCOMPARE(m_host.scripts().last().trimmed(), u"docker restart portal"_qs);
        QTRY_VERIFY(!sheet());
    }

    void runsNothingOnCancel() {
        const qsizetype before = m_host.scripts().size();
        ask("docker restart portal");
        QTest::keyClick(sheet(), Qt::Key_Escape);
        QTRY_VERIFY(!sheet());
        QVERIFY(m_told.isEmpty());
        QCOMPARE(m_host.scripts().size(), before);
    }

    void wantsTheNameTyped_data() {
        QTest::addColumn<QByteArray>("command");
        QTest::addColumn<QString>("environment");
        QTest::newRow("protected") << QByteArray("docker restart portal") << u"prod"_qs;
        QTest::newRow("destructive") << QByteArray("docker compose down -v") << u"dev"_qs;
        QTest::newRow("both") << QByteArray("docker compose down -v") << u"prod"_qs;
    }

    void wantsTheNameTyped() {
        QFETCH(QByteArray, command);
        QFETCH(QString, environment);
        ask(command, environment);
        QVERIFY(typing());
        QVERIFY(!button().isEnabled());
        QTest::keyClicks(typing(), u"pord"_qs);
        QVERIFY(!button().isEnabled());
        QTest::keyClick(typing(), Qt::Key_Return);
        QVERIFY(sheet()->isVisible());
        typing()->clear();
        QTest::keyClicks(typing(), environment);
        QVERIFY(button().isEnabled());
        QTest::keyClick(typing(), Qt::Key_Return);
        QTRY_VERIFY(!m_told.isEmpty() && m_told.last().state == State::Passed);
    }

    void wantsAReasonInAFreeze() {
        ask("docker restart portal", u"sale"_qs);
        QVERIFY(sheet());
        const QList<QLabel*> labels = sheet()->findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.cbegin(), labels.cend(), [](const QLabel* label) {
            return label->text() == u"sale is frozen until 2120-01-01 00:00 UTC. Sale";
        }));
        auto* const reason = sheet()->findChild<QLineEdit*>(u"overrideReason"_qs);
        QVERIFY(reason);
        QVERIFY(!button().isEnabled());
        QTest::keyClicks(reason, u"  "_qs);
        QVERIFY(!button().isEnabled());
        QTest::keyClicks(reason, u"It hangs"_qs);
        QVERIFY(button().isEnabled());
        QTest::mouseClick(&button(), Qt::LeftButton);
        QTRY_VERIFY(!m_told.isEmpty() && m_told.last().state == State::Passed);
        models::RunState state;
        for (const models::Event& event : m_journal.events(m_told.last().run))
            state = models::apply(std::move(state), event);
        QCOMPARE(state.plan->context.overrides.size(), 1);
        QVERIFY(state.plan->context.overrides.first().objection.contains(u"frozen"));
        QCOMPARE(state.plan->context.overrides.first().reason, u"It hangs"_qs);
        QCOMPARE(state.outcome, models::RunOutcome::SucceededWithDeviations);
    }

    void asksForValuesAndSecrets() {
        ask("docker restart <container> && curl -H $TOKEN http://localhost/x");
        QVERIFY(!button().isEnabled());
        const QList<QLineEdit*> fields = sheet()->findChildren<QLineEdit*>();
        QCOMPARE(fields.size(), 2);
        QCOMPARE(fields[1]->echoMode(), QLineEdit::Password);
        QTest::keyClicks(fields[0], u"shop portal"_qs);
        QTest::keyClicks(fields[1], u"correct horse"_qs);
        QTest::mouseClick(&button(), Qt::LeftButton);
        QTRY_VERIFY(!m_told.isEmpty() && m_told.last().state == State::Passed);
        QVERIFY2(m_host.scripts().last().contains(u"'shop portal'"_qs),
                 qPrintable(m_host.scripts().last()));
        QCOMPARE(m_host.requests().last().secrets.value(u"TOKEN"_qs), u"correct horse"_qs);
    }

    void refusesWithTheReason_data() {
        QTest::addColumn<QByteArray>("command");
        QTest::addColumn<models::ServiceActionKind>("kind");
        QTest::addColumn<QString>("words");
        QTest::newRow("not named") << QByteArray("docker restart portal")
                                   << models::ServiceActionKind::Pull << u"actions.pull"_qs;
        QTest::newRow("a terminal") << QByteArray("docker exec -it portal sh")
                                    << models::ServiceActionKind::Restart << u"terminal"_qs;
    }

    void refusesWithTheReason() {
        QFETCH(QByteArray, command);
        QFETCH(models::ServiceActionKind, kind);
        QFETCH(QString, words);
        ask(command, u"dev"_qs, kind);
        QVERIFY(!sheet());
        QCOMPARE(m_told.size(), 1);
        QCOMPARE(m_told[0].state, State::Refused);
        QVERIFY2(m_told[0].words.contains(words), qPrintable(m_told[0].words));
    }
};

QTEST_MAIN(TestActionDesk)
#include "tst_actiondesk.moc"
