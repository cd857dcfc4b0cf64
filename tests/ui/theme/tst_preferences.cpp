// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/temporaryhome.h"
#include "ui/theme/preferences.h"

#include <QCoreApplication>
#include <QSettings>
#include <QTest>

using ui::Preferences;

class TestPreferences : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        Preferences::instance().finish();
        QSettings().clear();
    }

    void aChangeCountsAtOnceAndIsKept() {
        Preferences& preferences = Preferences::instance();
        QCOMPARE(preferences.value(key, 7).toInt(), 7);
        preferences.setValue(key, 1);
        QCOMPARE(preferences.value(key, 7).toInt(), 1);
        preferences.finish();
        QCOMPARE(preferences.value(key, 7).toInt(), 1);
        QCOMPARE(QSettings().value(key).toInt(), 1);
        preferences.remove(key);
        QCOMPARE(preferences.value(key, 7).toInt(), 7);
        preferences.finish();
        QVERIFY(!QSettings().contains(key));
    }

    /// A pane that is dragged changes faster than a disk writes.
    void theLastOfManyChangesStays() {
        Preferences& preferences = Preferences::instance();
        const QString other = QStringLiteral("test/other");
        for (int i = 1; i <= 2000; ++i) {
            preferences.setValue(key, i);
            QCOMPARE(preferences.value(key).toInt(), i);
            if (i % 2 == 0)
                preferences.remove(other);
            else
                preferences.setValue(other, i);
        }
        preferences.finish();
        QCOMPARE(QSettings().value(key).toInt(), 2000);
        QVERIFY(!QSettings().contains(other));
    }

private:
    const QString key = QStringLiteral("test/key");
};

int main(int argc, char** argv) {
    const tests::TemporaryHome home;
    QCoreApplication application(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("gantry-tests"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_preferences"));
    TestPreferences test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_preferences.moc"
