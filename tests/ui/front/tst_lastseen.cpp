// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/front/seenexample.h"

#include <QTest>

namespace tests {

using models::HealthState;

class TestLastSeen : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenIsReadAgain() {
        const ui::LastSeen seen = seenExample();
        const auto read = ui::LastSeen::fromJson(seen.toJson());
        QVERIFY(read);
        QVERIFY(*read == seen);
    }

    void eachStateIsReadAgain() {
        ui::LastSeen seen = seenExample();
        std::vector<ui::SeenService>& services = seen.workspaces[0].environments[0].services;
        services.clear();
        for (int state = 0; state <= static_cast<int>(HealthState::Passing); ++state)
            services.push_back(seenService(QString::number(state), HealthState(state)));
        const auto read = ui::LastSeen::fromJson(seen.toJson());
        QVERIFY(read);
        QVERIFY(read->workspaces[0].environments[0].services == services);
    }

    void whatCannotBeUsedIsRefused_data() {
        QTest::addColumn<QByteArray>("json");
        const QByteArray good = seenExample().toJson();
        const auto without = [&good](const char* part, const char* instead) {
            QByteArray bad = good;
            bad.replace(part, instead);
            if (bad == good)
                qFatal("nothing to replace: %s", part);
            return bad;
        };
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("gantry");
        QTest::newRow("an array") << QByteArray("[]");
        QTest::newRow("cut off") << good.left(good.size() / 2);
        QTest::newRow("another version") << without("\"version\":2", "\"version\":1");
        QTest::newRow("no size") << without("[10,20,800,600]", "[10,20]");
        QTest::newRow("no window") << without("[10,20,800,600]", "[10,20,800,0]");
        QTest::newRow("too large a window") << without("800,600]", "800,600000]");
        QTest::newRow("no text") << without("\"fontSize\":13", "\"fontSize\":0");
        QTest::newRow("large text") << without("\"fontSize\":13", "\"fontSize\":1000");
        QTest::newRow("no workspaces") << without("\"workspaces\":", "\"others\":");
        QTest::newRow("too large") << good + QByteArray(ui::LastSeen::sizeMost, ' ');
    }
    void whatCannotBeUsedIsRefused() {
        QFETCH(QByteArray, json);
        const auto read = ui::LastSeen::fromJson(json);
        QVERIFY(!read);
        QVERIFY(!read.error().message.isEmpty());
    }

    /// Another hand may have written it: what is not known is unknown, and nothing passes.
    void aStateThatNobodyKnowsIsUnknown() {
        QByteArray json = seenExample().toJson();
        json.replace("\"passing\"", "\"excellent\"");
        const auto read = ui::LastSeen::fromJson(json);
        QVERIFY(read);
        QCOMPARE(read->workspaces[0].environments[0].services[1].state, HealthState::Unknown);
    }

    void aVerdictIsStaleAfterItsTime_data() {
        QTest::addColumn<int>("state");
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<int>("then");
        const auto row = [](const char* name, HealthState state, qint64 seconds, HealthState then) {
            QTest::newRow(name) << int(state) << seconds << int(then);
        };
        row("fresh", HealthState::Passing, 60, HealthState::Passing);
        row("old", HealthState::Passing, 61, HealthState::Stale);
        row("an old failure", HealthState::Failing, 86'400, HealthState::Stale);
        row("a clock that went back", HealthState::Passing, -61, HealthState::Unknown);
        row("a clock that is a little behind", HealthState::Passing, -5, HealthState::Passing);
    }
    void aVerdictIsStaleAfterItsTime() {
        QFETCH(int, state);
        QFETCH(qint64, seconds);
        QFETCH(int, then);
        const ui::SeenService service = seenService(QStringLiteral("portal"), HealthState(state));
        QCOMPARE(int(service.stateAt({seenAt.nanoseconds + seconds * second})), then);
    }

    void whatWasNeverCheckedIsNotStale() {
        const ui::SeenService service{QStringLiteral("portal"), HealthState::Unchecked, {}, {}};
        QCOMPARE(service.stateAt(seenAt), HealthState::Unchecked);
    }
};

} // namespace tests

QTEST_GUILESS_MAIN(tests::TestLastSeen)
#include "tst_lastseen.moc"
