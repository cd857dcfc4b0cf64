// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process/localplace.h"

#include "tests/app/process/placerecorder.h"
#include "tests/support/temporaryhome.h"

#include <QElapsedTimer>
#include <QProcess>
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
    void manySteps();
};

void TestLocalPlace::runsACommand() {
    LocalPlace place;
    PlaceRecorder recorder(place);
    const AttemptRequest request = requestOf(QStringLiteral("hello"), "echo out\necho err >&2\nexit 3");
    place.run(request);
    QTRY_VERIFY_WITH_TIMEOUT(recorder.ended(request.attempt), patience);
    const Seen& seen = recorder.of(request.attempt);
    QVERIFY(seen.record);
    QCOMPARE(seen.record->exitCode, 3);
    QCOMPARE(seen.out(), QByteArray("out\n"));
    QCOMPARE(seen.err(), QByteArray("err\n"));
    QCOMPARE(seen.started, 1);
}

void TestLocalPlace::manySteps() {
    LocalPlace place;
    const int n = qEnvironmentVariableIntValue("N");
    int i = 0;
    std::optional<models::AttemptKey> last;
    bool done = n == 0;
    const auto next = [&] {
        if (i == n) { done = true; return; }
        AttemptRequest request = requestOf(QStringLiteral("s%1").arg(i++), qgetenv("S"), QString::fromLatin1(qgetenv("K")));
        request.restoreFrom = last;
        last = request.attempt;
        place.run(request);
    };
    connect(&place, &Place::attemptFinished, this, [&](const auto& k, const AttemptRecord&) { place.acknowledge(k); next(); });
    QElapsedTimer t; t.start();
    next();
    while (!done) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    qInfo("%lld ms for %d", t.elapsed(), n);
    t.start();
    for (int j = 0; j < n; ++j) { QProcess p; p.start(QStringLiteral("sh"), {QStringLiteral("-c"), QStringLiteral("true")}); p.waitForFinished(); }
    qInfo("%lld ms for sh", t.elapsed());
    t.start();
    for (int j = 0; j < n; ++j) { system("true"); }
    qInfo("%lld ms for system", t.elapsed());
}

int main(int argc, char** argv) {
    const TemporaryHome home;
    QCoreApplication application(argc, argv);
    TestLocalPlace test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_localplace.moc"
