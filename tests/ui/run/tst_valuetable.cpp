// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/valuetable.h"

#include "ui/theme/theme.h"

#include <QApplication>
#include <QLabel>
#include <QTest>

namespace {

QStringList wordsOf(const ui::ValueTable& table) {
    QStringList words;
    for (const QLabel* label : table.findChildren<QLabel*>()) {
        if (!label->text().isEmpty())
            words.append(label->text());
    }
    return words;
}

} // namespace

class TestValueTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { ui::Theme::instance().install(*qApp); }
    void showsWhatTheCommandNames();
    void whatIsCarriedOverMayHaveChanged();
};

void TestValueTable::showsWhatTheCommandNames() {
    ui::ValueTable table;
    table.resize(600, 200);
    table.showValues({{u"API"_qs, u"http://a"_qs}, {u"OTHER"_qs, u"x"_qs}}, {}, {u"TOKEN"_qs},
                     u"curl $API -H $TOKEN"_qs);
    table.show();
    const QStringList words = wordsOf(table);
    QVERIFY2(words.contains(u"API"_qs) && words.contains(u"http://a"_qs),
             qPrintable(words.join(u'|')));
    QVERIFY(words.contains(ui::ValueTable::hiddenWord()));
    QVERIFY(words.contains(u"1 value more handed over with it"_qs));
}

void TestValueTable::whatIsCarriedOverMayHaveChanged() {
    ui::ValueTable table;
    table.resize(600, 200);
    table.showValues({}, {{u"TARGET_VERSION"_qs, u"v1.5.0"_qs}, {u"API"_qs, u"http://a"_qs}}, {},
                     u"RELEASE=$TARGET_VERSION docker compose up -d"_qs);
    table.show();
    const QStringList words = wordsOf(table);
    QVERIFY2(words.contains(u"v1.5.0, unless a step changed it"_qs), qPrintable(words.join(u'|')));
    QVERIFY(!words.contains(u"API"_qs));
}

QTEST_MAIN(TestValueTable)
#include "tst_valuetable.moc"
