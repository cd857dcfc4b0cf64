// SPDX-License-Identifier: GPL-3.0-or-later
// Triggers and metrics on the page of environments, and conditions that are tried there.
#include "tests/ui/environment/pagetest.h"
#include "ui/environment/conditionlistmodel.h"
#include "ui/environment/replaystrip.h"
#include "ui/environment/trustsheet.h"
#include "ui/environment/trysheet.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QTest>

namespace tests {

namespace {

constexpr int patience = 30'000; ///< ms

models::Workspace shop() {
    models::Workspace workspace = models::parseWorkspace(
        "gantry: 1\nname: Shop\nenvironments:\n  prod:\n    prometheus: http://127.0.0.1:9090\n"
        "    services:\n      portal: { health: { http: \"http://127.0.0.1:1/\" } }\n"
        "    metrics: { errors: { prometheus: \"sum(errors)\", unit: ratio, every: 1s } }\n"
        "    triggers:\n      - { name: Errors, when: \"errors > 10%\", every: 1s }\n"
        "      - { name: Portal away, when: \"success_rate(portal.http, 5m) < 90%\", every: 1s }\n"
        "  dev: { services: { portal: {} } }\n");
    workspace.root = QStringLiteral("/srv/shop");
    return workspace;
}

} // namespace

class TestTryingConditions : public PageTest {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { ui::Theme::instance().install(*qApp); }
    void init() {
        QVERIFY(shop().diagnostics.isEmpty());
        QVERIFY(showPage({1200, 700}));
        m_health->trust.vouchFor(shop().root);
        m_open->take(shop());
        QTRY_COMPARE_WITH_TIMEOUT(m_health->metrics.asked.size(), 1U, patience);
    }
    void cleanup() { dropPage(); }

    void showsTriggersAndMetrics() {
        QListView& list = conditions();
        QAbstractItemModelTester tester(list.model());
        QCOMPARE(heard().size(), 3);
        QVERIFY(list.isVisible());
        QVERIFY(heard(0).startsWith(QStringLiteral("Errors, Unknown")));
        QVERIFY(heard(2).startsWith(QStringLiteral("errors, Unknown, It was not read yet.")));
        answer(0.25);
        QTRY_VERIFY_WITH_TIMEOUT(heard(0).startsWith(QStringLiteral("Errors, Holds")), patience);
        QVERIFY(heard(0).contains(QStringLiteral("errors was 25 %; limit 10%")));
        QVERIFY2(heard(2).startsWith(QStringLiteral("errors, 25 %")), qPrintable(heard(2)));
        // Nothing was seen of the portal: that is not known, and neither clear nor held.
        QVERIFY2(heard(1).startsWith(QStringLiteral("Portal away, Unknown")), qPrintable(heard(1)));
    }

    /// What holds for information alone is neither passed nor failed.
    void aTriggerHoldsAsItsSeveritySays_data() {
        QTest::addColumn<QByteArray>("severity");
        QTest::addColumn<ui::Glyph>("glyph");
        QTest::addColumn<QString>("word");
        QTest::newRow("error") << QByteArray("error") << ui::Glyph::Failed
                               << QStringLiteral("Holds");
        QTest::newRow("warn") << QByteArray("warn") << ui::Glyph::Warning
                              << QStringLiteral("Holds (warning)");
        QTest::newRow("info") << QByteArray("info") << ui::Glyph::Information
                              << QStringLiteral("Holds (information)");
    }
    void aTriggerHoldsAsItsSeveritySays() {
        QFETCH(QByteArray, severity);
        QFETCH(QString, word);
        models::Workspace workspace = models::parseWorkspace(
            "gantry: 1\nname: Shop\nenvironments:\n  prod:\n    services: { portal: {} }\n"
            "    triggers:\n"
            "      - { name: Errors, when: \"1 > 0\", every: 1s, severity: " +
            severity + " }\n");
        workspace.root = shop().root;
        QVERIFY(workspace.diagnostics.isEmpty());
        m_health->trust.vouchFor(workspace.root);
        m_open->take(workspace);
        const auto row = [this] {
            const auto* list = visible<QListView>("conditions");
            const auto* shown = list ? list->model()
                                           ->index(0, 0)
                                           .data(ui::standingRowRole)
                                           .value<const ui::StandingRow*>()
                                     : nullptr;
            return shown ? *shown : ui::StandingRow();
        };
        QTRY_COMPARE_WITH_TIMEOUT(row().word, word, patience);
        QTEST(row().glyph, "glyph");
    }

    /// Of an environment without services its triggers are all there is to see.
    void triggersStandWithoutServices() {
        models::Workspace workspace =
            models::parseWorkspace("gantry: 1\nname: Shop\nenvironments:\n  prod:\n    triggers:\n"
                                   "      - { name: Errors, when: \"1 > 0\", every: 1s }\n");
        workspace.root = shop().root;
        QVERIFY(workspace.diagnostics.isEmpty());
        m_health->trust.vouchFor(workspace.root);
        m_open->take(workspace);
        QTRY_VERIFY_WITH_TIMEOUT(visible<QListView>("conditions") &&
                                     heard(0).startsWith(QStringLiteral("Errors, Holds")),
                                 patience);
    }

    /// A reason has a line of its own, and is told whole where a narrow column cuts it.
    void whyAMetricIsNotKnownHasRoom() {
        QListView& list = conditions();
        const auto metric = [&list] { return list.model()->index(2, 0); };
        const int unknown = list.visualRect(metric()).height();
        const QString reason = QStringLiteral("It was not read yet.");
        QVERIFY(metric().data(Qt::ToolTipRole).toString().contains(reason));
        QVERIFY(metric().data(Qt::AccessibleTextRole).toString().contains(reason));
        answer(0.25);
        QTRY_VERIFY_WITH_TIMEOUT(heard(2).startsWith(QStringLiteral("errors, 25 %")), patience);
        QTRY_VERIFY_WITH_TIMEOUT(list.visualRect(metric()).height() < unknown, patience);
    }

    void whoHasNoneShowsNone() {
        int shown = 0;
        for (const QListView* list : m_page->findChildren<QListView*>(QStringLiteral("conditions")))
            shown += list->isVisible() ? 1 : 0;
        QCOMPARE(shown, 1);
    }

    void aConditionIsTried() {
        answer(0.25);
        conditions().setCurrentIndex(conditions().model()->index(0, 0));
        QTest::mouseClick(visible<ui::ActionButton>("tryCondition"), Qt::LeftButton);
        auto* sheet = m_page->findChild<ui::TrySheet*>();
        QVERIFY(sheet);
        auto* field = sheet->findChild<QLineEdit*>(QStringLiteral("conditionField"));
        QCOMPARE(field->text(), QStringLiteral("errors > 10%"));
        const auto words = [sheet](const char* name) {
            return sheet->findChild<QLabel*>(QLatin1String(name))->text();
        };
        QCOMPARE(words("conditionVerdict"), QStringLiteral("It holds now."));
        QCOMPARE(words("conditionLeaves"), QStringLiteral("errors was 25 %; limit 10%"));
        QVERIFY2(words("replayWords").contains(QStringLiteral("is not known")),
                 qPrintable(words("replayWords")));
        QVERIFY(sheet->findChild<ui::ReplayStrip*>()->isVisible());

        field->selectAll();
        QTest::keyClicks(field, QStringLiteral("errors > "));
        QTRY_COMPARE_WITH_TIMEOUT(words("conditionVerdict"),
                                  QStringLiteral("This is no condition yet"), patience);
        QVERIFY(!sheet->findChild<ui::ReplayStrip*>()->isVisible());
        QTest::keyClicks(field, QStringLiteral("50%"));
        QTRY_COMPARE_WITH_TIMEOUT(words("conditionVerdict"),
                                  QStringLiteral("It does not hold now."), patience);
        // For a trigger that is good.
        QCOMPARE(sheet->findChild<QLabel*>(QStringLiteral("conditionVerdict"))
                     ->palette()
                     .color(QPalette::WindowText),
                 ui::Theme::instance().colour(ui::Colour::Text));
        field->selectAll();
        QTest::keyClicks(field, QStringLiteral("<b>portal</b>"));
        QTRY_VERIFY_WITH_TIMEOUT(words("conditionVerdict").startsWith(QStringLiteral("This")),
                                 patience);
        QTest::keyClick(sheet, Qt::Key_Escape);
        QTRY_VERIFY_WITH_TIMEOUT(!m_page->findChild<ui::TrySheet*>(), patience);
    }

    void theStripSaysWhatItShows() {
        ui::ReplayStrip strip;
        QCOMPARE(strip.words(), QString());
        const models::Instant begin{1'800'000'000'000'000'000};
        const auto at = [begin](std::int64_t seconds) {
            return models::Instant{begin.nanoseconds + seconds * 1'000'000'000};
        };
        using enum models::Verdict;
        strip.setSpans({{at(0), at(600), Fail}});
        QCOMPARE(strip.words(), QStringLiteral("It would not have held."));
        strip.setSpans({{at(0), at(600), Unknown}});
        QCOMPARE(strip.words(), QStringLiteral("Whether it would have held is not known."));
        strip.setSpans({{at(0), at(60), Pass},
                        {at(60), at(120), Fail},
                        {at(120), at(150), Pass},
                        {at(150), at(180), Unknown}});
        QVERIFY2(strip.words().startsWith(QStringLiteral(
                     "It would have held 2 times, for 1 min 30 s in all, the last time from ")),
                 qPrintable(strip.words()));
        QVERIFY(strip.words().endsWith(QStringLiteral("Of 30 s it is not known.")));
    }

    void metricsAreAmongWhatIsTrusted() {
        models::Workspace other = shop();
        other.root = QStringLiteral("/srv/other");
        m_open->take(other);
        m_health->metrics.asked.clear();
        QTRY_VERIFY_WITH_TIMEOUT(visible<ui::ActionButton>("reviewWorkspace"), patience);
        QTest::mouseClick(visible<ui::ActionButton>("reviewWorkspace"), Qt::LeftButton);
        auto* lines = m_page->findChild<QPlainTextEdit*>(QStringLiteral("trustLines"));
        QVERIFY(lines);
        QVERIFY2(lines->toPlainText().contains(QStringLiteral(
                     "metric errors  prometheus sum(errors)  every 1 s  at http://127.0.0.1:9090")),
                 qPrintable(lines->toPlainText()));
        QVERIFY(m_health->metrics.asked.empty());
    }

    /// Logs run by themselves where lines of them are counted, and contracts as often as is said.
    void logsAndContractsAreAmongWhatIsTrusted() {
        const QByteArray portal =
            "gantry: 1\nname: Shop\ncontracts: { every: 30m }\nenvironments:\n  prod:\n"
            "    services:\n      portal:\n        logs: { command: fly logs -a portal, on: local "
            "}\n"
            "        env_from: { file: /srv/portal/.env, on: local }\n"
            "        contract: { SECRET_KEY: { required: true } }\n";
        const models::Workspace plain = models::parseWorkspace(portal);
        QVERIFY2(plain.diagnostics.isEmpty(), qPrintable(plain.diagnostics.value(0).message));
        const QString variables =
            QStringLiteral("prod  portal  variables of /srv/portal/.env  every 30 min  at local");
        QCOMPARE(ui::TrustSheet::linesOf(plain), QStringList{variables});
        QCOMPARE(ui::TrustSheet::linesOf(
                     models::parseWorkspace(portal + "log_classes: { error: ERROR }\n")),
                 (QStringList{variables, QStringLiteral("prod  portal  log of command fly logs -a "
                                                        "portal  all the time  at local")}));
    }

private:
    template <class Widget>
    [[nodiscard]] Widget* visible(const char* name) {
        for (Widget* each : m_page->findChildren<Widget*>(QLatin1String(name))) {
            if (each->isVisible())
                return each;
        }
        return nullptr;
    }
    [[nodiscard]] QListView& conditions() { return *visible<QListView>("conditions"); }
    [[nodiscard]] QStringList heard() {
        QStringList lines;
        const QAbstractItemModel& model = *conditions().model();
        for (int row = 0; row < model.rowCount(); ++row)
            lines.append(model.index(row, 0).data(Qt::AccessibleTextRole).toString());
        return lines;
    }
    [[nodiscard]] QString heard(int row) { return heard().value(row); }
    void answer(double ratio) {
        const models::Instant now{QDateTime::currentMSecsSinceEpoch() * 1'000'000};
        m_health->metrics.asked.back().done({now, models::Quantity{ratio, models::Unit::None}});
        m_page->settleNow();
    }
};

} // namespace tests

QTEST_MAIN(tests::TestTryingConditions)
#include "tst_tryingconditions.moc"
