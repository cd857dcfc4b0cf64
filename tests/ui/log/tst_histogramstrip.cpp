// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/histogramstrip.h"

#include <QSignalSpy>
#include <QTest>

using models::Instant;
using models::LevelCounts;
using models::LogLevel;
using ui::HistogramStrip;

namespace {
constexpr std::int64_t second = 1'000'000'000;
constexpr Instant start{1000 * second};

std::vector<LevelCounts> buckets(int count) {
    std::vector<LevelCounts> made(static_cast<size_t>(count));
    for (size_t i = 0; i < made.size(); ++i) {
        made[i][static_cast<size_t>(LogLevel::Info)] = 10;
        made[i][static_cast<size_t>(LogLevel::Error)] = i % 3 == 0 ? 1 : 0;
    }
    return made;
}

Instant after(std::int64_t seconds) {
    return {start.nanoseconds + seconds * second};
}
} // namespace

class TestHistogramStrip : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<HistogramStrip> m_strip;

    [[nodiscard]] static QPoint middleOf(int bucket) { return {bucket * 10 + 5, 20}; }

private Q_SLOTS:
    void init() {
        m_strip = std::make_unique<HistogramStrip>();
        m_strip->resize(400, 48); // 10 pixels a bucket
        m_strip->setBuckets(start, second, buckets(40));
        m_strip->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_strip.get()));
    }

    void clickGoesToAMoment() {
        QSignalSpy chosen(m_strip.get(), &HistogramStrip::momentChosen);
        QTest::mouseClick(m_strip.get(), Qt::LeftButton, {}, middleOf(7));
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.first().first().value<Instant>(), after(7));
        QVERIFY(!m_strip->selectedRange());
    }

    void draggingSelects_data() {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("to");
        QTest::newRow("to the right") << 4 << 9;
        QTest::newRow("to the left") << 9 << 4;
    }
    void draggingSelects() {
        QFETCH(int, from);
        QFETCH(int, to);
        QSignalSpy chosen(m_strip.get(), &HistogramStrip::momentChosen);
        QTest::mousePress(m_strip.get(), Qt::LeftButton, {}, middleOf(from));
        QTest::mouseMove(m_strip.get(), middleOf(to));
        QTest::mouseRelease(m_strip.get(), Qt::LeftButton, {}, middleOf(to));
        QVERIFY(chosen.isEmpty());
        QCOMPARE(m_strip->selectedRange(), HistogramStrip::Range(after(4), after(10)));
        QTest::keyClick(m_strip.get(), Qt::Key_Escape);
        QVERIFY(!m_strip->selectedRange());
    }

    void keysSelectToo() {
        QSignalSpy chosen(m_strip.get(), &HistogramStrip::momentChosen);
        QTest::keyClick(m_strip.get(), Qt::Key_Left); // begins at the newest
        QTest::keyClick(m_strip.get(), Qt::Key_Left);
        QTest::keyClick(m_strip.get(), Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(m_strip->selectedRange(), HistogramStrip::Range(after(37), after(39)));
        QTest::keyClick(m_strip.get(), Qt::Key_Return);
        QCOMPARE(chosen.first().first().value<Instant>(), after(37));
        QVERIFY(!m_strip->accessibleDescription().isEmpty());
    }

    void selectionKeepsItsTimes() {
        QTest::mousePress(m_strip.get(), Qt::LeftButton, {}, middleOf(20));
        QTest::mouseMove(m_strip.get(), middleOf(22));
        QTest::mouseRelease(m_strip.get(), Qt::LeftButton, {}, middleOf(22));
        const auto selected = m_strip->selectedRange();
        m_strip->setBuckets(after(10), second, buckets(40));
        QCOMPARE(m_strip->selectedRange(), selected);
        m_strip->setBuckets({after(10).nanoseconds + second / 2}, second / 3, buckets(20));
        QCOMPARE(m_strip->selectedRange(), selected);
        // It is what the lines are filtered by: also where no bucket is there.
        m_strip->setBuckets(after(30), second, buckets(40));
        QCOMPARE(m_strip->selectedRange(), selected);
    }

    void clickLeavesTheSelection() {
        QSignalSpy changed(m_strip.get(), &HistogramStrip::selectionChanged);
        const HistogramStrip::Range range(after(3), after(5));
        m_strip->setSelectedRange(range);
        QTest::mouseClick(m_strip.get(), Qt::LeftButton, {}, middleOf(20));
        QCOMPARE(m_strip->selectedRange(), range);
        QVERIFY(changed.isEmpty());
        m_strip->setFocus();
        QTest::keyClick(m_strip.get(), Qt::Key_Escape);
        QVERIFY(!m_strip->selectedRange());
        QCOMPARE(changed.size(), 1);
    }

    /// What a filter leaves out is behind what it takes, and is paler.
    void backdropIsBehind() {
        const auto colourAt = [this](int bucket, int y) {
            return m_strip->grab().toImage().pixelColor(middleOf(bucket).x(), y);
        };
        const int middle = m_strip->height() / 2;
        std::vector<LevelCounts> few(40);
        few[5][static_cast<size_t>(LogLevel::Error)] = 1;
        m_strip->setBuckets(start, second, few);
        const QColor ground = colourAt(20, middle);
        const QColor error = colourAt(5, middle);
        m_strip->setBuckets(start, second, few, buckets(40));
        QVERIFY(colourAt(20, middle) != ground);
        QCOMPARE(colourAt(5, middle), error);
    }

    void emptyOneTakesAnything() {
        m_strip->setBuckets({}, 0, {});
        m_strip->setInSight(HistogramStrip::Range(after(1), after(2)));
        QTest::mouseClick(m_strip.get(), Qt::LeftButton, {}, {20, 20});
        QTest::keyClick(m_strip.get(), Qt::Key_Right);
        QTest::keyClick(m_strip.get(), Qt::Key_Return);
        QVERIFY(!m_strip->grab().isNull());
        QVERIFY(!m_strip->selectedRange());
    }
};

QTEST_MAIN(TestHistogramStrip)
#include "tst_histogramstrip.moc"
