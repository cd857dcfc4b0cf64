// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/stampedline.h"
#include "tests/support/temporaryhome.h"
#include "ui/log/filterbar.h"
#include "ui/log/filterchip.h"
#include "ui/log/histogramstrip.h"
#include "ui/log/logcolumns.h"
#include "ui/log/logpane.h"
#include "ui/log/logview.h"
#include "ui/log/savedfilterspanel.h"
#include "ui/theme/preferences.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSettings>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using models::LogChannel;
using models::LogPrefix;
using tests::stamped;
using ui::HistogramStrip;
using ui::LogPane;

class TestLogPane : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<app::LogKeeper> m_keeper;
    std::unique_ptr<LogPane> m_pane;
    quint64 m_portal = 0;
    quint64 m_media = 0;

    void append(quint64 log, const QByteArray& bytes) {
        m_keeper->append(log, LogChannel::Stdout, bytes);
    }
    [[nodiscard]] QStringList shown() { return linesOf(m_pane->board()); }
    [[nodiscard]] static QStringList linesOf(ui::LogBoard& board) {
        QStringList lines;
        for (qint64 row = board.firstRow(); row < board.endRow(); ++row)
            lines.append(QString::fromUtf8(board.row(row).line.text));
        return lines;
    }
    /// Of 100 bytes each and more, two a second: "line 0" to "line 30099".
    void appendMany() {
        QByteArray bytes;
        constexpr int count = 30'100;
        for (int line = 0; line < count; ++line)
            bytes +=
                stamped(10 + line / 2, "line " + QByteArray::number(line) + QByteArray(100, ' '));
        append(m_portal, bytes);
        QTRY_COMPARE(m_pane->board().endRow(), count + 6);
    }
    [[nodiscard]] QString currentLine() {
        const qint64 row = m_pane->view().currentRow();
        ui::LogBoard& board = m_pane->board();
        return row < board.firstRow() || row >= board.endRow()
                   ? QString()
                   : QString::fromUtf8(board.row(row).line.text).trimmed();
    }
    void goToLine(const QString& line) {
        ui::LogBoard& board = m_pane->board();
        for (qint64 row = board.firstRow(); row < board.endRow(); ++row) {
            if (QString::fromUtf8(board.row(row).line.text).trimmed() == line)
                m_pane->view().goTo(row);
        }
        QCOMPARE(currentLine(), line);
        QVERIFY(!m_pane->view().isFollowing());
    }
    template <class Widget>
    [[nodiscard]] Widget& child(const QString& name) {
        return *m_pane->findChild<Widget*>(name);
    }
    [[nodiscard]] QLineEdit& field() { return child<QLineEdit>(u"filterField"_qs); }
    [[nodiscard]] QString chips() {
        return child<ui::FilterBar>(u"filterBar"_qs).chips().toString();
    }
    void openPane() {
        m_pane = std::make_unique<LogPane>(*m_keeper);
        m_pane->resize(1100, 700);
        m_pane->setSources({{m_portal, u"portal"_qs}, {m_media, u"the media"_qs}});
        m_pane->show();
        QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
    }

private Q_SLOTS:
    void init() {
        ui::Preferences::instance().finish();
        QSettings().clear();
        m_keeper = std::make_unique<app::LogKeeper>();
        m_portal = m_keeper->open(LogPrefix::DockerTimestamp);
        m_media = m_keeper->open(LogPrefix::DockerTimestamp);
        append(m_portal, stamped(1, "INFO p1") + stamped(3, "ERROR p3") + stamped(5, "p5"));
        append(m_media, stamped(2, "WARN m2") + stamped(4, "DEBUG m4") + stamped(6, "FATAL m6"));
        openPane();
        QTRY_COMPARE(shown().size(), 6);
    }
    void cleanup() {
        m_pane.reset();
        m_keeper.reset();
    }

    void levelsAreButtons() {
        const auto press = [this](int number) {
            QTest::mouseClick(&child<QToolButton>(u"level%1"_qs.arg(number)), Qt::LeftButton);
        };
        press(1);
        QTRY_COMPARE(shown(), (QStringList{u"ERROR p3"_qs, u"FATAL m6"_qs}));
        press(2);
        QTRY_COMPARE(shown().size(), 3);
        QCOMPARE(chips(), u"level:warning+"_qs);
        press(1);
        QTRY_COMPARE(shown(), QStringList{u"WARN m2"_qs});
        press(2);
        QTRY_COMPARE(shown().size(), 6);
        QCOMPARE(chips(), QString());
        QTest::keyClick(&m_pane->view(), Qt::Key_5, Qt::AltModifier);
        QTRY_COMPARE(shown(), QStringList{u"p5"_qs});
        QVERIFY(child<QToolButton>(u"level5"_qs).isChecked());
    }

    void buttonsFollowTheChips() {
        field().setFocus();
        QTest::keyClicks(&field(), u"level:error+"_qs);
        QTest::keyClick(&field(), Qt::Key_Return);
        QVERIFY(child<QToolButton>(u"level1"_qs).isChecked());
        QVERIFY(!child<QToolButton>(u"level2"_qs).isChecked());
        QTest::keyClick(&field(), Qt::Key_Backspace);
        QVERIFY(!child<QToolButton>(u"level1"_qs).isChecked());
        QTRY_COMPARE(shown().size(), 6);
    }

    void sourcesAreChosenFromAMenuThatStays() {
        auto& button = child<QToolButton>(u"sourceChooser"_qs);
        QMenu* menu = button.menu();
        menu->popup(button.mapToGlobal(QPoint()));
        QVERIFY(QTest::qWaitForWindowExposed(menu));
        QAction* media = menu->actions().last();
        QCOMPARE(media->text(), u"the media"_qs);
        QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(media).center());
        QVERIFY(menu->isVisible());
        QVERIFY(media->isChecked());
        QTRY_COMPARE(shown().size(), 3);
        QCOMPARE(chips(), u"source:\"the media\""_qs);
        menu->setActiveAction(media);
        QTest::keyClick(menu, Qt::Key_Space);
        QVERIFY(menu->isVisible());
        QVERIFY(!media->isChecked());
        QTRY_COMPARE(shown().size(), 6);
        menu->close();
    }

    void chipsCountWhileTheFieldCannotBeUnderstood() {
        QTest::keyClicks(&field(), u"/(/"_qs);
        auto& complaint = child<QLabel>(u"filterComplaint"_qs);
        QTRY_VERIFY(complaint.isVisible());
        QTest::mouseClick(&child<QToolButton>(u"level1"_qs), Qt::LeftButton);
        QTRY_COMPARE(shown().size(), 2);
        QVERIFY(complaint.isVisible());
        field().clear();
        QTRY_VERIFY(!complaint.isVisible());
        QCOMPARE(shown().size(), 2);
    }

    void returnInFindGoesFromHitToHit() {
        auto& find = child<QLineEdit>(u"findField"_qs);
        QTest::keyClick(m_pane.get(), Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(find.hasFocus());
        QTest::keyClicks(&find, u"p"_qs);
        QTRY_COMPARE(m_pane->view().currentRow(), 4);
        QTest::keyClick(&find, Qt::Key_Return);
        QCOMPARE(m_pane->view().currentRow(), 2);
    }

    void linesAroundHitsAreChosenFromAMenu() {
        QTest::keyClicks(&field(), u"level:fatal"_qs);
        QTRY_COMPARE(shown(), QStringList{u"FATAL m6"_qs});
        QMenu* menu = child<QToolButton>(u"linesAround"_qs).menu();
        menu->actions()[1]->trigger();
        QTRY_COMPARE(shown(), (QStringList{u"DEBUG m4"_qs, u"FATAL m6"_qs}));
        QVERIFY(m_pane->board().row(0).isContext);
        QVERIFY(!m_pane->view().grab().isNull());
        menu->actions()[0]->trigger();
        QTRY_COMPARE(shown().size(), 1);
    }

    /// Dragging over the strip makes a chip of the times, and the chip's end is the selection's.
    void draggingChoosesTimes() {
        auto& strip = *m_pane->findChild<HistogramStrip*>();
        QTRY_VERIFY(!strip.isEmpty());
        const auto at = [&strip](double share) {
            return QPoint(int(share * strip.width()), strip.height() / 2);
        };
        // Six lines, a second each: the middle of what was drawn has the third and the fourth.
        QTest::mousePress(&strip, Qt::LeftButton, {}, at(0.3));
        QTest::mouseMove(&strip, at(0.5));
        QTest::mouseMove(&strip, at(0.7));
        QTest::mouseRelease(&strip, Qt::LeftButton, {}, at(0.7));
        QTRY_COMPARE(shown(), (QStringList{u"ERROR p3"_qs, u"DEBUG m4"_qs}));
        QVERIFY(chips().startsWith(u"time:2026-11-21T14:00:02."_qs));
        QVERIFY(strip.selectedRange());
        auto* chip = m_pane->findChild<ui::FilterChip*>();
        QTest::mouseClick(chip, Qt::LeftButton, {}, chip->cross().center());
        QTRY_COMPARE(shown().size(), 6);
        QVERIFY(!strip.selectedRange());
        // And by hand.
        QTest::keyClicks(&field(), u"time:2026-11-21T14:00:05Z.."_qs);
        QTest::keyClick(&field(), Qt::Key_Return);
        QTRY_COMPARE(shown(), (QStringList{u"p5"_qs, u"FATAL m6"_qs}));
        QVERIFY(strip.selectedRange());
        strip.setFocus();
        QTest::keyClick(&strip, Qt::Key_Escape);
        QTRY_COMPARE(shown().size(), 6);
        QVERIFY(chips().isEmpty());
    }

    void timesThatAreDrawnAreWholeSeconds() {
        append(m_media, stamped(600, "last"));
        QTRY_COMPARE(shown().size(), 7);
        m_pane.reset();
        openPane();
        auto& strip = *m_pane->findChild<HistogramStrip*>();
        QTRY_VERIFY(!strip.isEmpty());
        strip.setFocus();
        QTest::keyClick(&strip, Qt::Key_Left);
        for (int i = 0; i < 40; ++i)
            QTest::keyClick(&strip, Qt::Key_Left, Qt::ShiftModifier);
        QTRY_VERIFY(chips().startsWith(u"time:"_qs));
        QCOMPARE(chips().count(u".000000000Z"_qs), 2);
    }

    void jumpsToATime_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<int>("row");
        QTest::newRow("a clock") << u"14:00:03"_qs << 2;
        QTest::newRow("with a part") << u"14:00:03.5"_qs << 3;
        QTest::newRow("a day") << u"2026-11-21"_qs << 0;
        QTest::newRow("back from the last line") << u"-2s"_qs << 3;
    }
    void jumpsToATime() {
        QFETCH(QString, typed);
        QFETCH(int, row);
        QTest::keyClick(&m_pane->view(), Qt::Key_G, Qt::ControlModifier);
        auto& jump = child<QLineEdit>(u"jumpField"_qs);
        QTRY_VERIFY(jump.hasFocus());
        QTest::keyClicks(&jump, typed);
        QTest::keyClick(&jump, Qt::Key_Return);
        QTRY_COMPARE(m_pane->view().currentRow(), row);
        QTRY_VERIFY(!jump.isVisible());
        QVERIFY(m_pane->view().hasFocus());
    }

    void saysWhatIsNoTime() {
        m_pane->openJump();
        auto& jump = child<QLineEdit>(u"jumpField"_qs);
        auto& words = child<QLabel>(u"jumpWords"_qs);
        QTest::keyClicks(&jump, u"noonish"_qs);
        QTest::keyClick(&jump, Qt::Key_Return);
        QVERIFY(words.text().contains(u"\"noonish\" is no time"_qs));
        QVERIFY(jump.isVisible());
        jump.clear();
        QTest::keyClicks(&jump, u"2026-11-21 18:00"_qs);
        QVERIFY(words.text().contains(u"2026-11-21, 18:00:00 UTC"_qs));
        QTest::keyClick(&jump, Qt::Key_Return);
        QTRY_VERIFY(words.text().contains(u"last one"_qs));
        QCOMPARE(m_pane->view().currentRow(), 5);
        QTest::keyClick(&jump, Qt::Key_Escape);
        QVERIFY(!jump.isVisible());
    }

    /// Who looks at a line finds it in its place when the filter goes.
    void whatWasLookedAtStaysInSight() {
        QByteArray bytes;
        for (int i = 10; i < 2000; ++i)
            bytes += stamped(i, (i % 100 == 0 ? "ERROR " : "line ") + QByteArray::number(i));
        append(m_portal, bytes);
        QTRY_COMPARE(shown().size(), 1996);
        QTest::keyClicks(&field(), u"level:error"_qs);
        QTest::keyClick(&field(), Qt::Key_Return);
        QTRY_COMPARE(shown().size(), 20);
        m_pane->resize(1100, 330); // so that not all of them are in sight
        m_pane->view().setFocus();
        QTest::keyClick(&m_pane->view(), Qt::Key_Home);
        QTest::keyClick(&m_pane->view(), Qt::Key_Down);
        QTest::keyClick(&m_pane->view(), Qt::Key_Down);
        QVERIFY(!m_pane->view().isFollowing());
        const qint64 row = m_pane->view().currentRow();
        const QString line = shown()[int(row)];
        QTest::keyClick(&field(), Qt::Key_Backspace);
        QTRY_COMPARE(shown().size(), 1996);
        QTRY_VERIFY(m_pane->view().currentRow() > 20);
        QCOMPARE(shown()[int(m_pane->view().currentRow())], line);
    }

    /// Of many lines those at the end are there first.
    void whatWasLookedAtComesBackIntoSight() {
        appendMany();
        goToLine(u"line 8000"_qs);
        m_pane->board().setFirstLook({});
        int sizes = 0;
        connect(&m_pane->board(), &ui::LogBoard::inserted, this, [&sizes] { ++sizes; });
        QTest::keyClicks(&field(), u"00"_qs);
        QTest::keyClick(&field(), Qt::Key_Return);
        QTRY_COMPARE(currentLine(), u"line 8000"_qs);
        QTRY_VERIFY(!m_pane->board().isBusy());
        QVERIFY(sizes > 2);
        QCOMPARE(currentLine(), u"line 8000"_qs);
        QVERIFY(!m_pane->view().isFollowing());
    }

    /// The hit next above where a person is, though newer ones are found before it.
    void findsTheHitAbove() {
        appendMany();
        goToLine(u"line 8050"_qs);
        m_pane->board().setFirstLook({});
        const auto* count = m_pane->findChild<QLabel*>(u"hitCount"_qs);
        QVERIFY(count != nullptr);
        QStringList told;
        connect(&m_pane->board(), &ui::LogBoard::hitsChanged, this, [&] {
            told.append(count->text());
            QVERIFY(currentLine() == u"line 8050"_qs || currentLine() == u"line 8000"_qs);
        });
        m_pane->focusFind();
        QTest::keyClicks(&child<QLineEdit>(u"findField"_qs), u"000"_qs);
        QTRY_COMPARE(currentLine(), u"line 8000"_qs);
        QTRY_VERIFY(!m_pane->board().isBusy());
        QCOMPARE(currentLine(), u"line 8000"_qs);
        QCOMPARE(count->text(), u"8 of 57"_qs);
        QVERIFY(!told.filter(u"so far"_qs).isEmpty());
    }

    /// Who goes up faster than hits are found waits for them, rather than to begin at the end
    /// again.
    void goesUpNoFasterThanItFinds() {
        appendMany();
        m_pane->board().setFirstLook({});
        const auto goUp = [this] { QTest::keyClick(m_pane.get(), Qt::Key_F3, Qt::ShiftModifier); };
        QList<int> seen;
        connect(&m_pane->board(), &ui::LogBoard::hitsChanged, this, [&] {
            for (int press = 0; press < 30 && m_pane->board().isSearching(); ++press) {
                goUp();
                seen.append(currentLine().mid(5).toInt());
            }
        });
        m_pane->focusFind();
        QTest::keyClicks(&child<QLineEdit>(u"findField"_qs), u"000"_qs);
        QTRY_VERIFY(seen.size() > 100 && !m_pane->board().isBusy());
        QCOMPARE(seen.first(), 30'008); // it is at the newest by itself
        QVERIFY(std::is_sorted(seen.crbegin(), seen.crend()));
        // Once all are found, the newest comes after the oldest.
        for (int press = 0; press < 57 && currentLine() != u"line 1000"_qs; ++press)
            goUp();
        QCOMPARE(currentLine(), u"line 1000"_qs);
        goUp();
        QCOMPARE(currentLine(), u"line 30009"_qs);
    }

    void sourcesStandSideBySide() {
        QTest::keyClick(&m_pane->view(), Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
        auto& columns = child<ui::LogColumns>(u"logColumns"_qs);
        QCOMPARE(columns.count(), 2);
        QTRY_COMPARE(linesOf(columns.board(0)),
                     (QStringList{u"INFO p1"_qs, u"ERROR p3"_qs, u"p5"_qs}));
        QTRY_COMPARE(linesOf(columns.board(1)),
                     (QStringList{u"WARN m2"_qs, u"DEBUG m4"_qs, u"FATAL m6"_qs}));
        QCOMPARE(columns.board(1).row(0).source, 1); // has the colour that it has merged
        QVERIFY(columns.view(0).hasFocus());
        QTest::mouseClick(&child<QToolButton>(u"level1"_qs), Qt::LeftButton);
        QTRY_COMPARE(linesOf(columns.board(0)), QStringList{u"ERROR p3"_qs});
        QTRY_COMPARE(linesOf(columns.board(1)), QStringList{u"FATAL m6"_qs});
        QTest::keyClicks(&field(), u"source:portal"_qs);
        QTest::keyClick(&field(), Qt::Key_Return);
        QTRY_COMPARE(columns.count(), 1);
        QTest::mouseClick(&child<QToolButton>(u"sideBySide"_qs), Qt::LeftButton);
        QVERIFY(m_pane->view().isVisible());
        QCOMPARE(columns.count(), 0);
        QTRY_COMPARE(shown(), QStringList{u"ERROR p3"_qs});
    }

    /// The one that is scrolled leads; the other shows the same time. At the end both follow.
    void columnsScrollTogetherByTime() {
        QByteArray portal;
        QByteArray media;
        for (int i = 10; i < 3000; ++i) {
            portal += stamped(i, "p" + QByteArray::number(i));
            if (i % 3 == 0)
                media += stamped(i, "m" + QByteArray::number(i));
        }
        append(m_portal, portal);
        append(m_media, media);
        m_pane->setArrangement(LogPane::Arrangement::SideBySide);
        auto& columns = child<ui::LogColumns>(u"logColumns"_qs);
        QTRY_COMPARE(columns.board(0).endRow(), 2993);
        QTRY_VERIFY(columns.board(1).endRow() > 990);
        const auto timeAtTop = [&columns](int index) {
            return columns.board(index).row(columns.view(index).topRow()).line.time;
        };
        for (int i = 0; i < 20; ++i)
            QTest::keyClick(&columns.view(0), Qt::Key_PageUp);
        QTRY_VERIFY(!columns.view(1).isFollowing());
        QTRY_VERIFY(timeAtTop(1) >= timeAtTop(0) &&
                    timeAtTop(1).nanoseconds < timeAtTop(0).nanoseconds + 3'000'000'000);
        columns.view(1).setFocus();
        QTest::keyClick(&columns.view(1), Qt::Key_Home);
        QTRY_COMPARE(columns.view(0).topRow(), 1); // the first at 14:00:02 or later
        QTest::keyClick(&columns.view(1), Qt::Key_End);
        QTRY_VERIFY(columns.view(0).isFollowing());
        QTest::keyClick(&columns.view(1), Qt::Key_G, Qt::ControlModifier);
        auto& jump = child<QLineEdit>(u"jumpField"_qs);
        QTRY_VERIFY(jump.hasFocus());
        QTest::keyClicks(&jump, u"14:20"_qs);
        QTest::keyClick(&jump, Qt::Key_Return);
        QTRY_COMPARE(columns.view(0).currentRow(), 1193);
        QTRY_COMPARE(columns.board(1).row(columns.view(1).currentRow()).line.text,
                     QByteArrayView("m1200"));
    }

    void savedFiltersComeBackWithTheNextWindow() {
        QTest::keyClicks(&field(), u"level:error+ p"_qs);
        QTest::keyClick(&field(), Qt::Key_Return);
        QTest::keyClick(&field(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        auto& name = child<QLineEdit>(u"savedFilterName"_qs);
        QTRY_VERIFY(name.isVisible());
        QTest::keyClicks(&name, u"Trouble"_qs);
        QTest::keyClick(&name, Qt::Key_Return);
        m_pane.reset();
        ui::Preferences::instance().finish();
        openPane();
        QTRY_COMPARE(shown().size(), 6);
        const ui::PaletteEntries entries = m_pane->paletteEntries();
        QCOMPARE(entries.last().title, u"Filter lines: Trouble"_qs);
        entries.last().run();
        QTRY_COMPARE(shown(), QStringList{u"ERROR p3"_qs});
        QCOMPARE(chips(), u"level:error+ p"_qs);
    }

    void aSavedFilterThatCannotBeUnderstoodComesIntoTheField() {
        m_pane.reset();
        ui::Preferences::instance().setValue(u"logs/filters"_qs,
                                             QStringList{u"bad"_qs, u"level:loud"_qs});
        openPane();
        m_pane->paletteEntries().last().run();
        QCOMPARE(field().text(), u"level:loud"_qs);
        QTRY_VERIFY(child<QLabel>(u"filterComplaint"_qs).isVisible());
        QVERIFY(child<QLabel>(u"filterComplaint"_qs).text().contains(u"loud"_qs));
    }
};

int main(int argc, char** argv) {
    const tests::TemporaryHome home;
    QApplication application(argc, argv);
    QApplication::setOrganizationName(u"gantry-tests"_qs);
    QApplication::setApplicationName(u"tst_logpane"_qs);
    TestLogPane test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_logpane.moc"
