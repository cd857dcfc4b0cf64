// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/filterbar.h"
#include "ui/log/filterchip.h"
#include "ui/log/filterwords.h"

#include <QSignalSpy>
#include <QTest>

using models::LogFilter;
using ui::FilterBar;
using ui::FilterChip;

class TestFilterBar : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<FilterBar> m_bar;

    [[nodiscard]] QList<FilterChip*> chips() {
        QList<FilterChip*> all;
        for (FilterChip* chip : m_bar->findChildren<FilterChip*>()) {
            if (chip->isVisible())
                all.append(chip);
        }
        std::sort(all.begin(), all.end(), [](const FilterChip* first, const FilterChip* second) {
            return std::pair(first->y(), first->x()) < std::pair(second->y(), second->x());
        });
        return all;
    }
    [[nodiscard]] QStringList words() {
        QStringList all;
        for (const FilterChip* chip : chips())
            all.append(chip->text());
        return all;
    }
    void type(const QString& text) {
        m_bar->field().setFocus();
        QTest::keyClicks(&m_bar->field(), text);
    }
    void enter(const QString& text) {
        type(text);
        QTest::keyClick(&m_bar->field(), Qt::Key_Return);
        QCoreApplication::processEvents(); // lays them out
    }

private Q_SLOTS:
    void init() {
        m_bar = std::make_unique<FilterBar>();
        m_bar->resize(1200, 40);
        m_bar->setSources({u"portal"_qs, u"media"_qs});
        m_bar->show();
        QVERIFY(QTest::qWaitForWindowActive(m_bar.get()));
    }

    void returnMakesChipsOfWhatIsTyped() {
        QSignalSpy changed(m_bar.get(), &FilterBar::chipsChanged);
        enter(u"level:warning+ timeout -/a b/i source:portal"_qs);
        QCOMPARE(words(), (QStringList{u"level:warning+"_qs, u"source:portal"_qs, u"timeout"_qs,
                                       u"-/a b/i"_qs}));
        QCOMPARE(changed.size(), 1);
        QVERIFY(m_bar->field().text().isEmpty());
        QCOMPARE(m_bar->filter()->toString(), u"level:warning+ source:portal timeout -/a b/i"_qs);
    }

    void whatIsTypedCountsAtOnce() {
        enter(u"one"_qs);
        type(u"-two"_qs);
        QCOMPARE(m_bar->filter()->toString(), u"one -two"_qs);
        QCOMPARE(words(), QStringList{u"one"_qs});
        type(u" /("_qs);
        QVERIFY(!m_bar->filter());
    }

    void whatCannotBeUnderstoodStaysInTheField_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("is not closed") << u"\"a"_qs;
        QTest::newRow("is no expression") << u"/a(/"_qs;
        QTest::newRow("is no level") << u"level:loud"_qs;
    }
    void whatCannotBeUnderstoodStaysInTheField() {
        QFETCH(QString, text);
        enter(text);
        QCOMPARE(m_bar->field().text(), text);
        QVERIFY(words().isEmpty());
    }

    void backspaceInTheEmptyFieldTakesTheLast() {
        enter(u"one two"_qs);
        type(u"x"_qs);
        QTest::keyClick(&m_bar->field(), Qt::Key_Backspace);
        QCOMPARE(words().size(), 2);
        QTest::keyClick(&m_bar->field(), Qt::Key_Backspace);
        QCOMPARE(words(), QStringList{u"one"_qs});
        QTest::keyClick(&m_bar->field(), Qt::Key_Backspace);
        QTest::keyClick(&m_bar->field(), Qt::Key_Backspace);
        QVERIFY(words().isEmpty());
        QCOMPARE(m_bar->chips(), LogFilter());
    }

    void crossTakesItAwayAndTheRestTurnsIt() {
        enter(u"one two"_qs);
        FilterChip* two = chips()[1];
        QTest::mouseClick(two, Qt::LeftButton, {}, QPoint(10, two->height() / 2));
        QCOMPARE(words(), (QStringList{u"one"_qs, u"-two"_qs}));
        FilterChip* one = chips()[0];
        QTest::mouseClick(one, Qt::LeftButton, {}, one->cross().center());
        QCoreApplication::processEvents();
        QCOMPARE(words(), QStringList{u"-two"_qs});
        // Who lets go elsewhere did not mean it.
        two = chips()[0];
        QTest::mousePress(two, Qt::LeftButton, {}, two->cross().center());
        QTest::mouseRelease(two, Qt::LeftButton, {}, QPoint(5, 5));
        QCOMPARE(words(), QStringList{u"-two"_qs});
    }

    void keysReachEveryChip() {
        enter(u"one two three"_qs);
        QTest::keyClick(&m_bar->field(), Qt::Key_Left);
        QVERIFY(chips()[2]->hasFocus());
        QTest::keyClick(chips()[2], Qt::Key_Left);
        QVERIFY(chips()[1]->hasFocus());
        QTest::keyClick(chips()[1], Qt::Key_Space);
        QCOMPARE(words(), (QStringList{u"one"_qs, u"-two"_qs, u"three"_qs}));
        QVERIFY(chips()[1]->hasFocus());
        QTest::keyClick(chips()[1], Qt::Key_Return);
        QCOMPARE(words()[1], u"two"_qs);
        QTest::keyClick(chips()[1], Qt::Key_Delete);
        QCoreApplication::processEvents();
        QCOMPARE(words(), (QStringList{u"one"_qs, u"three"_qs}));
        QVERIFY(chips()[1]->hasFocus());
        QTest::keyClick(chips()[1], Qt::Key_Right);
        QVERIFY(m_bar->field().hasFocus());
        QTest::keyClick(&m_bar->field(), Qt::Key_Backtab, Qt::ShiftModifier);
        QVERIFY(chips()[1]->hasFocus());
    }

    void f2GivesAChipBackToBeWrittenAnew() {
        enter(u"\"a b\"s two"_qs);
        QTest::keyClick(&m_bar->field(), Qt::Key_Left);
        QTest::keyClick(chips()[1], Qt::Key_Left);
        QTest::keyClick(chips()[0], Qt::Key_F2);
        QCOMPARE(m_bar->field().text(), u"\"a b\"s"_qs);
        QVERIFY(m_bar->field().hasFocus());
        QCOMPARE(words(), QStringList{u"two"_qs});
    }

    void levelsAndTimes() {
        LogFilter filter;
        const QDateTime at(QDate(2026, 11, 20), QTime(14, 2, 10), Qt::UTC);
        const std::int64_t from = at.toMSecsSinceEpoch() * 1'000'000;
        filter.times = {{from}, {from + 50'000'000'000}};
        filter.levels = 0b1110'0000;
        m_bar->setChips(filter);
        QCoreApplication::processEvents();
        QCOMPARE(words(), (QStringList{u"level:warning+"_qs, u"14:02:10–14:03:00"_qs}));
        QCOMPARE(chips()[1]->accessibleName(), u"Only lines of 14:02:10–14:03:00"_qs);
        QCOMPARE(chips()[0]->accessibleName(), u"Only lines of level Warning and worse"_qs);
        QTest::keyClick(chips()[1], Qt::Key_Space); // times have no other side
        QCOMPARE(m_bar->chips(), filter);
        QTest::keyClick(chips()[0], Qt::Key_Space);
        QCOMPARE(words()[0], u"level:none,trace,debug,info,notice"_qs);
        QTest::mouseClick(chips()[1], Qt::LeftButton, {}, chips()[1]->cross().center());
        QVERIFY(!m_bar->chips().times);
    }

    /// Chips go on in the next row, and none is wider than its row.
    void manyChipsFit_data() {
        QTest::addColumn<int>("width");
        QTest::newRow("wide") << 1200;
        QTest::newRow("narrow") << 320;
    }
    void manyChipsFit() {
        QFETCH(int, width);
        m_bar->resize(width, 40);
        QString text;
        for (int i = 0; i < 12; ++i)
            text += u"a-word-that-is-much-too-long-for-what-it-says-%1 "_qs.arg(i);
        m_bar->setChips(*LogFilter::parse(text));
        m_bar->resize(width, m_bar->heightForWidth(width));
        QCoreApplication::processEvents();
        const QList<FilterChip*> shown = chips();
        QCOMPARE(shown.size(), 12);
        QRegion taken;
        for (const FilterChip* chip : shown) {
            QVERIFY(m_bar->rect().contains(chip->geometry()));
            QVERIFY(!taken.intersects(chip->geometry()));
            taken += chip->geometry();
        }
        QVERIFY(m_bar->rect().contains(m_bar->field().geometry()));
        QVERIFY(!taken.intersects(m_bar->field().geometry()));
        QVERIFY(m_bar->field().width() >= 200);
    }
};

QTEST_MAIN(TestFilterBar)
#include "tst_filterbar.moc"
