// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/preflight/commandreading.h"

#include "models/runbook/runbookparser.h"

#include <QTest>

using namespace models;

namespace {

constexpr char document[] = R"(# Go live

## Deploy

- [ ] Pull

  ```sh {"on":"web-2"}
  docker pull app:$TAG
  ```

- [ ] Start

  ```sh {"on":"web-1"}
  docker run app:$TAG --token $API_TOKEN
  ```

- [ ] Tell the team

## Rollback

- [ ] Put back

  ```sh {"on":"web-2"}
  docker start app
  ```
)";

RunState stateOf(const QByteArray& text) {
    PlanContext context;
    context.environment = u"prod"_qs;
    for (const QString& name : {u"web-1"_qs, u"web-2"_qs}) {
        Host host;
        host.name = name;
        host.ssh = name + u".example.com"_qs;
        context.hosts.append(host);
    }
    return initialState(std::make_shared<Plan>(makePlan(parseRunbook(text), context)));
}

} // namespace

class TestCommandReading : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aValueThatIsMissingIsToldOnce() {
        const CommandReading reading = readCommands(stateOf(document));
        QCOMPARE(reading.hosts, (QStringList{u"web-2"_qs, u"web-1"_qs}));
        QCOMPARE(reading.resolved, 1);
        QVERIFY(reading.lines.empty());
        QCOMPARE(reading.missing.size(), 2U);
        QCOMPARE(reading.missing[0].name, u"TAG"_qs);
        QCOMPARE(reading.missing[0].firstUse, 0);
        QVERIFY(!reading.missing[0].isSecret);
        QCOMPARE(reading.missing[1].name, u"API_TOKEN"_qs);
        QCOMPARE(reading.missing[1].firstUse, 1);
        QVERIFY(reading.missing[1].isSecret);
    }

    void whatWasGivenIsNotMissing() {
        RunState state = stateOf(document);
        state.variables.insert(u"TAG"_qs, u"v2"_qs);
        state.secretsGiven.insert(u"API_TOKEN"_qs);
        const CommandReading reading = readCommands(state);
        QVERIFY(reading.missing.empty());
        QCOMPARE(reading.resolved, 3);
    }

    void aCommandWithoutAPlaceIsNotKnown() {
        const CommandReading reading =
            readCommands(stateOf("# A\n\n## Deploy\n\n- [ ] Pull\n\n  ```sh\n  ./pull\n  ```\n"));
        QCOMPARE(reading.resolved, 0);
        QCOMPARE(reading.lines.size(), 1U);
        QCOMPARE(reading.lines[0].verdict, Verdict::Fail);
        QCOMPARE(reading.lines[0].subject, u"Pull"_qs);
        QVERIFY(!reading.lines[0].step.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestCommandReading)
#include "tst_commandreading.moc"
