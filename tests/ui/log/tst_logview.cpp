// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logstore.h"
#include "tests/ui/log/storelines.h"
#include "ui/log/logview.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using models::LogChannel;
using models::LogMarker;
using ui::LogView;

namespace {

/// Rows that are only numbers, so that there may be more than any memory holds.
class CountedLines final : public ui::LogLines {
public:
    qint64 first = 0;
    qint64 end = 0;

    [[nodiscard]] qint64 firstRow() const override { return first; }
    [[nodiscard]] qint64 endRow() const override { return end; }
    [[nodiscard]] ui::LogRow row(qint64 number) override {
        m_text = "row " + QByteArray::number(number);
        ui::LogRow row;
        row.line.text = m_text;
        return row;
    }

    void grow(qint64 count) {
        end += count;
        Q_EMIT changed();
    }

private:
    QByteArray m_text;
};

} // namespace

class TestLogView : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<models::LogStore> m_store;
    tests::StoreLines m_lines;
    std::unique_ptr<LogView> m_view;

    void append(const QByteArray& bytes) {
        m_store->append(LogChannel::Stdout, bytes);
        m_lines.setSnapshot(m_store->snapshot());
    }
    void appendRows(int count) {
        QByteArray bytes;
        for (int i = 0; i < count; ++i)
            bytes += "line " + QByteArray::number(m_store->lineCount() + i) + '\n';
        append(bytes);
    }
    [[nodiscard]] QPoint pointIn(int visibleRow, int column) const {
        const int height = m_view->viewport()->height() / m_view->pageRows();
        const QFontMetricsF metrics(ui::font(ui::TextRole::Mono));
        // the last column but one of the gutter is far to the left of every text
        const int left = m_view->viewport()->width() / 5;
        return {left + int(column * metrics.horizontalAdvance(u'M')), visibleRow * height + 4};
    }

private Q_SLOTS:
    void init() {
        m_store = std::make_unique<models::LogStore>();
        m_lines.setSnapshot(m_store->snapshot());
        m_view = std::make_unique<LogView>();
        m_view->resize(800, 300);
        m_view->setLines(&m_lines);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }

    void whatComesInBeforeTheEndIsNotCountedAsNew() {
        CountedLines lines;
        lines.end = 1000;
        m_view->setLines(&lines);
        m_view->goTo(10);
        QVERIFY(!m_view->isFollowing());
        lines.end += 3;
        Q_EMIT lines.inserted(999, 1);
        Q_EMIT lines.inserted(1001, 2); // at the end
        Q_EMIT lines.changed();
        QCOMPARE(m_view->newRows(), 2);
        m_view->setLines(&m_lines);
    }

    void whatAPersonPointsAtStays() {
        appendRows(100);
        const qint64 top = m_view->topRow();
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, pointIn(3, 2));
        const qint64 row = m_view->currentRow();
        QVERIFY(row > top);
        appendRows(50);
        QCOMPARE(m_view->topRow(), top);
        QCOMPARE(m_view->newRows(), 50);
        // The same line is still there.
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, pointIn(3, 2));
        QCOMPARE(m_view->currentRow(), row);
        QTest::keyClick(m_view.get(), Qt::Key_End);
        QVERIFY(m_view->isFollowing());
        QTest::keyClick(m_view.get(), Qt::Key_Up);
        const qint64 later = m_view->topRow();
        appendRows(50);
        QCOMPARE(m_view->topRow(), later);
        QTest::keyClick(m_view.get(), Qt::Key_End);
        QTest::keyClick(m_view.get(), Qt::Key_Down); // nothing is behind it
        QVERIFY(m_view->isFollowing());
    }

    void followsTheEnd() {
        appendRows(100);
        QVERIFY(m_view->isFollowing());
        QCOMPARE(m_view->topRow(), 100 - m_view->pageRows());
        appendRows(50);
        QCOMPARE(m_view->topRow(), 150 - m_view->pageRows());
        QCOMPARE(m_view->newRows(), 0);
    }

    void staysWhereThePersonPutIt() {
        appendRows(500);
        QSignalSpy changed(m_view.get(), &LogView::followingChanged);
        m_view->verticalScrollBar()->setValue(123);
        QVERIFY(!m_view->isFollowing());
        QCOMPARE(changed.size(), 1);
        QCOMPARE(m_view->topRow(), 123);
        appendRows(1000);
        QCOMPARE(m_view->topRow(), 123);
        QCOMPARE(m_view->newRows(), 1000);
        m_view->follow();
        QCOMPARE(m_view->newRows(), 0);
        QCOMPARE(m_view->topRow(), 1500 - m_view->pageRows());
    }

    void wheelToTheEndFollowsAgain() {
        appendRows(200);
        QTest::keyClick(m_view.get(), Qt::Key_Home);
        QVERIFY(!m_view->isFollowing());
        QCOMPARE(m_view->topRow(), 0);
        for (int i = 0; i < 200 && !m_view->isFollowing(); ++i) {
            const QPointF at(50, 50);
            QWheelEvent turn(at, m_view->viewport()->mapToGlobal(at), {}, {0, -120}, Qt::NoButton,
                             Qt::NoModifier, Qt::NoScrollPhase, false);
            QApplication::sendEvent(m_view->viewport(), &turn);
        }
        QVERIFY(m_view->isFollowing());
    }

    void whatIsInSightStaysWhenOldRowsGo() {
        CountedLines lines;
        lines.end = 1000;
        m_view->setLines(&lines);
        m_view->goTo(600);
        const qint64 top = m_view->topRow();
        lines.first = 400;
        lines.grow(50);
        QCOMPARE(m_view->topRow(), top);
        lines.first = 800;
        lines.grow(0);
        QCOMPARE(m_view->topRow(), 800);
        QCOMPARE(m_view->currentRow(), -1);
        m_view->setLines(nullptr);
    }

    void rowsThatComeLateDoNotMoveWhatIsInSight() {
        CountedLines lines;
        lines.end = 1000;
        m_view->setLines(&lines);
        m_view->goTo(500);
        const qint64 top = m_view->topRow();
        lines.end += 7;
        Q_EMIT lines.inserted(100, 7);
        QCOMPARE(m_view->topRow(), top + 7);
        QCOMPARE(m_view->currentRow(), 507);
        QCOMPARE(m_view->newRows(), 0);
        lines.end += 3;
        Q_EMIT lines.inserted(900, 3);
        QCOMPARE(m_view->topRow(), top + 7);
        m_view->setLines(nullptr);
    }

    void moreRowsThanAScrollBarCounts() {
        CountedLines lines;
        lines.end = 10'000'000'000;
        m_view->setLines(&lines);
        QCOMPARE(m_view->topRow(), lines.end - m_view->pageRows());
        QScrollBar* bar = m_view->verticalScrollBar();
        QVERIFY(bar->maximum() > 1'000'000);
        m_view->goTo(7'654'321'098);
        QCOMPARE(m_view->currentRow(), 7'654'321'098);
        QVERIFY(std::abs(m_view->topRow() + m_view->pageRows() / 2 - 7'654'321'098) <= 1);
        bar->setValue(bar->maximum());
        QVERIFY(m_view->isFollowing());
        bar->setValue(0);
        QCOMPARE(m_view->topRow(), 0);
        m_view->setLines(nullptr);
    }

    void keysMoveTheCurrentRow() {
        appendRows(300);
        QTest::keyClick(m_view.get(), Qt::Key_Home);
        QCOMPARE(m_view->currentRow(), 0);
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        QCOMPARE(m_view->currentRow(), 1);
        QTest::keyClick(m_view.get(), Qt::Key_PageDown);
        QCOMPARE(m_view->currentRow(), m_view->pageRows());
        QVERIFY(m_view->topRow() > 0);
        QTest::keyClick(m_view.get(), Qt::Key_Up);
        QCOMPARE(m_view->currentRow(), m_view->pageRows() - 1);
        QTest::keyClick(m_view.get(), Qt::Key_End);
        QCOMPARE(m_view->currentRow(), 299);
        QVERIFY(m_view->isFollowing());
    }

    void copiesAcrossRows() {
        append("first one\nsecond \x1b[31mred\x1b[0m one\nthird one\n");
        m_view->selectAll();
        m_view->copy();
        QCOMPARE(QApplication::clipboard()->text(), u"first one\nsecond red one\nthird one"_qs);
        QTest::keyClick(m_view.get(), Qt::Key_Home);
        QTest::keyClick(m_view.get(), Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(m_view->selectedText().value(), u"first one\nsecond red one"_qs);
        QCOMPARE(m_view->selectedRows(), (std::pair<qint64, qint64>(0, 1)));
    }

    void keysTakeWholeLines() {
        append("first one\nsecond one\nthird one\n");
        QTest::keyClick(m_view.get(), Qt::Key_Home);
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        QTest::keyClick(m_view.get(), Qt::Key_Up, Qt::ShiftModifier);
        QCOMPARE(m_view->selectedText().value(), u"first one\nsecond one"_qs);
        QTest::keyClick(m_view.get(), Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(m_view->selectedText().value(), u"second one"_qs);
        QTest::keyClick(m_view.get(), Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(m_view->selectedText().value(), u"second one\nthird one"_qs);
        QCOMPARE(m_view->selectedRows(), (std::pair<qint64, qint64>(1, 2)));
    }

    /// What is not marked is neither saved nor pinned.
    void takesNoRowOfWhichNothingIsSelected() {
        append("2026-03-01T10:00:00Z one\n2026-03-01T10:00:01Z two\n\n");
        const auto drag = [this](int to) {
            const QWidget* port = m_view->viewport();
            const int height = port->height() / m_view->pageRows();
            QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, {4, 4});
            QTest::mouseMove(m_view->viewport(), {4, to * height + 4});
            QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, {4, to * height + 4});
        };
        drag(1);
        QCOMPARE(m_view->selectedRows(), (std::pair<qint64, qint64>(0, 0)));
        QVERIFY(m_view->selectedText(LogView::Times::With).value().endsWith(u"one\n"_qs));
        drag(2);
        QCOMPARE(m_view->selectedRows(), (std::pair<qint64, qint64>(0, 2))); // an empty one
        m_view->selectAll();
        QCOMPARE(m_view->selectedRows(), (std::pair<qint64, qint64>(0, 2)));
    }

    void doubleClickTakesAWord() {
        append("one two-three four\n");
        bool found = false;
        for (int column = 0; column < 60 && !found; ++column) {
            QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, pointIn(0, column));
            found = m_view->selectedText().value() == u"two-three"_qs;
        }
        QVERIFY(found);
    }

    void wrappedRowsScrollByTheirParts() {
        append(QByteArray(4'000, 'x') + '\n');
        appendRows(5);
        m_view->setWrapping(LogView::Wrapping::On);
        QVERIFY(m_view->isFollowing());
        QCOMPARE(m_view->topRow(), 0); // its last parts fill what the five leave free
        QVERIFY(m_view->horizontalScrollBar()->maximum() == 0);
        QTest::keyClick(m_view.get(), Qt::Key_Home);
        QVERIFY(!m_view->isFollowing());
        QTest::keyClick(m_view.get(), Qt::Key_End);
        QVERIFY(m_view->isFollowing());
    }

    void paintsAnything_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("invalid") << QByteArray("\xFF\xFE\x00\x80 \xE2\x82\n", 9);
        QTest::newRow("scripts") << QByteArray("\xD7\xA9\xD7\x9C \xE0\xA4\x95\xE0\xA5\x8D\xE0\xA4"
                                               "\xB7 \xF0\x9F\x9A\x80 \xE6\x97\xA5\n");
        QTest::newRow("long") << QByteArray(3'000'000, 'y') + '\n';
        QTest::newRow("steering") << QByteArray(
            "\x1b]0;title\x07\x1b[2J\x1b[10;10Hx\x1b[1;4;31mr\n");
    }
    void paintsAnything() {
        QFETCH(QByteArray, bytes);
        append(bytes);
        m_store->mark({LogMarker::Kind::Resumed, {1'000'000'000}, {5'000'000'000}, 0, {}});
        m_lines.setSnapshot(m_store->snapshot());
        m_view->setHighlighter([](QByteArrayView text) {
            return QList<std::pair<qsizetype, qsizetype>>{{0, std::min<qsizetype>(2, text.size())}};
        });
        m_view->selectAll();
        for (const auto wrapping : {LogView::Wrapping::Off, LogView::Wrapping::On}) {
            m_view->setWrapping(wrapping);
            QVERIFY(!m_view->grab().isNull());
        }
    }

    /// Who goes from hit to hit has the focus in a field.
    void showsTheCurrentRowWhoeverHasTheFocus() {
        appendRows(20);
        m_view->goTo(7);
        m_view->clearFocus();
        QVERIFY(!m_view->hasFocus());
        const auto topOfBand = [this] {
            const QImage image = m_view->viewport()->grab().toImage();
            for (int y = 0; y < image.height(); ++y) {
                if (image.pixelColor(image.width() - 4, y) == ui::colour(ui::Colour::Hover))
                    return y;
            }
            return -1;
        };
        const int at = topOfBand();
        QVERIFY(at > 0);
        m_view->goTo(8);
        QVERIFY(topOfBand() > at);
    }

    void sayWhenNothingIsThere() {
        m_view->setLines(nullptr);
        QVERIFY(!m_view->selectedRows());
        QTest::keyClick(m_view.get(), Qt::Key_Home);
        QTest::keyClick(m_view.get(), Qt::Key_PageDown);
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, {100, 20});
        QCOMPARE(m_view->currentRow(), -1);
        QVERIFY(m_view->selectedText().value().isEmpty());
    }
};

QTEST_MAIN(TestLogView)
#include "tst_logview.moc"
