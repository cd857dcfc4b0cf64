// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/health/logwatch.h"
#include "tests/support/fakehealth.h"
#include "tests/support/fakelogservice.h"
#include "tests/support/temporaryhome.h"
#include "ui/health/chartexport.h"
#include "ui/health/healthpage.h"
#include "ui/health/marklane.h"
#include "ui/health/marklegend.h"
#include "ui/health/timechart.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/timeformat.h"

#include <QApplication>
#include <QButtonGroup>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

namespace tests {

using models::Instant;
using models::ProbeReply;
using models::Workspace;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t second = 1'000'000'000;

Workspace shop() {
    Workspace workspace = models::parseWorkspace(
        "gantry: 1\nname: Shop\nlog_classes: { error: ERROR }\nenvironments:\n  prod:\n"
        "    services:\n      portal:\n        logs: { file: /var/log/portal.log }\n"
        "        health:\n          - { http: \"http://shop.example.com/healthz\", every: 10s,\n"
        "              pass: \"http.status == 200 && http.total < 500ms\" }\n"
        "          - { tcp: \"shop.example.com:22\", every: 10s }\n"
        "      worker: { health: { tcp: \"shop.example.com:23\" } }\n      cron: {}\n");
    // Trust is remembered from one test to the next.
    workspace.root = QStringLiteral("/srv/") + QLatin1String(QTest::currentTestFunction());
    return workspace;
}

Instant present() {
    return {QDateTime::currentMSecsSinceEpoch() * 1'000'000};
}

ProbeReply reply(Instant at, int status, std::chrono::milliseconds total) {
    ProbeReply reply;
    reply.outcome = ProbeReply::Outcome::Answered;
    reply.at = at;
    reply.status = status;
    reply.phases.lookup = 1ms;
    reply.phases.firstByte = total - 1ms;
    reply.phases.total = total;
    return reply;
}

class Stage {
public:
    Stage() {
        page.resize(1100, 700);
        page.showWorkspace(&health.watch);
    }

    /// Trusts it, shows it, and has everything asked once.
    void start() {
        const Workspace workspace = shop();
        health.trust.vouchFor(workspace.root);
        health.service.watch(workspace);
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        QTRY_COMPARE_WITH_TIMEOUT(health.prober.asked.size(), 3U, 30'000);
        // The last 15 minutes: buckets are shorter than the probe's distance.
        QTest::mouseClick(page.findChild<QButtonGroup*>()->button(0), Qt::LeftButton);
        QCOMPARE(page.window().length(), ui::TimeWindow::Length(15min));
    }
    /// The first probe's checks, of so many seconds ago, the oldest first.
    void answer(const QList<std::pair<int, int>>& statusesByAge) {
        for (const auto& [age, status] : statusesByAge) {
            const Instant at{present().nanoseconds - age * second};
            take(reply(at, status, 100ms));
        }
        page.settleNow();
    }
    void take(const ProbeReply& reply) {
        auto asked = std::find_if(health.prober.asked.begin(), health.prober.asked.end(),
                                  [](const FakeProber::Asked& each) {
                                      return each.probe.kind == models::Probe::Kind::Http;
                                  });
        asked->done(reply);
    }
    ui::TimeChart& chart(int number) { return *page.findChildren<ui::TimeChart*>()[number]; }
    QString words() { return page.findChild<QLabel*>(QStringLiteral("cursorWords"))->text(); }
    template <class Widget = ui::ActionButton>
    Widget& find(const char* name) {
        return *page.findChild<Widget*>(QLatin1String(name));
    }
    QWidget& plot(int number = 0) { return *chart(number).viewport(); }
    /// In the middle of the plot, or where the share says.
    QPoint pointAt(double share) {
        const int room = ui::TimeChart::margins.room(plot().width());
        return {ui::TimeChart::margins.left + int(share * room), plot().height() / 2};
    }

    FakeHealth health;
    ui::HealthPage page;
};

} // namespace

class TestHealthPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { ui::Theme::instance().install(*qApp); }

    void saysWhatWillBeHere() {
        Stage stage;
        stage.page.show();
        QStringList words;
        for (const QLabel* label : stage.page.findChildren<QLabel*>())
            words.append(label->text());
        QVERIFY(words.join(u'\n').contains(QStringLiteral("Open a workspace first")));
    }

    void offersWhatIsProbed() {
        Stage stage;
        stage.start();
        auto& services = stage.find<QComboBox>("healthServices");
        QCOMPARE(services.count(), 2);
        QCOMPARE(services.currentText(), QStringLiteral("prod · portal"));
        QVERIFY(stage.find<QComboBox>("healthProbes").isVisible());
        stage.page.showService(QStringLiteral("prod"), QStringLiteral("worker"));
        QCOMPARE(services.currentText(), QStringLiteral("prod · worker"));
        QVERIFY(!stage.find<QComboBox>("healthProbes").isVisible());
        QCOMPARE(stage.chart(0).content().absence, QStringLiteral("Nothing was checked yet."));
    }

    void aGapIsAGap() {
        Stage stage;
        stage.start();
        stage.answer({{600, 200}, {590, 200}, {580, 200}, {120, 200}, {110, 200}});
        const auto& median = stage.chart(0).content().lines[0].points;
        QCOMPARE(median.size(), 5U);
        QVERIFY(median[0].begins && !median[1].begins && !median[2].begins);
        QVERIFY(median[3].begins && !median[4].begins);
        // The last column before the gap ends where the next check was due.
        const auto& columns = stage.chart(2).content().columns;
        QCOMPARE(columns[2].last.nanoseconds - columns[2].first.nanoseconds, 10 * second);
    }

    void aFailureIsNoLatency() {
        Stage stage;
        stage.start();
        stage.answer({{50, 200}, {40, 503}, {30, 200}});
        QCOMPARE(stage.chart(0).content().lines[0].points.size(), 2U);
        QVERIFY(stage.chart(0).content().lines[0].points[1].begins);
        const auto& columns = stage.chart(2).content().columns;
        QCOMPARE(columns.size(), 3U);
        QCOMPARE(columns[1].failed, 1.0);
        QCOMPARE(stage.page.picture().changes.size(), 2);
    }

    void aLimitOfTheConditionIsShown() {
        Stage stage;
        stage.start();
        stage.answer({{30, 200}});
        const auto& limits = stage.chart(0).content().limits;
        QCOMPARE(limits.size(), 1);
        QCOMPARE(limits[0].seconds, 0.5);
        QCOMPARE(limits[0].words, QStringLiteral("http.total < 500ms"));
        QVERIFY(stage.chart(1).content().limits.isEmpty());
    }

    void phasesAreTold() {
        Stage stage;
        stage.start();
        stage.answer({{30, 200}});
        const auto& lines = stage.chart(1).content().lines;
        QCOMPARE(lines.size(), 4U);
        QCOMPARE(lines[0].points.size(), 1U);
        QVERIFY(lines[1].points.empty());
        QVERIFY(std::abs(lines[3].points[0].value - 0.099) < 1e-6);
    }

    void theCursorTellsWhatWasThere() {
        Stage stage;
        stage.start();
        stage.answer({{180, 200}, {170, 503}, {160, 200}});
        QSignalSpy moved(&stage.page, &ui::HealthPage::cursorMoved);
        QTest::mouseMove(&stage.plot(), stage.pointAt(0.2));
        QCOMPARE(moved.size(), 1);
        QVERIFY2(stage.words().endsWith(QStringLiteral("no check")), qPrintable(stage.words()));
        stage.page.setCursorTime({present().nanoseconds - 175 * second});
        QVERIFY2(stage.words().contains(QStringLiteral("p50 100 ms")), qPrintable(stage.words()));
        stage.page.setCursorTime({present().nanoseconds - 165 * second});
        QVERIFY2(stage.words().contains(QStringLiteral("1 failed")), qPrintable(stage.words()));
        QVERIFY2(!stage.words().contains(QStringLiteral("p50")), qPrintable(stage.words()));
        // Out of sight, it says nothing of what is shown.
        QTest::mouseClick(&stage.find("followNow"), Qt::LeftButton);
        stage.page.setFocus();
        for (int i = 0; i < 20; ++i)
            QTest::keyClick(&stage.page, Qt::Key_Left, Qt::ShiftModifier);
        QVERIFY2(stage.words().startsWith(QStringLiteral("0 passed, ")), qPrintable(stage.words()));
    }

    void bringsLogLinesOfTheTime() {
        Stage stage;
        stage.start();
        stage.answer({{600, 200}});
        QSignalSpy asked(&stage.page, &ui::HealthPage::logsRequested);
        QVERIFY(!stage.find("showLogLines").isEnabled());
        QTest::mouseClick(&stage.plot(), Qt::LeftButton, {}, stage.pointAt(0.5));
        QVERIFY(stage.find("showLogLines").isEnabled());
        QTest::keyClick(&stage.page, Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        const auto from = asked[0][0].value<Instant>();
        const auto until = asked[0][1].value<Instant>();
        QVERIFY(from < stage.page.cursorTime() && stage.page.cursorTime() < until);
        QTest::keyClick(&stage.page, Qt::Key_Escape);
        QVERIFY(stage.page.cursorTime().isNull());
    }

    void aBrushZoomsAndNowFollowsAgain() {
        Stage stage;
        stage.start();
        const auto before = stage.page.window().length();
        QVERIFY(!stage.find("followNow").isEnabled());
        QTest::mousePress(&stage.plot(), Qt::LeftButton, {}, stage.pointAt(0.25));
        QTest::mouseMove(&stage.plot(), stage.pointAt(0.4));
        QTest::mouseRelease(&stage.plot(), Qt::LeftButton, {}, stage.pointAt(0.5));
        const double share = double(stage.page.window().length().count()) / double(before.count());
        QVERIFY2(share > 0.24 && share < 0.26, qPrintable(QString::number(share)));
        QVERIFY(!stage.page.window().isFollowing());
        QTest::mouseClick(&stage.find("followNow"), Qt::LeftButton);
        QVERIFY(stage.page.window().isFollowing());
    }

    /// Wherever it ends and however long it is.
    void saysWhichTimeIsShown() {
        Stage stage;
        stage.start();
        const auto* lengths = stage.page.findChild<QButtonGroup*>();
        const auto span = [&stage] { return stage.find<QLabel>("shownSpan").text(); };
        QVERIFY(lengths->button(0)->isChecked());
        QVERIFY(span().isEmpty());
        stage.page.setFocus();
        QTest::keyClick(&stage.page, Qt::Key_Left, Qt::ShiftModifier);
        const auto until = [&stage] {
            return QStringLiteral("until ") + ui::formatTime(stage.page.window().until());
        };
        QVERIFY(lengths->button(0)->isChecked());
        if (ui::formatDate(stage.page.window().until()) == ui::formatDate(present()))
            QCOMPARE(span(), until());
        QTest::keyClick(&stage.page, Qt::Key_Plus);
        QVERIFY(!lengths->button(0)->isChecked());
        QVERIFY2(span().startsWith(QStringLiteral("7 min 30 s until ")), qPrintable(span()));
        QTest::keyClick(&stage.page, Qt::Key_End);
        QCOMPARE(span(), QStringLiteral("7 min 30 s"));
    }

    /// Its words are no place for a line.
    void theCursorLeavesTheWordsOfAnEmptyChart() {
        Stage stage;
        stage.start();
        QVERIFY(stage.chart(0).content().isEmpty());
        const int x = stage.pointAt(0.5).x();
        // How many pixels of the column are as dark as the cursor, from one share to another.
        const auto inked = [&stage, x](double from, double to) {
            const QImage image = stage.plot().grab().toImage();
            const QColor line = ui::Theme::instance().colour(ui::Colour::Text);
            int most = 0;
            for (int column = x - 2; column <= x + 2; ++column) {
                int found = 0;
                for (int y = int(from * image.height()); y < int(to * image.height()); ++y)
                    found += image.pixelColor(column, y) == line ? 1 : 0;
                most = std::max(most, found);
            }
            return most;
        };
        stage.page.setCursorTime(stage.page.window().timeOf(0.5));
        const int height = stage.plot().height();
        QVERIFY(inked(0.25, 0.35) >= height / 12);
        QVERIFY2(inked(0.5, 0.56) <= 2, qPrintable(QString::number(inked(0.5, 0.56))));
    }

    void shiftPansAndTheWheelZooms() {
        Stage stage;
        stage.start();
        const Instant until = stage.page.window().until();
        QTest::mousePress(&stage.plot(), Qt::LeftButton, Qt::ShiftModifier, stage.pointAt(0.25));
        QTest::mouseMove(&stage.plot(), stage.pointAt(0.75));
        QTest::mouseRelease(&stage.plot(), Qt::LeftButton, Qt::ShiftModifier, stage.pointAt(0.75));
        QVERIFY(stage.page.window().until() < until);
        const auto before = stage.page.window().length();
        const QPoint at = stage.pointAt(0.5);
        QWheelEvent wheel(at, stage.plot().mapToGlobal(at), {}, {0, 120}, {}, {}, Qt::NoScrollPhase,
                          false);
        QApplication::sendEvent(&stage.plot(), &wheel);
        QVERIFY(stage.page.window().length() < before);
    }

    void keysDoTheSame() {
        Stage stage;
        stage.start();
        stage.page.setFocus();
        QTest::keyClick(&stage.page, Qt::Key_Left);
        QVERIFY(!stage.page.cursorTime().isNull());
        const auto before = stage.page.window().length();
        QTest::keyClick(&stage.page, Qt::Key_Plus);
        QCOMPARE(stage.page.window().length() * 2, before);
        QTest::keyClick(&stage.page, Qt::Key_Minus);
        QTest::keyClick(&stage.page, Qt::Key_Equal);
        QCOMPARE(stage.page.window().length() * 2, before);
        QTest::keyClick(&stage.page, Qt::Key_Left, Qt::ShiftModifier);
        QVERIFY(!stage.page.window().isFollowing());
        QTest::keyClick(&stage.page, Qt::Key_End);
        QVERIFY(stage.page.window().isFollowing());
        QSignalSpy left(&stage.page, &ui::HealthPage::closeRequested);
        QTest::keyClick(&stage.page, Qt::Key_Escape);
        QCOMPARE(left.size(), 0);
        QTest::keyClick(&stage.page, Qt::Key_Escape);
        QCOMPARE(left.size(), 1);
    }

    void whyAServiceDoesNotPassIsSaid() {
        Stage stage;
        stage.start();
        stage.answer({{5, 503}});
        const auto reason = [&stage] {
            return stage.page.findChild<QLabel*>(QStringLiteral("healthReason"))->text();
        };
        QVERIFY2(reason().startsWith(QStringLiteral("http.status was 503")), qPrintable(reason()));
        stage.answer({{4, 200}});
        QCOMPARE(reason(), QStringLiteral("Its first check is still to come.")); // of the other
    }

    void savesWhatIsShown() {
        Stage stage;
        stage.start();
        stage.answer({{50, 200}, {40, 503}});
        const QByteArray csv =
            ui::csvOf(stage.page.picture(), QStringLiteral("=Shop, \"the one\""));
        QVERIFY(csv.startsWith("time,series,unit,value,of\n"));
        QCOMPARE(csv.count(",p50,s,0.1,\"'=Shop, \"\"the one\"\"\"\n"), 1);
        QCOMPARE(csv.count(",failed,checks,1,\"'=Shop, \"\"the one\"\"\"\n"), 1);
        const QTemporaryDir folder;
        QSignalSpy told(&stage.page, &ui::HealthPage::statusMessage);
        for (const char* name : {"charts.png", "charts.svg", "charts.csv"}) {
            const QString path = folder.filePath(QLatin1String(name));
            stage.find("saveCharts").click();
            auto* dialog = stage.page.findChild<QFileDialog*>();
            QVERIFY(dialog != nullptr);
            Q_EMIT dialog->fileSelected(path);
            QTRY_COMPARE_WITH_TIMEOUT(told.size(), 1, 30'000);
            QCOMPARE(told.takeFirst()[0].toString(), QStringLiteral("Saved %1.").arg(path));
            QVERIFY(QFileInfo(path).size() > 100);
            delete dialog;
        }
        // Above the charts stands what they are of.
        const QImage picture(folder.filePath(QStringLiteral("charts.png")));
        QVERIFY(picture.height() > stage.chart(0).parentWidget()->height());
        QFile table(folder.filePath(QStringLiteral("charts.csv")));
        QVERIFY(table.open(QFile::ReadOnly));
        QVERIFY(table.readAll().contains(
            ",\"Shop · prod · portal · http://shop.example.com/healthz · "));
        QFile svg(folder.filePath(QStringLiteral("charts.svg")));
        QVERIFY(svg.open(QFile::ReadOnly));
        const QByteArray drawing = svg.readAll();
        QVERIFY(drawing.contains("<polyline"));
        QCOMPARE(drawing.count("Shop · prod · portal · http://shop.example.com/healthz · "), 2);
    }

    void chartsSayTheirValuesAndLimits_data() {
        QTest::addColumn<QSize>("size");
        QTest::newRow("large") << QSize(1100, 700);
        QTest::newRow("small") << QSize(640, 430);
    }
    void chartsSayTheirValuesAndLimits() {
        QFETCH(const QSize, size);
        Stage stage;
        stage.start();
        stage.page.resize(size);
        const Instant now = present();
        stage.take(reply({now.nanoseconds - 40 * second}, 200, 300ms));
        stage.page.settleNow();
        const QByteArray drawn = ui::svgOf(*stage.chart(0).parentWidget(), QStringLiteral("Shop"));
        const QStringList ticks =
            ui::tickWords(ui::scaleFor(stage.chart(0).content()), ui::ChartUnit::Seconds);
        QCOMPARE(ticks.first(), QStringLiteral("0.0 s"));
        for (const QString& words :
             {ticks.first(), ticks.last(), QStringLiteral("100 %"), QStringLiteral("limit 500 ms")})
            QVERIFY2(drawn.contains('>' + words.toUtf8() + '<') ||
                         drawn.contains(words.toUtf8() + "\n"),
                     qPrintable(words));
        QVERIFY(!drawn.contains("…") && !drawn.contains("..."));
    }

    void theHeadOfAPictureSaysWhatItIsOf() {
        Stage stage;
        stage.start();
        stage.answer({{50, 200}});
        QWidget& plots = *stage.chart(0).parentWidget();
        const auto drawn = [&plots](const char* title) {
            return QImage::fromData(ui::pngOf(plots, QString::fromLatin1(title)));
        };
        const QImage one = drawn("portal");
        const QImage other = drawn("worker");
        const int head = one.height() - qRound(plots.height() * one.devicePixelRatio());
        QVERIFY(head > 0);
        QVERIFY(one.copy(0, 0, one.width(), head) != other.copy(0, 0, one.width(), head));
        const QRect charts(0, head, one.width(), one.height() - head);
        QCOMPARE(one.copy(charts), other.copy(charts));
    }

    void whatHappenedIsTold() {
        Stage stage;
        stage.start();
        stage.answer({{180, 200}});
        const Instant at{present().nanoseconds - 100 * second};
        stage.page.setMarks({{at,
                              {},
                              ui::Glyph::Command,
                              ui::Colour::Quiet,
                              QStringLiteral("step <b>Deploy</b>")}});
        stage.page.setCursorTime(at);
        QVERIFY2(stage.words().contains(QStringLiteral("step <b>Deploy</b>")),
                 qPrintable(stage.words()));
        QCOMPARE(stage.page.findChild<QLabel*>(QStringLiteral("cursorWords"))->textFormat(),
                 Qt::PlainText);
    }

    void theLegendSaysWhatIsInSight() {
        Stage stage;
        stage.start();
        stage.answer({{180, 200}});
        const auto& legend = stage.find<ui::MarkLegend>("markLegend");
        QVERIFY(legend.kinds().isEmpty());
        const Instant at{present().nanoseconds - 100 * second};
        const auto mark = [at](ui::MarkKind kind, const char* environment) {
            const ui::MarkSign sign = ui::signOf(kind);
            return ui::TimeMark{at,
                                {},
                                sign.glyph,
                                sign.tone,
                                QStringLiteral("of ") + sign.word,
                                kind,
                                QString::fromLatin1(environment)};
        };
        stage.page.setMarks({mark(ui::MarkKind::Deploy, "prod"),
                             mark(ui::MarkKind::Run, "elsewhere"),
                             mark(ui::MarkKind::Rollback, "prod")});
        QCOMPARE(legend.kinds(),
                 QList<ui::MarkKind>({ui::MarkKind::Deploy, ui::MarkKind::Rollback}));
        stage.page.setCursorTime(at);
        QVERIFY2(stage.words().contains(QStringLiteral("of deploy")), qPrintable(stage.words()));
        QVERIFY2(!stage.words().contains(QStringLiteral("of run")), qPrintable(stage.words()));
    }

    void manyLogLinesAreABurst() {
        Stage stage;
        FakeLogService logs;
        app::LogWatch counted(stage.health.service, logs);
        stage.health.watch.readLogs(counted);
        stage.start();
        stage.answer({{180, 200}});
        QVERIFY(!logs.followed.isEmpty());
        app::LogStreamState state;
        state.state = app::LogStreamState::State::Following;
        const quint64 stream = logs.followed.firstKey();
        Q_EMIT logs.stateChanged(stream, state);
        Q_EMIT logs.arrived(stream, {app::LogPiece{models::LogChannel::Stdout,
                                                   QByteArray("ERROR it broke\n").repeated(40)}});
        stage.page.settleNow();
        QVERIFY(stage.find<ui::MarkLegend>("markLegend").kinds().contains(ui::MarkKind::Burst));
    }

    void aTimeOutOfSightIsShown() {
        Stage stage;
        stage.start();
        const Instant at{present().nanoseconds - 7200 * second};
        QVERIFY(at < stage.page.window().from());
        stage.page.showTime(at);
        QCOMPARE(stage.page.cursorTime(), at);
        QVERIFY(stage.page.window().from() < at && at < stage.page.window().until());
    }

    void paintsInBothSchemes() {
        Stage stage;
        stage.start();
        stage.answer({{900, 200}, {890, 503}, {880, 200}, {870, 200}});
        const QImage light = stage.page.grab().toImage();
        ui::Theme::instance().setChoice(ui::ThemeChoice::Dark);
        const QImage dark = stage.page.grab().toImage();
        ui::Theme::instance().setChoice(ui::ThemeChoice::Light);
        QVERIFY(light != dark);
    }

private:
    const TemporaryHome m_home;
};

} // namespace tests

QTEST_MAIN(tests::TestHealthPage)
#include "tst_healthpage.moc"
