// SPDX-License-Identifier: GPL-3.0-or-later
// What a person does with lines, by mouse and keys: bookmarks, a line in full, copies.
#include "app/log/logkeeper.h"
#include "tests/support/stampedline.h"
#include "tests/support/temporaryhome.h"
#include "ui/log/bookmarklist.h"
#include "ui/log/logbookmarks.h"
#include "ui/log/loginspector.h"
#include "ui/log/logpane.h"
#include "ui/log/logview.h"
#include "ui/widgets/bannerwidget.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QAbstractItemView>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRandomGenerator>
#include <QTest>

using models::LogChannel;
using tests::stamped;
using ui::LogBoard;
using ui::LogPane;

namespace {

constexpr auto jsonLine = "{\"level\":\"error\",\"msg\":\"a \\\"b\\\"\",\"http\":{\"code\":503}}";

} // namespace

class TestLogDesk : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<app::LogKeeper> m_keeper;
    std::unique_ptr<LogPane> m_pane;
    quint64 m_portal = 0;
    quint64 m_media = 0;

    [[nodiscard]] ui::LogView& view() { return m_pane->view(); }
    [[nodiscard]] LogBoard& board() { return m_pane->board(); }
    [[nodiscard]] const ui::LogBookmarks& bookmarks() {
        return *m_pane->findChild<ui::LogBookmarks*>();
    }
    [[nodiscard]] QString current() {
        return view().currentRow() < 0
                   ? QString()
                   : QString::fromUtf8(board().row(view().currentRow()).line.text);
    }
    [[nodiscard]] QString banner() {
        const auto* shown = m_pane->findChild<ui::BannerWidget*>(u"saveBanner"_qs);
        return shown->isVisible() ? shown->text() : QString();
    }
    void append(quint64 log, const QByteArray& bytes, int rows) {
        const qint64 before = board().endRow();
        m_keeper->append(log, LogChannel::Stdout, bytes);
        QTRY_COMPARE(board().endRow(), before + rows);
    }
    void show(const QList<LogBoard::Source>& sources) { m_pane->setSources(sources); }
    void filter(const QString& text, int rows) {
        auto* field = m_pane->findChild<QLineEdit*>(u"filterField"_qs);
        field->setFocus();
        QTest::keyClicks(field, text);
        QTRY_COMPARE(board().endRow() - board().firstRow(), rows);
        view().setFocus();
    }
    void press(int key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(&view(), static_cast<Qt::Key>(key), modifiers);
    }
    void click(const char* name) {
        auto* button = m_pane->findChild<QAbstractButton*>(QLatin1String(name));
        QVERIFY2(button && button->isVisible() && button->isEnabled(), name);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    [[nodiscard]] QString copied() { return QApplication::clipboard()->text(); }

private Q_SLOTS:
    void init() {
        m_keeper = std::make_unique<app::LogKeeper>(models::LogBudget{1 << 20, 1 << 20, 1 << 20});
        m_portal = m_keeper->open(models::LogPrefix::DockerTimestamp);
        m_media = m_keeper->open(models::LogPrefix::DockerTimestamp);
        m_pane = std::make_unique<LogPane>(*m_keeper);
        m_pane->resize(1000, 600);
        m_pane->show();
        m_pane->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
        view().setFocus();
    }
    void cleanup() {
        m_pane.reset();
        m_keeper.reset();
    }

    void aBookmarkFollowsItsLine() {
        show({{m_portal, u"portal"_qs}});
        append(m_portal, stamped(10, "INFO a") + stamped(11, "ERROR b") + stamped(12, "INFO c"), 3);
        const QAbstractItemModelTester tester(
            const_cast<ui::LogBookmarks*>(&bookmarks()),
            QAbstractItemModelTester::FailureReportingMode::QtTest);
        view().goTo(1);
        press(Qt::Key_B);
        QCOMPARE(bookmarks().all().size(), 1);
        QCOMPARE(bookmarks().all().first().text, u"ERROR b"_qs);
        // Another row has its number now, and then it has another row.
        show({{m_portal, u"portal"_qs}, {m_media, u"media"_qs}});
        QTRY_VERIFY(!board().isBusy());
        append(m_media, stamped(10, "INFO m"), 1);
        press(Qt::Key_F2);
        QCOMPARE(view().currentRow(), 2);
        QCOMPARE(current(), u"ERROR b"_qs);
        filter(u"level:error"_qs, 1);
        press(Qt::Key_F2);
        QCOMPARE(current(), u"ERROR b"_qs);
        press(Qt::Key_B);
        QVERIFY(bookmarks().all().isEmpty());
    }

    void goesFromOneToTheNext() {
        show({{m_portal, u"portal"_qs}});
        QByteArray bytes;
        for (int line = 0; line < 200; ++line)
            bytes += stamped(line, "line " + QByteArray::number(line));
        append(m_portal, bytes, 200);
        for (const int line : {150, 20, 90}) {
            view().goTo(line);
            press(Qt::Key_B);
        }
        view().goTo(30);
        press(Qt::Key_F2);
        QCOMPARE(current(), u"line 90"_qs);
        press(Qt::Key_F2);
        QCOMPARE(current(), u"line 150"_qs);
        press(Qt::Key_F2);
        QCOMPARE(current(), u"line 20"_qs);
        press(Qt::Key_F2, Qt::ShiftModifier);
        QCOMPARE(current(), u"line 150"_qs);
        press(Qt::Key_F2, Qt::ShiftModifier);
        QCOMPARE(current(), u"line 90"_qs);
    }

    void aClickBesideALineSetsOne() {
        show({{m_portal, u"portal"_qs}});
        append(m_portal, stamped(1, "a") + stamped(2, "b"), 2);
        const int height = view().viewport()->height() / view().pageRows();
        const QPoint beside(8, height + height / 2);
        QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, beside);
        QCOMPARE(bookmarks().all().size(), 1);
        QCOMPARE(bookmarks().all().first().line.number, 1);
        // The flag is there, and nowhere else.
        const QImage image = view().viewport()->grab().toImage();
        QVERIFY(image.pixelColor(7, height + height / 2) != image.pixelColor(7, height / 2));
        QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, beside);
        QVERIFY(bookmarks().all().isEmpty());
        // What is marked with the mouse is no bookmark.
        QTest::mousePress(view().viewport(), Qt::LeftButton, {}, beside);
        QTest::mouseMove(view().viewport(), QPoint(300, height / 2));
        QTest::mouseRelease(view().viewport(), Qt::LeftButton, {}, QPoint(300, height / 2));
        QVERIFY(bookmarks().all().isEmpty());
    }

    void theListJumpsAndKeepsNotes() {
        show({{m_portal, u"portal"_qs}});
        append(m_portal, stamped(1, "INFO a") + stamped(2, "ERROR <b>b</b>") + stamped(3, "c"), 3);
        for (const int line : {0, 1}) {
            view().goTo(line);
            press(Qt::Key_B);
        }
        click("showBookmarks");
        auto* list = m_pane->findChild<ui::BookmarkList*>();
        QVERIFY(list->isVisible());
        auto* rows = list->findChild<QAbstractItemView*>(u"bookmarks"_qs);
        QCOMPARE(rows->model()->rowCount(), 2);
        QTest::mouseClick(rows->viewport(), Qt::LeftButton, {},
                          rows->visualRect(rows->model()->index(1, 0)).center());
        QCOMPARE(view().currentRow(), 1);
        auto* note = list->findChild<QLineEdit*>(u"bookmarkNote"_qs);
        QTest::keyClicks(note, u"here it began"_qs);
        QCOMPARE(bookmarks().all()[1].note, u"here it began"_qs);
        QCOMPARE(rows->model()->index(1, 0).data().toString(), u"here it began: ERROR <b>b</b>"_qs);
        QTest::keyClick(note, Qt::Key_Return);
        QVERIFY(!list->isVisible());
        // One that the filter hides says so.
        filter(u"info"_qs, 1);
        press(Qt::Key_B, Qt::ControlModifier);
        QTRY_VERIFY(list->isVisible());
        rows->setCurrentIndex(rows->model()->index(1, 0));
        QTest::keyClick(rows, Qt::Key_Return);
        QVERIFY2(banner().startsWith(u"This line is not shown"), qPrintable(banner()));
        press(Qt::Key_B, Qt::ControlModifier);
        QTest::keyClick(rows, Qt::Key_Delete);
        QCOMPARE(bookmarks().all().size(), 1);
        QTest::keyClick(rows, Qt::Key_Escape);
    }

    void saysThatALineIsGone() {
        show({{m_portal, u"portal"_qs}});
        append(m_portal, stamped(1, "the first") + stamped(2, "b"), 2);
        view().goTo(0);
        press(Qt::Key_B);
        m_keeper->append(m_portal, LogChannel::Stdout, [] {
            QByteArray bytes;
            QRandomGenerator random(1);
            for (int line = 0; line < 60'000; ++line) {
                bytes += stamped(3, QByteArray::number(random.generate64(), 36) +
                                        QByteArray::number(random.generate64(), 36) +
                                        QByteArray::number(random.generate64(), 36));
            }
            return bytes;
        }());
        QTRY_COMPARE(bookmarks().all().first().state, ui::LogBookmark::State::Gone);
        QTRY_COMPARE(banner(), u"The line of 1 bookmark is gone."_qs);
        QCOMPARE(bookmarks().all().first().text, u"the first"_qs);
    }

    void findsALinesRowAmongMany() {
        m_pane->setSources({{m_portal, u"portal"_qs}, {m_media, u"media"_qs}});
        QRandomGenerator random(3);
        int rows = 0;
        for (int round = 0; round < 20; ++round) {
            QByteArray portal;
            QByteArray media;
            for (int line = 0; line < 60; ++line) {
                // Some come late, and one source has many more than the other.
                const int second = round * 3 + random.bounded(4);
                (random.bounded(20) == 0 ? media : portal) += stamped(second, "x");
            }
            m_keeper->append(m_portal, LogChannel::Stdout, portal);
            append(m_media, media, 60);
            rows += 60;
        }
        QCOMPARE(board().endRow(), rows);
        for (qint64 row = 0; row < rows; ++row)
            QCOMPARE(board().rowOf(board().lineIn(row)), row);
        QCOMPARE(board().rowOf({m_portal, rows}), -1);
        QCOMPARE(board().rowOf({m_portal + 77, 0}), -1);
    }

    void showsALineInFull() {
        show({{m_portal, u"portal"_qs}});
        append(m_portal, stamped(1, jsonLine) + stamped(2, "<b>plain</b> words"), 2);
        auto* inspector = m_pane->findChild<ui::LogInspector*>();
        QVERIFY(!inspector->isVisible());
        view().goTo(0);
        press(Qt::Key_Return);
        QVERIFY(inspector->isVisible());
        auto* fields = inspector->findChild<QAbstractItemView*>(u"inspectorFields"_qs);
        QCOMPARE(fields->model()->rowCount(), 3);
        QCOMPARE(fields->model()->index(2, 0).data().toString(), u"http.code"_qs);
        QCOMPARE(fields->model()->index(1, 1).data().toString(), u"a \"b\""_qs);
        QTest::keyClick(fields, Qt::Key_Down);
        QTest::keyClick(fields, Qt::Key_Down);
        if (fields->currentIndex().row() == 2)
            QTest::keyClick(fields, Qt::Key_Up);
        click("copyValue");
        QCOMPARE(copied(), u"a \"b\""_qs);
        click("copyJson");
        QCOMPARE(copied(), u"{\n  \"level\": \"error\",\n  \"msg\": \"a \\\"b\\\"\",\n  \"http\": "
                           "{\n    \"code\": 503\n  }\n}"_qs);
        const auto* place = inspector->findChild<QLabel*>(u"inspectorPlace"_qs);
        QCOMPARE(place->text().section(u" · "_qs, 0, 2),
                 u"2026-11-21 14:00:01.000 UTC · portal · Error"_qs);
        // It goes along with the row; what looks like mark-up is none.
        view().setFocus();
        press(Qt::Key_Down);
        auto* text = inspector->findChild<QPlainTextEdit*>(u"inspectorText"_qs);
        QCOMPARE(text->toPlainText(), u"<b>plain</b> words"_qs);
        QVERIFY(!fields->isVisible());
        click("copyLine");
        QCOMPARE(copied(), u"<b>plain</b> words"_qs);
        view().setFocus();
        press(Qt::Key_Escape);
        QVERIFY(!inspector->isVisible());
    }

    void aHugeLineIsCutOnScreenAndCopiedWhole() {
        show({{m_portal, u"portal"_qs}});
        const QByteArray huge = "{\"a\":\"" + QByteArray(300'000, 'x') + "\"}";
        append(m_portal, stamped(1, huge), 1);
        view().goTo(0);
        press(Qt::Key_Return);
        auto* text = m_pane->findChild<QPlainTextEdit*>(u"inspectorText"_qs);
        QVERIFY(text->toPlainText().size() < 50'000);
        QVERIFY(m_pane->findChild<QLabel*>(u"inspectorRemark"_qs)->isVisible());
        click("copyLine");
        QCOMPARE(copied(), QString::fromUtf8(huge));
    }

    void copiesWithAndWithoutTimes() {
        show({{m_portal, u"portal"_qs}});
        append(m_portal, stamped(1, "\x1b[31mred\x1b[0m") + stamped(2, "\xff two"), 2);
        view().selectAll();
        press(Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(copied(), u"red\n\uFFFD two"_qs);
        press(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(copied(), u"2026-11-21T14:00:01.000Z red\n2026-11-21T14:00:02.000Z \uFFFD two"_qs);
    }

    void refusesToCopyMillions() {
        show({{m_portal, u"portal"_qs}});
        append(m_portal, QByteArray(300'000, '\n'), 300'000);
        QApplication::clipboard()->setText(u"before"_qs);
        view().selectAll();
        press(Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(copied(), u"before"_qs);
        QVERIFY2(banner().contains(u"too many to copy"), qPrintable(banner()));
    }
};

int main(int argc, char** argv) {
    const tests::TemporaryHome home;
    QApplication application(argc, argv);
    TestLogDesk tests;
    return QTest::qExec(&tests, argc, argv);
}

#include "tst_logdesk.moc"
