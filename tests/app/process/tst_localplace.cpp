// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process/localplace.h"

#include "tests/app/process/placerecorder.h"
#include "tests/support/temporaryhome.h"

#include <QTest>

using namespace app;
using namespace tests;

namespace {
constexpr int patience = 20'000;
}

class TestLocalPlace : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void runsACommand();
};

void TestLocalPlace::runsACommand() {
    LocalPlace place;
    PlaceRecorder recorder(place);
    const AttemptRequest request =
        requestOf(QStringLiteral("hello"), "echo out\necho err >&2\nexit 3");
    place.run(request);
    QTRY_VERIFY_WITH_TIMEOUT(recorder.ended(request.attempt), patience);
    const Seen& seen = recorder.of(request.attempt);
    QVERIFY(seen.record);
    QCOMPARE(seen.record->exitCode, 3);
    QCOMPARE(seen.out(), QByteArray("out\n"));
    QCOMPARE(seen.err(), QByteArray("err\n"));
    QCOMPARE(seen.started, 1);
}

int main(int argc, char** argv) {
    const TemporaryHome home;
    QCoreApplication application(argc, argv);
    TestLocalPlace test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_localplace.moc"
