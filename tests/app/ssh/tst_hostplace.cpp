// SPDX-License-Identifier: GPL-3.0-or-later
// Steps at a host: what a person sees must not depend on the line to it.
#include "app/ssh/hostplace.h"

#include "tests/app/process/placerecorder.h"
#include "tests/app/ssh/sshtest.h"
#include "tests/support/tcpproxy.h"

#include <QDir>
#include <QTest>

#include <csignal>

using namespace app;
using namespace tests;
using namespace std::chrono_literals;

namespace {

Lab* lab = nullptr;

/// Processes whose arguments hold the text.
int processesWith(const QByteArray& text) {
    int found = 0;
    const QStringList processes = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs);
    for (const QString& process : processes)
        found += contentOf(QStringLiteral("/proc/%1/cmdline").arg(process)).contains(text) ? 1 : 0;
    return found;
}

} // namespace

class TestHostPlace : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void runsSteps_data();
    void runsSteps();
    void carriesSessionOver();
    void comesBackAfterACut_data();
    void comesBackAfterACut();
    void losesNothingToCutAfterCut();
    void comesBackAfterALongOutage();
    void asksAnewAfterItWasGivenUp();
    void tellsWhatBecameOfWhatWasGivenUp();
    void comesBackAfterTheServerIsKilled();
    void followsAfterTheConsoleWent();
    void refusesWithTheReason();
    void saysUnknownForWhatMayHaveRun();
    void cancelsWhatWaits();
    void cancelEndsWhereTheHostDoesNotAnswer_data();
    void cancelEndsWhereTheHostDoesNotAnswer();
    void usesMoreConnectionsForManySteps();
    void executesShortCommands_data();
    void executesShortCommands();
    void looksByItselfWhereNobodyHasGivenUp();
    void executionLeavesNothingBehind();
    void takesInputAndCancels();

private:
    void usePlace(const HostSettings& settings);
    [[nodiscard]] HostSettings throughProxy(const QString& user = QStringLiteral("dash")) const;
    Seen& runToEnd(const AttemptRequest& request);
    models::Result<ExecResult> execute(const QStringList& argv,
                                       std::chrono::milliseconds limit = 60s,
                                       const QByteArray& input = {});
    [[nodiscard]] QString freshName() { return QStringLiteral("step-%1").arg(++m_step); }

    std::unique_ptr<TcpProxy> m_proxy;
    std::unique_ptr<SshConnections> m_connections;
    std::unique_ptr<HostPlace> m_place;
    std::unique_ptr<PlaceRecorder> m_recorder;
    int m_step = 0;
};

void TestHostPlace::init() {
    m_proxy = std::make_unique<TcpProxy>(lab->hostPort());
    m_connections = std::make_unique<SshConnections>();
    usePlace(throughProxy());
}

void TestHostPlace::cleanup() {
    m_recorder.reset();
    m_place.reset();
    m_connections.reset();
    m_proxy.reset();
}

void TestHostPlace::usePlace(const HostSettings& settings) {
    m_recorder.reset();
    m_place = std::make_unique<HostPlace>(QStringLiteral("web-1"), settings, *m_connections);
    m_recorder = std::make_unique<PlaceRecorder>(*m_place);
}

HostSettings TestHostPlace::throughProxy(const QString& user) const {
    HostSettings settings = settingsFor(*lab, user);
    settings.hostKeyAlias = QStringLiteral("[127.0.0.1]:%1").arg(settings.port);
    settings.port = m_proxy->port();
    settings.keepAliveInterval = 300ms;
    return settings;
}

Seen& TestHostPlace::runToEnd(const AttemptRequest& request) {
    m_place->run(request);
    [&] { QTRY_VERIFY_WITH_TIMEOUT(m_recorder->ended(request.attempt), patience); }();
    return m_recorder->of(request.attempt);
}

models::Result<ExecResult> TestHostPlace::execute(const QStringList& argv,
                                                  std::chrono::milliseconds limit,
                                                  const QByteArray& input) {
    std::optional<models::Result<ExecResult>> result;
    m_place->exec(argv, input, limit,
                  [&result](const models::Result<ExecResult>& r) { result = r; });
    [&] { QTRY_VERIFY_WITH_TIMEOUT(result, patience); }();
    return result.value_or(models::failure(models::ErrorCode::Internal, QString()));
}

void TestHostPlace::runsSteps_data() {
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("shell");
    for (const QString& user : lab->users()) {
        for (const char* shell : {"sh", "bash"})
            QTest::addRow("%s runs %s", qPrintable(user), shell)
                << user << QString::fromLatin1(shell);
    }
}

void TestHostPlace::runsSteps() {
    QFETCH(QString, user);
    QFETCH(QString, shell);
    usePlace(throughProxy(user));
    AttemptRequest request =
        requestOf(freshName(),
                  "printf '\\000\\377\\001\\r\\n'; echo \"$GREETING\"; echo err >&2; "
                  "echo \"${HOME##*/}\"; exit 7",
                  shell);
    request.variables = {{QStringLiteral("GREETING"), QStringLiteral("it's $here")}};
    const Seen& seen = runToEnd(request);
    QVERIFY2(seen.record, qPrintable(seen.unknownReason + seen.evidence));
    QCOMPARE(seen.out(), QByteArray("\0\xff\1\r\nit's $here\n", 16) + user.toUtf8() + '\n');
    QCOMPARE(seen.err(), QByteArray("err\n"));
    QCOMPARE(seen.record->exitCode, 7);
    QCOMPARE(seen.started, 1);
    QCOMPARE(seen.ends, 1);
    QVERIFY(seen.gapless);
}

void TestHostPlace::carriesSessionOver() {
    const AttemptRequest one = requestOf(freshName(), "cd /tmp; export KEPT='a b'");
    QVERIFY(runToEnd(one).record);
    AttemptRequest two = requestOf(freshName(), "echo \"$KEPT $PWD\"");
    two.restoreFrom = one.attempt;
    QCOMPARE(runToEnd(two).out(), QByteArray("a b /tmp\n"));
}

void TestHostPlace::comesBackAfterACut_data() {
    QTest::addColumn<QString>("user");
    QTest::addColumn<qint64>("after");
    for (const QString& user : {QStringLiteral("bash"), QStringLiteral("dash"),
                                QStringLiteral("ash"), QStringLiteral("noisy")}) {
        for (const qint64 after : {2'000, 8'000, 60'000, 200'000})
            QTest::addRow("%s, %lld bytes", qPrintable(user), after) << user << after;
    }
}

/// Whatever was under way when the line was cut: all of it arrives, once, in order.
void TestHostPlace::comesBackAfterACut() {
    QFETCH(QString, user);
    QFETCH(qint64, after);
    if (!lab->users().contains(user))
        QSKIP("this login shell is not installed");
    usePlace(throughProxy(user));
    const QString name = freshName();
    const AttemptRequest request = requestOf(
        name, "echo ran >>\"$HOME/runs-" + QByteArray::number(m_step) +
                  "\"; i=0; while [ $i -lt 4000 ]; do i=$((i+1)); "
                  "echo \"line $i abcdefghijklmnopqrstuvwxyz abcdefghijklmnopqrstuvwxyz\"; "
                  "[ $((i % 500)) != 0 ] || { echo \"err $i\" >&2; sleep 0.05; }; done; "
                  "exit 5");
    m_proxy->cutAfter(after);
    const Seen& seen = runToEnd(request);
    QVERIFY2(seen.record, qPrintable(seen.unknownReason + seen.evidence));
    QByteArray out;
    QByteArray err;
    for (int i = 1; i <= 4000; ++i) {
        const QByteArray number = QByteArray::number(i);
        out += "line " + number + " abcdefghijklmnopqrstuvwxyz abcdefghijklmnopqrstuvwxyz\n";
        err += i % 500 == 0 ? "err " + number + '\n' : QByteArray();
    }
    QVERIFY(seen.out() == out);
    QCOMPARE(seen.err(), err);
    QVERIFY(seen.gapless);
    QCOMPARE(seen.record->exitCode, 5);
    QCOMPARE(seen.ends, 1);
    QCOMPARE(contentOf(lab->home(user) + QStringLiteral("/runs-%1").arg(m_step)),
             QByteArray("ran\n"));
    QVERIFY(m_proxy->accepted() > 1);
}

/// The command has ended, and each connection that is to bring its output goes before it does.
void TestHostPlace::losesNothingToCutAfterCut() {
    const AttemptRequest request =
        requestOf(freshName(), "echo begun; while [ ! -e \"$HOME/cuts\" ]; do sleep 0.02; done; "
                               "head -c 300000 /dev/zero; exit 4");
    m_place->run(request);
    QTRY_COMPARE_WITH_TIMEOUT(m_recorder->of(request.attempt).out(), QByteArray("begun\n"),
                              patience);
    // A connection is made with fewer bytes than this, and not much is left for the output.
    constexpr qint64 enough = 8'000;
    m_proxy->cutAfter(enough);
    writeFile(lab->home(QStringLiteral("dash")) + QStringLiteral("/cuts"), "now");
    for (int cuts = 1; cuts <= 5; ++cuts) {
        QTRY_VERIFY_WITH_TIMEOUT(m_proxy->accepted() > cuts || m_recorder->ended(request.attempt),
                                 patience);
        m_proxy->cutAfter(cuts < 5 ? enough : -1);
    }
    QTRY_VERIFY_WITH_TIMEOUT(m_recorder->ended(request.attempt), patience);
    const Seen& seen = m_recorder->of(request.attempt);
    QVERIFY2(seen.record, qPrintable(seen.unknownReason + seen.evidence));
    QVERIFY(!seen.record->outputCut);
    QCOMPARE(seen.record->exitCode, 4);
    QVERIFY(seen.out() == "begun\n" + QByteArray(300'000, '\0'));
    QVERIFY(m_proxy->accepted() > 5);
}

/// The line stalls and stays away for longer than the command takes.
void TestHostPlace::comesBackAfterALongOutage() {
    const AttemptRequest request =
        requestOf(freshName(), "echo begun; sleep 1; echo done >\"$HOME/outage\"; echo ended");
    QFile::remove(lab->home(QStringLiteral("dash")) + QStringLiteral("/outage"));
    m_place->run(request);
    QTRY_VERIFY_WITH_TIMEOUT(m_recorder->of(request.attempt).started == 1, patience);
    m_proxy->setRefusing(true);
    m_proxy->setStalled(true);
    QTRY_COMPARE_WITH_TIMEOUT(m_place->connection().state(), SshConnection::State::Waiting,
                              patience);
    QVERIFY(!m_place->connection().error().message.isEmpty());
    QVERIFY(m_place->connection().retryIn().count() >= 0);
    m_proxy->setStalled(false);
    QTRY_VERIFY_WITH_TIMEOUT(
        QFile::exists(lab->home(QStringLiteral("dash")) + QStringLiteral("/outage")), patience);
    QTRY_VERIFY_WITH_TIMEOUT(m_place->connection().failures() > 0, patience);
    QVERIFY(!m_recorder->ended(request.attempt));
    m_proxy->setRefusing(false);
    m_place->connection().connectNow();
    QTRY_VERIFY_WITH_TIMEOUT(m_recorder->ended(request.attempt), patience);
    const Seen& seen = m_recorder->of(request.attempt);
    QVERIFY2(seen.record, qPrintable(seen.unknownReason));
    QCOMPARE(seen.out(), QByteArray("begun\nended\n"));
}

/// A step that is started there asks for the host again, whatever became of the one before.
void TestHostPlace::asksAnewAfterItWasGivenUp() {
    const AttemptRequest before = requestOf(freshName(), "echo begun; sleep 1000");
    m_place->run(before);
    QTRY_COMPARE_WITH_TIMEOUT(m_recorder->of(before.attempt).out(), QByteArray("begun\n"),
                              patience);
    m_proxy->setRefusing(true);
    m_proxy->cut();
    QTRY_COMPARE_WITH_TIMEOUT(m_place->connection().state(), SshConnection::State::Waiting,
                              patience);
    m_place->connection().cancel();
    QTRY_VERIFY_WITH_TIMEOUT(m_recorder->ended(before.attempt), patience);
    QVERIFY(!m_recorder->of(before.attempt).unknownReason.isEmpty());
    // While it is away one attempt tells so: nobody wanted it to be tried for ever.
    const Seen& refused = runToEnd(requestOf(freshName(), "echo never"));
    QVERIFY(refused.refused);
    QCOMPARE(m_place->connection().state(), SshConnection::State::Failed);
    m_proxy->setRefusing(false);
    const Seen& after = runToEnd(requestOf(freshName(), "echo after"));
    QVERIFY2(after.record, qPrintable(after.unknownReason));
    QCOMPARE(after.out(), QByteArray("after\n"));
    m_place->cancel(before.attempt, 0ms);
    QTRY_COMPARE_WITH_TIMEOUT(m_recorder->cancelled.size(), 1, patience);
}

/// Of a command that was given up with its host: it goes on, and is followed from where it was seen
/// last.
void TestHostPlace::tellsWhatBecameOfWhatWasGivenUp() {
    const QString home = lab->home(QStringLiteral("dash"));
    AttemptRequest request =
        requestOf(freshName(),
                  "echo >>\"$HOME/begun\"; echo one; while [ ! -e \"$HOME/on\" ]; do sleep 0.05; "
                  "done; echo two");
    for (const char* file : {"/begun", "/on"})
        QFile::remove(home + QLatin1String(file));
    m_place->openRun(request.attempt.run, [&request](const models::Result<QString>& opened) {
        request.folder = opened.value_or(QString());
    });
    QTRY_VERIFY_WITH_TIMEOUT(!request.folder.isEmpty(), patience);
    m_place->run(request);
    QTRY_COMPARE_WITH_TIMEOUT(m_recorder->of(request.attempt).out(), QByteArray("one\n"), patience);
    m_proxy->setRefusing(true);
    m_proxy->cut();
    QTRY_COMPARE_WITH_TIMEOUT(m_place->connection().state(), SshConnection::State::Waiting,
                              patience);
    m_place->connection().cancel();
    QTRY_VERIFY_WITH_TIMEOUT(m_recorder->ended(request.attempt), patience);
    QCOMPARE(m_recorder->of(request.attempt).loss, models::Loss::Unanswered);

    // Asked while it is away, it says so soon, and can be asked again.
    request.origin = AttemptOrigin::AskedAbout;
    request.from = {4, 0};
    m_recorder->of(request.attempt) = {};
    const Seen& away = runToEnd(request);
    QVERIFY2(away.unknownReason.contains(QStringLiteral("cannot be asked")),
             qPrintable(away.unknownReason));
    QCOMPARE(away.loss, models::Loss::Unanswered);
    m_proxy->setRefusing(false);

    Seen had;
    had.output[0] = "one\n";
    m_recorder->of(request.attempt) = had;
    m_place->run(request);
    QTRY_COMPARE_WITH_TIMEOUT(m_recorder->of(request.attempt).started, 1, patience);
    writeFile(home + QStringLiteral("/on"), "now");
    QTRY_VERIFY_WITH_TIMEOUT(m_recorder->ended(request.attempt), patience);
    const Seen& seen = m_recorder->of(request.attempt);
    QVERIFY2(seen.record, qPrintable(seen.unknownReason));
    QCOMPARE(seen.out(), QByteArray("one\ntwo\n"));
    QCOMPARE(contentOf(home + QStringLiteral("/begun")), QByteArray("\n"));
}

void TestHostPlace::comesBackAfterTheServerIsKilled() {
    const AttemptRequest request = requestOf(
        freshName(), "echo begun; while [ ! -e \"$HOME/go\" ]; do sleep 0.05; done; echo ended");
    const QString go = lab->home(QStringLiteral("dash")) + QStringLiteral("/go");
    QFile::remove(go);
    m_place->run(request);
    QTRY_COMPARE_WITH_TIMEOUT(m_recorder->of(request.attempt).out(), QByteArray("begun\n"),
                              patience);
    const QList<qint64> children = childrenOf(lab->hostPid());
    QVERIFY(!children.isEmpty());
    // One of them frozen instead: nobody closes its connection.
    for (const qint64 child : children)
        ::kill(pid_t(child), child == children.first() ? SIGSTOP : SIGKILL);
    QTRY_VERIFY_WITH_TIMEOUT(m_proxy->accepted() > 1, patience);
    ::kill(pid_t(children.first()), SIGKILL);
    writeFile(go, "now");
    QTRY_VERIFY_WITH_TIMEOUT(m_recorder->ended(request.attempt), patience);
    const Seen& seen = m_recorder->of(request.attempt);
    QVERIFY2(seen.record, qPrintable(seen.unknownReason));
    QCOMPARE(seen.out(), QByteArray("begun\nended\n"));
}

void TestHostPlace::followsAfterTheConsoleWent() {
    AttemptRequest request = requestOf(freshName(), "echo one; sleep 0.5; echo two");
    m_place->run(request);
    QTRY_COMPARE_WITH_TIMEOUT(m_recorder->of(request.attempt).out(), QByteArray("one\n"), patience);
    cleanup();
    init();
    request.origin = AttemptOrigin::FoundUnderWay;
    request.from = {4, 0};
    QHash<models::AttemptKey, Seen> had;
    had[request.attempt].output[0] = "one\n";
    m_recorder = std::make_unique<PlaceRecorder>(*m_place, had);
    const Seen& seen = runToEnd(request);
    QVERIFY(seen.record);
    QCOMPARE(seen.out(), QByteArray("one\ntwo\n"));
}

void TestHostPlace::refusesWithTheReason() {
    HostSettings settings = throughProxy();
    settings.identityFiles = {lab->key(QStringLiteral("stranger"))};
    usePlace(settings);
    const Seen& seen = runToEnd(requestOf(freshName(), "true"));
    QVERIFY(seen.refused);
    QCOMPARE(seen.refused->code, models::ErrorCode::Refused);
    QVERIFY(seen.refused->message.contains(QStringLiteral("authorized_keys")));
}

void TestHostPlace::saysUnknownForWhatMayHaveRun() {
    HostSettings settings = throughProxy();
    settings.identityFiles = {lab->key(QStringLiteral("stranger"))};
    usePlace(settings);
    AttemptRequest request = requestOf(freshName(), "true");
    request.origin = AttemptOrigin::FoundUnderWay;
    const Seen& seen = runToEnd(request);
    QVERIFY(!seen.unknownReason.isEmpty());
    QVERIFY(seen.evidence.contains(QStringLiteral("authorized_keys")));
}

void TestHostPlace::cancelsWhatWaits() {
    m_proxy->setStalled(true);
    const AttemptRequest request = requestOf(freshName(), "true");
    m_place->run(request);
    m_place->cancel(request.attempt, 1s);
    QTRY_VERIFY_WITH_TIMEOUT(m_recorder->ended(request.attempt), patience);
    QVERIFY(m_recorder->of(request.attempt).refused);
    QCOMPARE(m_recorder->cancelled.size(), 1);
    QCOMPARE(m_recorder->cancelled.first().outcome, CancelOutcome::Gone);
}

void TestHostPlace::cancelEndsWhereTheHostDoesNotAnswer_data() {
    QTest::addColumn<bool>("isFound");
    QTest::newRow("it was followed when the line went") << false;
    QTest::newRow("an earlier console began it") << true;
}

/// Nobody knows whether it was stopped, and it is not ended later either, when nobody thinks of it.
void TestHostPlace::cancelEndsWhereTheHostDoesNotAnswer() {
    QFETCH(bool, isFound);
    const QString go = lab->home(QStringLiteral("dash")) + QStringLiteral("/stop");
    QFile::remove(go);
    AttemptRequest request = requestOf(
        freshName(), "echo begun; while [ ! -e \"$HOME/stop\" ]; do sleep 0.05; done; echo ended");
    m_place->openRun(request.attempt.run, [&request](const models::Result<QString>& opened) {
        request.folder = opened.value_or(QString());
    });
    QTRY_VERIFY_WITH_TIMEOUT(!request.folder.isEmpty(), patience);
    m_place->run(request);
    QTRY_COMPARE_WITH_TIMEOUT(m_recorder->of(request.attempt).out(), QByteArray("begun\n"),
                              patience);
    m_proxy->setRefusing(true);
    m_proxy->cut();
    QTRY_COMPARE_WITH_TIMEOUT(m_place->connection().state(), SshConnection::State::Waiting,
                              patience);
    if (isFound) {
        usePlace(throughProxy());
        request.origin = AttemptOrigin::FoundUnderWay;
        m_place->run(request);
    }
    m_place->setCancelPatience(10ms);
    m_place->cancel(request.attempt, 0ms);
    QTRY_VERIFY_WITH_TIMEOUT(m_recorder->ended(request.attempt), patience);
    const Seen lost = m_recorder->of(request.attempt);
    QVERIFY(!lost.refused && !lost.record);
    QVERIFY2(lost.unknownReason.contains(QStringLiteral("Whether it was stopped is not known")),
             qPrintable(lost.unknownReason));
    QCOMPARE(lost.loss, models::Loss::Unanswered);
    QCOMPARE(m_recorder->cancelled.size(), 1);
    QCOMPARE(m_recorder->cancelled.first().outcome, CancelOutcome::Unconfirmed);

    m_proxy->setRefusing(false);
    request.origin = AttemptOrigin::AskedAbout;
    m_recorder->of(request.attempt) = {};
    m_place->run(request);
    QTRY_COMPARE_WITH_TIMEOUT(m_recorder->of(request.attempt).out(), QByteArray("begun\n"),
                              patience);
    writeFile(go, "now");
    QTRY_VERIFY_WITH_TIMEOUT(m_recorder->ended(request.attempt), patience);
    const Seen& seen = m_recorder->of(request.attempt);
    QVERIFY2(seen.record, qPrintable(seen.unknownReason));
    QVERIFY(!seen.record->cancelled);
    QCOMPARE(seen.out(), QByteArray("begun\nended\n"));
}

/// sshd lets ten sessions on a connection; twelve steps need more.
void TestHostPlace::usesMoreConnectionsForManySteps() {
    QList<AttemptRequest> requests;
    for (int i = 0; i < 12; ++i) {
        requests << requestOf(freshName(), "echo begun; while [ ! -e \"$HOME/all\" ]; do "
                                           "sleep 0.1; done; echo ended");
        m_place->run(requests.last());
    }
    for (const AttemptRequest& request : std::as_const(requests))
        QTRY_COMPARE_WITH_TIMEOUT(m_recorder->of(request.attempt).out(), QByteArray("begun\n"),
                                  patience);
    QVERIFY(m_proxy->accepted() > 1);
    writeFile(lab->home(QStringLiteral("dash")) + QStringLiteral("/all"), "now");
    for (const AttemptRequest& request : std::as_const(requests)) {
        QTRY_VERIFY_WITH_TIMEOUT(m_recorder->ended(request.attempt), patience);
        QCOMPARE(m_recorder->of(request.attempt).out(), QByteArray("begun\nended\n"));
    }
}

void TestHostPlace::executesShortCommands_data() {
    QTest::addColumn<QString>("user");
    for (const QString& user : lab->users())
        QTest::newRow(qPrintable(user)) << user;
}

void TestHostPlace::executesShortCommands() {
    QFETCH(QString, user);
    usePlace(throughProxy(user));
    const QString odd = QStringLiteral("it's \"$HOME\" `x` \\ *\n!;&|<> é");
    const auto said = execute({QStringLiteral("printf"), QStringLiteral("%s|"), odd, QString()});
    QVERIFY(said);
    QCOMPARE(said->exitCode, 0);
    QCOMPARE(QString::fromUtf8(said->out), odd + QStringLiteral("||"));
    QCOMPARE(said->err, QByteArray());
    // What it reads is seen by nobody else.
    const auto fed = execute({QStringLiteral("sh"), QStringLiteral("-c"),
                              QStringLiteral("cat; cat /proc/[0-9]*/cmdline 2>/dev/null; :")},
                             60s, odd.toUtf8());
    QVERIFY(fed);
    QVERIFY(fed->out.startsWith(odd.toUtf8()));
    QCOMPARE(fed->out.count(odd.toUtf8()), 1);
    const auto failed = execute(
        {QStringLiteral("sh"), QStringLiteral("-c"), QStringLiteral("cat; echo why >&2; exit 3")});
    QVERIFY(failed);
    QCOMPARE(failed->exitCode, 3);
    QCOMPARE(failed->out, QByteArray());
    QCOMPARE(failed->err, QByteArray("why\n"));
    const auto missing = execute({QStringLiteral("no-such-command")});
    QVERIFY(!missing);
    QCOMPARE(missing.error().code, models::ErrorCode::NotFound);
    QVERIFY(!execute({}));
    const auto large = execute({QStringLiteral("head"), QStringLiteral("-c"),
                                QStringLiteral("3000000"), QStringLiteral("/dev/zero")});
    QVERIFY(large);
    QCOMPARE(large->out.size(), 3'000'000);
    const auto tooLarge = execute({QStringLiteral("head"), QStringLiteral("-c"),
                                   QStringLiteral("30000000"), QStringLiteral("/dev/zero")});
    QVERIFY(!tooLarge);
}

/// What looks at a host again and again connects to it, but not behind the back of a person who
/// does not want that any more.
void TestHostPlace::looksByItselfWhereNobodyHasGivenUp() {
    const QStringList look{QStringLiteral("true")};
    m_place->setAskedBy(models::AskedBy::Program);
    QVERIFY(execute(look)); // connected for this
    m_proxy->setRefusing(true);
    m_proxy->cut();
    QTRY_COMPARE_WITH_TIMEOUT(m_place->connection().state(), SshConnection::State::Waiting,
                              patience);
    m_place->connection().cancel();
    m_proxy->setRefusing(false);
    const int accepted = m_proxy->accepted();
    const auto refused = execute(look);
    QVERIFY(!refused);
    QVERIFY2(refused.error().message.contains(QStringLiteral("given up")),
             qPrintable(refused.error().message));
    QCOMPARE(m_place->connection().state(), SshConnection::State::Failed);
    QCOMPARE(m_proxy->accepted(), accepted);
    m_place->connection().connectNow();
    QVERIFY(execute(look));
}

/// Silent commands that nobody waits for any more: given up, and with the connection.
void TestHostPlace::executionLeavesNothingBehind() {
    const QString first = QStringLiteral("987654.%1").arg(QCoreApplication::applicationPid());
    const auto late = execute({QStringLiteral("sleep"), first}, 300ms);
    QVERIFY(!late);
    QCOMPARE(late.error().code, models::ErrorCode::Cancelled);
    QTRY_COMPARE_WITH_TIMEOUT(processesWith(first.toLatin1()), 0, patience);

    const QString second = QStringLiteral("876543.%1").arg(QCoreApplication::applicationPid());
    std::optional<models::Result<ExecResult>> result;
    m_place->exec({QStringLiteral("sleep"), second}, 0ms,
                  [&result](const models::Result<ExecResult>& r) { result = r; });
    QTRY_COMPARE_WITH_TIMEOUT(processesWith(second.toLatin1()), 1, patience);
    m_proxy->cut();
    QTRY_VERIFY_WITH_TIMEOUT(result, patience);
    QVERIFY(!*result);
    QTRY_COMPARE_WITH_TIMEOUT(processesWith(second.toLatin1()), 0, patience);
}

void TestHostPlace::takesInputAndCancels() {
    AttemptRequest asks = requestOf(freshName(), "read -r word; echo \"[$word]\"");
    asks.input = InputMode::Pipe;
    m_place->run(asks);
    m_place->sendInput(asks.attempt, 1, "hello\n");
    QTRY_VERIFY_WITH_TIMEOUT(m_recorder->ended(asks.attempt), patience);
    QCOMPARE(m_recorder->of(asks.attempt).out(), QByteArray("[hello]\n"));

    const AttemptRequest stays = requestOf(freshName(), "echo begun; sleep 1000");
    m_place->run(stays);
    QTRY_COMPARE_WITH_TIMEOUT(m_recorder->of(stays.attempt).out(), QByteArray("begun\n"), patience);
    m_place->cancel(stays.attempt, 2s);
    QTRY_VERIFY_WITH_TIMEOUT(m_recorder->ended(stays.attempt), patience);
    QVERIFY(m_recorder->of(stays.attempt).record);
    QVERIFY(m_recorder->of(stays.attempt).record->cancelled);
}

int main(int argc, char** argv) {
    return runWithLab(argc, argv, [&](Lab& started) {
        lab = &started;
        TestHostPlace test;
        return QTest::qExec(&test, argc, argv);
    });
}

#include "tst_hostplace.moc"
