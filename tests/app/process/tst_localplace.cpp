// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process/localplace.h"

#include "tests/app/process/placerecorder.h"
#include "tests/support/filecontent.h"
#include "tests/support/program.h"
#include "tests/support/temporaryhome.h"

#include <QDir>
#include <QDirIterator>
#include <QStandardPaths>
#include <QTest>

#include <csignal>

using namespace app;
using namespace tests;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 60'000;

/// Those that a fence may name and that carry a session over.
const QStringList shells = {QStringLiteral("sh"), QStringLiteral("bash"), QStringLiteral("zsh")};
QString home;

QString inHome(const QString& name) {
    return home + QLatin1Char('/') + name;
}

void remove(const QString& path) {
    QFile::remove(path);
}

/// Files anywhere under the home that hold the text.
QStringList filesWith(const QByteArray& text) {
    QStringList found;
    QDirIterator files(home, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        if (contentOf(files.next()).contains(text))
            found << files.filePath();
    }
    return found;
}

/// Processes of ours whose arguments or first environment hold the text.
QStringList processesWith(const QByteArray& text) {
    QStringList found;
    const QStringList processes = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs);
    for (const QString& process : processes) {
        const QString base = QStringLiteral("/proc/") + process;
        if (process.toLongLong() > 0 && (contentOf(base + QStringLiteral("/cmdline")) +
                                         contentOf(base + QStringLiteral("/environ")))
                                            .contains(text))
            found << process;
    }
    return found;
}

qint64 processIn(const QString& file) {
    return contentOf(file).simplified().split(' ').first().toLongLong();
}

bool lives(qint64 process) {
    const QByteArray stat = contentOf(QStringLiteral("/proc/%1/stat").arg(process));
    const QByteArray rest = stat.mid(stat.lastIndexOf(')') + 2);
    return !stat.isEmpty() && !rest.startsWith('Z') && !rest.startsWith('X');
}

/// The shell, where Perl cannot be used.
QStringList withoutPerl(const QStringList& shell) {
    return QStringList{QStringLiteral("env"), QStringLiteral("PATH=%1:%2")
                                                  .arg(inHome(QStringLiteral("noperl")),
                                                       QString::fromLocal8Bit(qgetenv("PATH")))} +
           shell;
}

/// The supervisor's process, from the claim of the attempt.
qint64 supervisorOf(const models::AttemptKey& key) {
    const QString claim = inHome(QStringLiteral("state/gantry/r-%1/a-%2.%3"))
                              .arg(key.run.text(), key.step.text(), QString::number(key.number));
    return contentOf(claim).split(' ').value(1).toLongLong();
}

} // namespace

/// Every guarantee, for each shell that may supervise and each that may run a step.
class TestLocalPlace : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void recordsOutputAndStatus_data();
    void recordsOutputAndStatus();
    void carriesSessionOver_data();
    void carriesSessionOver();
    void beginsBelowHome_data();
    void beginsBelowHome();
    void keepsEveryValue_data();
    void keepsEveryValue();
    void refusesToRunWithoutSession();
    void stepWithSecretsLeavesOnlyItsDirectory();
    void keepsSecretsToItself_data();
    void keepsSecretsToItself();
    void typedValuesAreNotStored_data();
    void typedValuesAreNotStored();
    void knownSecretsAreNotStored_data();
    void knownSecretsAreNotStored();
    void startsOnce();
    void followsAfterTheConsoleWent();
    void reportsFromARecordAfterTheConsoleWent();
    void survivesItsFollower();
    void saysUnknownWhenTheSupervisorIsKilled();
    void saysUnknownWhenTheRunnerIsKilled();
    void cancelsEveryProcessOfTheStep();
    void cancelBeforeTheStartPreventsIt();
    void endsAtTheTimeLimit();
    void deliversInputOnce();
    void givesATerminal();
    void reportsProcessesLeftBehind_data();
    void reportsProcessesLeftBehind();
    void carriesLargeOutput();
    void holdsOutputBack();
    void refusesWhatCannotRun_data();
    void refusesWhatCannotRun();
    void refusesWithoutAFolder();
    void removesTheRunWhenClosed();
    void leavesNoDescriptors();
    void executesShortCommands();

private:
    std::unique_ptr<LocalPlace> m_place;
    std::unique_ptr<PlaceRecorder> m_recorder;
    int m_step = 0;

    void useSupervisor(const QStringList& shell);
    void reopenConsole();
    [[nodiscard]] QString freshName() { return QStringLiteral("step-%1").arg(++m_step); }
    /// Runs to the end and gives what was seen.
    Seen& runToEnd(const AttemptRequest& request);
};

void TestLocalPlace::initTestCase() {
    // busybox has its shell under its own name.
    QVERIFY(QDir().mkpath(inHome(QStringLiteral("bin"))));
    // A Perl that does not start: as good as none.
    QVERIFY(QDir().mkpath(inHome(QStringLiteral("noperl"))));
    QFile::link(QStringLiteral("/bin/false"), inHome(QStringLiteral("noperl/perl")));
    const QString busybox = QStandardPaths::findExecutable(QStringLiteral("busybox"));
    if (!busybox.isEmpty())
        QFile::link(busybox, inHome(QStringLiteral("bin/ash")));
    qputenv("PATH", qgetenv("PATH") + ":" + inHome(QStringLiteral("bin")).toLocal8Bit());
    qputenv("GANTRY_TEST_FIRST", "from the beginning");
}

void TestLocalPlace::init() {
    useSupervisor({QStringLiteral("sh")});
}

void TestLocalPlace::useSupervisor(const QStringList& shell) {
    m_recorder.reset();
    m_place = std::make_unique<LocalPlace>(shell);
    m_recorder = std::make_unique<PlaceRecorder>(*m_place);
}

void TestLocalPlace::reopenConsole() {
    m_recorder.reset();
    m_place.reset();
    useSupervisor({QStringLiteral("sh")});
}

Seen& TestLocalPlace::runToEnd(const AttemptRequest& request) {
    m_place->run(request);
    [&] { QTRY_VERIFY_WITH_TIMEOUT(m_recorder->ended(request.attempt), patience); }();
    return m_recorder->of(request.attempt);
}

void TestLocalPlace::recordsOutputAndStatus_data() {
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QByteArray>("out");
    QTest::addColumn<QByteArray>("err");
    QTest::addColumn<int>("status");

    const QByteArray none;
    QTest::newRow("nothing") << none << none << none << 0;
    QTest::newRow("true") << QByteArray("true") << none << none << 0;
    QTest::newRow("both streams") << QByteArray("echo out; echo err >&2") << QByteArray("out\n")
                                  << QByteArray("err\n") << 0;
    QTest::newRow("binary") << QByteArray("printf '\\000\\377\\001\\r\\n\\000'")
                            << QByteArray("\0\xff\1\r\n\0", 6) << none << 0;
    QTest::newRow("no newline") << QByteArray("printf abc") << QByteArray("abc") << none << 0;
    QTest::newRow("exit 0 early") << QByteArray("echo a\nexit 0\necho b") << QByteArray("a\n")
                                  << none << 0;
    QTest::newRow("exit 3") << QByteArray("exit 3") << none << none << 3;
    QTest::newRow("stops at a failure")
        << QByteArray("echo a\nfalse\necho b") << QByteArray("a\n") << none << 1;
    QTest::newRow("a failure that is asked about")
        << QByteArray("if false; then :; fi\nfalse || echo b") << QByteArray("b\n") << none << 0;
    QTest::newRow("dev stderr") << QByteArray("echo a >&2; echo b > /dev/stderr; echo c >&2")
                                << none << QByteArray("a\nb\nc\n") << 0;
    QTest::newRow("exit trap") << QByteArray("trap 'echo bye' EXIT\necho hi\nexit 4")
                               << QByteArray("hi\nbye\n") << none << 4;
    QTest::newRow("trap in a subshell")
        << QByteArray("(trap 'echo in' EXIT)\necho out") << QByteArray("in\nout\n") << none << 0;
    QTest::newRow("killed") << QByteArray("kill -9 $$") << none << none << 137;
    QTest::newRow("terminated") << QByteArray("kill -TERM $$") << none << none << 143;
    QTest::newRow("kills its own group")
        << QByteArray("trap '' TERM; echo a; kill 0; echo b") << QByteArray("a\nb\n") << none << 0;
    QTest::newRow("no input") << QByteArray("cat; echo end") << QByteArray("end\n") << none << 0;
    QTest::newRow("text that looks like ours")
        << QByteArray("echo 'G1 done rc=0 end'; echo end") << QByteArray("G1 done rc=0 end\nend\n")
        << none << 0;
    QTest::newRow("interrupts can be caught")
        << QByteArray("trap 'echo caught' INT; kill -INT $$; echo end")
        << QByteArray("caught\nend\n") << none << 0;
}

void TestLocalPlace::recordsOutputAndStatus() {
    QFETCH(QByteArray, script);
    QFETCH(QByteArray, out);
    QFETCH(QByteArray, err);
    QFETCH(int, status);
    struct Pair {
        QStringList supervisor;
        QString shell;
    };
    const QList<Pair> pairs{
        {{QStringLiteral("dash")}, QStringLiteral("dash")},
        {withoutPerl({QStringLiteral("dash")}), QStringLiteral("dash")},
        {withoutPerl({QStringLiteral("bash")}), QStringLiteral("bash")},
        {withoutPerl({QStringLiteral("busybox"), QStringLiteral("ash")}), QStringLiteral("bash")},
        {{QStringLiteral("dash")}, QStringLiteral("bash")},
        {{QStringLiteral("bash")}, QStringLiteral("bash")},
        {{QStringLiteral("bash"), QStringLiteral("--posix")}, QStringLiteral("sh")},
        {{QStringLiteral("busybox"), QStringLiteral("ash")}, QStringLiteral("sh")},
        {{QStringLiteral("busybox"), QStringLiteral("ash")}, QStringLiteral("bash")},
    };
    for (const Pair& pair : pairs) {
        if (QStandardPaths::findExecutable(pair.supervisor.first()).isEmpty())
            continue;
        useSupervisor(pair.supervisor);
        const QString shell =
            pair.shell == QLatin1String("dash") ? QStringLiteral("sh") : pair.shell;
        const Seen& seen = runToEnd(requestOf(freshName(), script, shell));
        const QByteArray what = (pair.supervisor.join(QLatin1Char(' ')) + QStringLiteral(" runs ") +
                                 shell + QStringLiteral(": ") + seen.unknownReason)
                                    .toUtf8();
        QVERIFY2(seen.record, what);
        QCOMPARE(seen.out(), out);
        QCOMPARE(seen.err(), err);
        QVERIFY(seen.gapless);
        QVERIFY2(seen.record->exitCode == status, what + QByteArray::number(seen.record->exitCode));
        QCOMPARE(seen.started, 1);
        QCOMPARE(seen.ends, 1);
        QVERIFY(!seen.record->ranNothing);
    }
}

void TestLocalPlace::carriesSessionOver_data() {
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    const QString sh = QStringLiteral("sh");
    const QString bash = QStringLiteral("bash");
    QTest::newRow("sh, sh") << sh << sh;
    QTest::newRow("bash, bash") << bash << bash;
    QTest::newRow("sh, bash") << sh << bash;
    QTest::newRow("bash, sh") << bash << sh;
    const QString zsh = QStringLiteral("zsh");
    QTest::newRow("zsh, sh") << zsh << sh;
    QTest::newRow("sh, zsh") << sh << zsh;
    QTest::newRow("zsh, zsh") << zsh << zsh;
}

void TestLocalPlace::carriesSessionOver() {
    QFETCH(QString, first);
    QFETCH(QString, second);
    QVERIFY(QDir().mkpath(inHome(QStringLiteral("it's here"))));
    AttemptRequest one = requestOf(
        freshName(),
        "cd \"$HOME/it's here\"\numask 027\nexport EXPORTED='a b'\nplain='c\nd'\n"
        "unset GANTRY_TEST_FIRST\nif [ -n \"$BASH_VERSION\" ]; then eval 'list=(x \"y z\"); "
        "greet() { echo \"hello $1\"; }'; fi\nexit 0",
        first);
    QVERIFY(runToEnd(one).record);
    QVERIFY(m_recorder->of(one.attempt).record->stateSaved);

    // A step of the other shell between them loses nothing either.
    AttemptRequest between = requestOf(freshName(), "more=1", QStringLiteral("sh"));
    between.restoreFrom = one.attempt;
    QVERIFY(runToEnd(between).record);

    AttemptRequest two = requestOf(
        freshName(),
        "pwd; umask -S; sh -c 'echo $EXPORTED'; echo \"$plain $more ${GANTRY_TEST_FIRST-unset}\"",
        second);
    two.restoreFrom = between.attempt;
    const Seen& seen = runToEnd(two);
    QVERIFY(seen.record);
    QCOMPARE(seen.record->reason, QString());
    QCOMPARE(seen.err(), QByteArray());
    QCOMPARE(seen.record->exitCode, 0);
    QCOMPARE(seen.out(), (inHome(QStringLiteral("it's here")) +
                          QStringLiteral("\nu=rwx,g=rx,o=\na b\nc\nd 1 unset\n"))
                             .toUtf8());
    if (first != QLatin1String("bash") || second != QLatin1String("bash"))
        return;
    AttemptRequest three =
        requestOf(freshName(), "greet you; echo \"${list[1]} ${#list[@]}\"", second);
    three.restoreFrom = two.attempt;
    QCOMPARE(runToEnd(three).out(), QByteArray("hello you\ny z 2\n"));
}

void TestLocalPlace::beginsBelowHome_data() {
    QTest::addColumn<QString>("directory");
    QTest::addColumn<QString>("below");
    QTest::newRow("nothing said") << QString() << QString();
    QTest::newRow("home") << QStringLiteral("~") << QString();
    QTest::newRow("below") << QStringLiteral("~/it's there") << QStringLiteral("/it's there");
}

void TestLocalPlace::beginsBelowHome() {
    QFETCH(QString, directory);
    QFETCH(QString, below);
    QVERIFY(QDir().mkpath(inHome(QStringLiteral("it's there"))));
    for (const QString& shell : shells) {
        AttemptRequest request = requestOf(freshName(), "pwd", shell);
        request.workingDirectory = directory;
        const Seen& seen = runToEnd(request);
        QVERIFY(seen.record);
        QCOMPARE(QDir::cleanPath(QString::fromUtf8(seen.out()).trimmed()), home + below);
    }
}

void TestLocalPlace::keepsEveryValue_data() {
    QTest::addColumn<QString>("value");
    QTest::newRow("quotes") << QStringLiteral("it's \"quoted\" `too`");
    QTest::newRow("only quotes") << QStringLiteral("''''");
    QTest::newRow("dollar") << QStringLiteral("$HOME ${x} $(touch pwned)");
    QTest::newRow("backslash") << QStringLiteral("a\\nb\\\\c\\");
    QTest::newRow("newlines") << QStringLiteral("a\n\nb\nexport EVIL=1\n");
    QTest::newRow("glob") << QStringLiteral("* ? [a-z] {a,b} ~");
    QTest::newRow("operators") << QStringLiteral("a; b & c | d > e < f # g !h");
    QTest::newRow("control") << QStringLiteral("\x01\x02\x1b[31m\x7f\t\r");
    QTest::newRow("unicode") << QString::fromUtf8("Grüße 漢字 🚀");
    QTest::newRow("dash") << QStringLiteral("-n -e --");
    QTest::newRow("spaces") << QStringLiteral("  leading and trailing  ");
    QTest::newRow("empty") << QString();
    QTest::newRow("percent") << QStringLiteral("%s %d %%");
}

/// As a variable, carried over, and read back, in every shell.
void TestLocalPlace::keepsEveryValue() {
    QFETCH(QString, value);
    for (const QString& shell : shells) {
        AttemptRequest one =
            requestOf(freshName(), "copy=$VALUE\nprintf '%s|' \"$VALUE\" \"$SECOND\"", shell);
        one.variables = {{QStringLiteral("VALUE"), value}, {QStringLiteral("SECOND"), value}};
        QCOMPARE(QString::fromUtf8(runToEnd(one).out()),
                 value + QLatin1Char('|') + value + QLatin1Char('|'));
        AttemptRequest two = requestOf(freshName(), "printf '%s|' \"$copy\"", shell);
        two.restoreFrom = one.attempt;
        QCOMPARE(QString::fromUtf8(runToEnd(two).out()), value + QLatin1Char('|'));
        QVERIFY(!QFile::exists(inHome(QStringLiteral("pwned"))));
    }
}

void TestLocalPlace::refusesToRunWithoutSession() {
    for (const QString& shell : shells) {
        AttemptRequest killed = requestOf(freshName(), "kill -9 $$", shell);
        QVERIFY(runToEnd(killed).record);
        QVERIFY(!m_recorder->of(killed.attempt).record->stateSaved);
        AttemptRequest next = requestOf(freshName(), "touch \"$HOME/ran\"", shell);
        next.restoreFrom = killed.attempt;
        const Seen& seen = runToEnd(next);
        QVERIFY(seen.record);
        QVERIFY(seen.record->ranNothing);
        QVERIFY2(seen.record->reason.contains(QStringLiteral("session")),
                 qPrintable(seen.record->reason));
        QVERIFY(!QFile::exists(inHome(QStringLiteral("ran"))));

        AttemptRequest nowhere = requestOf(freshName(), "touch \"$HOME/ran\"", shell);
        nowhere.workingDirectory = inHome(QStringLiteral("not/there"));
        QVERIFY(runToEnd(nowhere).record);
        QVERIFY(m_recorder->of(nowhere.attempt).record->ranNothing);
        QVERIFY(
            m_recorder->of(nowhere.attempt).record->reason.contains(QStringLiteral("not/there")));
        QVERIFY(!QFile::exists(inHome(QStringLiteral("ran"))));
    }
}

void TestLocalPlace::stepWithSecretsLeavesOnlyItsDirectory() {
    for (const QString& shell : shells) {
        AttemptRequest one = requestOf(freshName(), "kept=1", shell);
        QVERIFY(runToEnd(one).record);
        AttemptRequest two = requestOf(freshName(), "kept=2; mine=$TOKEN; cd /", shell);
        two.restoreFrom = one.attempt;
        two.secrets = {{QStringLiteral("TOKEN"), QStringLiteral("s3cr3t-t0ken")}};
        QCOMPARE(runToEnd(two).record->leftOut, QStringList{QStringLiteral("TOKEN")});
        AttemptRequest three =
            requestOf(freshName(), "echo \"$kept [$mine] [$TOKEN] $PWD\"", shell);
        three.restoreFrom = two.attempt;
        QCOMPARE(runToEnd(three).out(), QByteArray("1 [] [] /\n"));
    }
}

void TestLocalPlace::keepsSecretsToItself_data() {
    QTest::addColumn<QStringList>("supervisor");
    QTest::addColumn<QString>("shell");
    QTest::newRow("sh") << QStringList{QStringLiteral("sh")} << QStringLiteral("sh");
    QTest::newRow("bash") << QStringList{QStringLiteral("bash")} << QStringLiteral("bash");
    QTest::newRow("zsh") << QStringList{QStringLiteral("sh")} << QStringLiteral("zsh");
}

void TestLocalPlace::keepsSecretsToItself() {
    QFETCH(QStringList, supervisor);
    QFETCH(QString, shell);
    useSupervisor(supervisor);
    const QByteArray secret = "pa'ss \"w$ord\n\\x-unheard-of";
    AttemptRequest request =
        requestOf(freshName(), "printf '%s' \"$TOKEN\" | wc -c\nread -r line\necho done", shell);
    request.secrets = {{QStringLiteral("TOKEN"), QString::fromUtf8(secret)}};
    request.input = InputMode::Pipe;
    m_place->run(request);
    QTRY_VERIFY_WITH_TIMEOUT(!m_recorder->of(request.attempt).out().isEmpty(), patience);
    QCOMPARE(m_recorder->of(request.attempt).out().trimmed().toInt(), secret.size());
    // While it runs: nowhere that others, or a later look, could find it.
    QCOMPARE(processesWith("unheard-of"), QStringList());
    QCOMPARE(filesWith("unheard-of"), QStringList());
    m_place->sendInput(request.attempt, 1, "go\n");
    QTRY_VERIFY_WITH_TIMEOUT(m_recorder->ended(request.attempt), patience);
    QCOMPARE(filesWith("unheard-of"), QStringList());
}

void TestLocalPlace::typedValuesAreNotStored_data() {
    QTest::addColumn<QString>("shell");
    for (const QString& shell : shells)
        QTest::newRow(shell.toLatin1()) << shell;
}

void TestLocalPlace::typedValuesAreNotStored() {
    QFETCH(QString, shell);
    AttemptRequest before = requestOf(freshName(), "kept=yes", shell);
    QVERIFY(runToEnd(before).record);
    AttemptRequest asks = requestOf(freshName(),
                                    "cd /tmp; echo ask; read -r typed; export COPY=\"x$typed\"\n"
                                    "case $COPY in xhunter2?*) echo got ;; esac",
                                    shell);
    asks.restoreFrom = before.attempt;
    asks.input = InputMode::Pipe;
    m_place->run(asks);
    m_place->sendInput(asks.attempt, 1, "hunter2-typed\n");
    QTRY_VERIFY_WITH_TIMEOUT(m_recorder->ended(asks.attempt), patience);
    QCOMPARE(m_recorder->of(asks.attempt).out(), QByteArray("ask\ngot\n"));
    QVERIFY(m_recorder->of(asks.attempt).record->stateSaved);
    QCOMPARE(filesWith("hunter2-typed").join(QLatin1Char(' ')), QString());
    AttemptRequest after =
        requestOf(freshName(), "pwd; echo \"$kept ${typed-none} ${COPY-none}\"", shell);
    after.restoreFrom = asks.attempt;
    QCOMPARE(runToEnd(after).out(), QByteArray("/tmp\nyes none none\n"));
}

void TestLocalPlace::knownSecretsAreNotStored_data() {
    QTest::addColumn<QString>("shell");
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QByteArray>("carriedOver");
    for (const QString& shell : shells) {
        const QByteArray name = shell.toLatin1();
        QTest::newRow(name + ": in the environment")
            << shell << QByteArray("plain=1") << QByteArray("1");
        QTest::newRow(name + ": a copy")
            << shell << QByteArray("plain=1; copy=\"x${TOKEN_OF_TEST}y\"") << QByteArray("1");
        // What cannot be taken out of sh keeps all its variables back.
        QTest::newRow(name + ": read-only")
            << shell << QByteArray("plain=1; readonly copy=\"$TOKEN_OF_TEST\"")
            << QByteArray(shell == QLatin1String("sh") ? "none" : "1");
    }
    QTest::newRow("bash: an array")
        << QStringLiteral("bash") << QByteArray("plain=1; copy=(a \"$TOKEN_OF_TEST\")")
        << QByteArray("1");
}

void TestLocalPlace::knownSecretsAreNotStored() {
    QFETCH(QString, shell);
    QFETCH(QByteArray, script);
    QFETCH(QByteArray, carriedOver);
    const QByteArray secret = "it's a \\ \"t0ken\" of test";
    qputenv("TOKEN_OF_TEST", secret);
    AttemptRequest one = requestOf(freshName(), script, shell);
    one.withheld = {QStringLiteral("unused-value"), QString::fromUtf8(secret)};
    const Seen& first = runToEnd(one);
    QVERIFY2(first.record && first.record->exitCode == 0, first.err());
    QVERIFY(first.record->stateSaved);
    QCOMPARE(filesWith("t0ken").join(QLatin1Char(' ')), QString());
    AttemptRequest two =
        requestOf(freshName(), "echo \"${plain-none} ${copy-none} ${#TOKEN_OF_TEST}\"", shell);
    two.restoreFrom = one.attempt;
    two.withheld = one.withheld;
    QCOMPARE(runToEnd(two).out(),
             carriedOver + " none " + QByteArray::number(secret.size()) + '\n');
    qunsetenv("TOKEN_OF_TEST");
}

void TestLocalPlace::startsOnce() {
    const QString file = inHome(QStringLiteral("once"));
    remove(file);
    AttemptRequest request = requestOf(freshName(), "echo ran >>\"$HOME/once\"; echo out");
    m_place->run(request);
    m_place->run(request);
    LocalPlace twin;
    PlaceRecorder twinRecorder(twin);
    twin.run(request);
    QTRY_VERIFY_WITH_TIMEOUT(m_recorder->ended(request.attempt), patience);
    QTRY_VERIFY_WITH_TIMEOUT(twinRecorder.ended(request.attempt), patience);
    reopenConsole();
    request.from = {2, 0};
    runToEnd(request);
    QCOMPARE(contentOf(file), QByteArray("ran\n"));
    QCOMPARE(twinRecorder.of(request.attempt).out(), QByteArray("out\n"));
    QCOMPARE(m_recorder->of(request.attempt).out(), QByteArray("t\n"));
}

void TestLocalPlace::followsAfterTheConsoleWent() {
    const QString fifo = inHome(QStringLiteral("gate"));
    remove(fifo);
    AttemptRequest request =
        requestOf(freshName(), "echo before\nread -r line\necho \"after $line\"\nexit 5");
    request.input = InputMode::Pipe;
    m_place->run(request);
    QTRY_COMPARE_WITH_TIMEOUT(m_recorder->of(request.attempt).out(), QByteArray("before\n"),
                              patience);
    reopenConsole();
    request.from = {7, 0};
    m_place->run(request);
    QTRY_COMPARE_WITH_TIMEOUT(m_recorder->of(request.attempt).started, 1, patience);
    m_place->sendInput(request.attempt, 1, "the gate\n");
    QTRY_VERIFY_WITH_TIMEOUT(m_recorder->ended(request.attempt), patience);
    QCOMPARE(m_recorder->of(request.attempt).out(), QByteArray("after the gate\n"));
    QCOMPARE(m_recorder->of(request.attempt).record->exitCode, 5);
}

void TestLocalPlace::reportsFromARecordAfterTheConsoleWent() {
    const QString file = inHome(QStringLiteral("waited"));
    remove(file);
    AttemptRequest request =
        requestOf(freshName(), "echo a; echo b >&2; echo >\"$HOME/waited\"; exit 6");
    m_place->run(request);
    QTRY_VERIFY_WITH_TIMEOUT(m_recorder->of(request.attempt).started == 1, patience);
    reopenConsole();
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file), patience);
    const Seen& seen = runToEnd(request);
    QVERIFY(seen.record);
    QCOMPARE(seen.record->exitCode, 6);
    QCOMPARE(seen.out(), QByteArray("a\n"));
    QCOMPARE(seen.err(), QByteArray("b\n"));
}

void TestLocalPlace::survivesItsFollower() {
    AttemptRequest request = requestOf(freshName(), "echo one\nread -r line\necho two");
    request.input = InputMode::Pipe;
    m_place->run(request);
    QTRY_COMPARE_WITH_TIMEOUT(m_recorder->of(request.attempt).out(), QByteArray("one\n"), patience);
    // Every shell of the console but the supervisor: its followers.
    const qint64 supervisor = supervisorOf(request.attempt);
    QVERIFY(supervisor > 0);
    const QStringList shells = processesWith(QByteArray("sh\0-s\0gantry", 12));
    for (const QString& process : shells) {
        const QByteArray stat = contentOf(QStringLiteral("/proc/%1/stat").arg(process));
        const qint64 session = stat.mid(stat.lastIndexOf(')') + 2).split(' ').value(3).toLongLong();
        const qint64 parent = stat.mid(stat.lastIndexOf(')') + 2).split(' ').value(1).toLongLong();
        if (session != supervisor && parent == QCoreApplication::applicationPid())
            ::kill(pid_t(process.toLongLong()), SIGKILL);
    }
    m_place->sendInput(request.attempt, 1, "go\n");
    QTRY_VERIFY_WITH_TIMEOUT(m_recorder->ended(request.attempt), patience);
    QCOMPARE(m_recorder->of(request.attempt).out(), QByteArray("one\ntwo\n"));
    QVERIFY(m_recorder->of(request.attempt).gapless);
}

void TestLocalPlace::saysUnknownWhenTheSupervisorIsKilled() {
    AttemptRequest request =
        requestOf(freshName(), "echo $$ >\"$HOME/leader\"; echo said; sleep 1000");
    m_place->run(request);
    QTRY_COMPARE_WITH_TIMEOUT(m_recorder->of(request.attempt).out(), QByteArray("said\n"),
                              patience);
    ::kill(pid_t(supervisorOf(request.attempt)), SIGKILL);
    QTRY_VERIFY_WITH_TIMEOUT(m_recorder->ended(request.attempt), patience);
    const Seen& seen = m_recorder->of(request.attempt);
    QVERIFY(!seen.record);
    QVERIFY(!seen.unknownReason.isEmpty());
    QVERIFY(!seen.evidence.isEmpty());
    QCOMPARE(seen.ends, 1);
    // It is not started again, and can still be ended.
    reopenConsole();
    QVERIFY(!runToEnd(request).record);
    const qint64 leader = processIn(inHome(QStringLiteral("leader")));
    m_place->cancel(request.attempt, 5s);
    QTRY_COMPARE_WITH_TIMEOUT(m_recorder->cancelled.size(), 1, patience);
    QCOMPARE(m_recorder->cancelled.first().outcome, CancelOutcome::Gone);
    QVERIFY(!lives(leader));
}

/// What records its streams is gone, and nobody will know how it ends.
void TestLocalPlace::saysUnknownWhenTheRunnerIsKilled() {
    AttemptRequest request = requestOf(freshName(), "echo said; sleep 1000");
    m_place->run(request);
    QTRY_COMPARE_WITH_TIMEOUT(m_recorder->of(request.attempt).out(), QByteArray("said\n"),
                              patience);
    const qint64 supervisor = supervisorOf(request.attempt);
    int killed = 0;
    const QStringList runners = processesWith(QByteArray("perl\0-e", 7));
    for (const QString& process : runners) {
        const QByteArray stat = contentOf(QStringLiteral("/proc/%1/stat").arg(process));
        if (stat.mid(stat.lastIndexOf(')') + 2).split(' ').value(3).toLongLong() == supervisor)
            killed += ::kill(pid_t(process.toLongLong()), SIGKILL) == 0;
    }
    QCOMPARE(killed, 1);
    QTRY_VERIFY_WITH_TIMEOUT(m_recorder->ended(request.attempt), patience);
    const Seen& seen = m_recorder->of(request.attempt);
    QVERIFY(!seen.record);
    QVERIFY(!seen.unknownReason.isEmpty());
    m_place->cancel(request.attempt, 5s);
    QTRY_COMPARE_WITH_TIMEOUT(m_recorder->cancelled.size(), 1, patience);
    QCOMPARE(m_recorder->cancelled.first().outcome, CancelOutcome::Gone);
}

void TestLocalPlace::cancelsEveryProcessOfTheStep() {
    AttemptRequest request = requestOf(
        freshName(), "timeout 1000 sh -c 'echo $$ >\"$HOME/grouped\"; trap \"\" TERM; while :; do "
                     "sleep 1; done' &\n"
                     "trap 'echo asked; exit 9' TERM\necho ready\nwhile :; do sleep 0.05; done");
    remove(inHome(QStringLiteral("grouped")));
    m_place->run(request);
    QTRY_COMPARE_WITH_TIMEOUT(m_recorder->of(request.attempt).out(), QByteArray("ready\n"),
                              patience);
    QTRY_VERIFY_WITH_TIMEOUT(processIn(inHome(QStringLiteral("grouped"))) > 0, patience);
    const qint64 other = processIn(inHome(QStringLiteral("grouped")));
    // The first one is to come to its trap before the other one is made to end.
    m_place->cancel(request.attempt, 2s);
    QTRY_COMPARE_WITH_TIMEOUT(m_recorder->cancelled.size(), 1, patience);
    QCOMPARE(m_recorder->cancelled.first().outcome, CancelOutcome::Gone);
    QTRY_VERIFY_WITH_TIMEOUT(m_recorder->ended(request.attempt), patience);
    const Seen& seen = m_recorder->of(request.attempt);
    QVERIFY(seen.record);
    QVERIFY(seen.record->cancelled);
    QCOMPARE(seen.record->exitCode, 9);
    QCOMPARE(seen.out(), QByteArray("ready\nasked\n"));
    QVERIFY(!lives(other));
}

void TestLocalPlace::cancelBeforeTheStartPreventsIt() {
    remove(inHome(QStringLiteral("ran")));
    const AttemptRequest request = requestOf(freshName(), "touch \"$HOME/ran\"");
    m_place->cancel(request.attempt, 1s);
    QTRY_COMPARE_WITH_TIMEOUT(m_recorder->cancelled.size(), 1, patience);
    const Seen& seen = runToEnd(request);
    QVERIFY(seen.refused);
    QCOMPARE(seen.refused->code, models::ErrorCode::Cancelled);
    QVERIFY(!QFile::exists(inHome(QStringLiteral("ran"))));
}

void TestLocalPlace::endsAtTheTimeLimit() {
    AttemptRequest request = requestOf(freshName(), "echo begun; sleep 1000");
    request.timeLimit = 300ms;
    request.grace = 200ms;
    const Seen& seen = runToEnd(request);
    QVERIFY(seen.record);
    QVERIFY(seen.record->byTimeLimit);
    QVERIFY(seen.record->exitCode > 128);
    QCOMPARE(seen.out(), QByteArray("begun\n"));
}

void TestLocalPlace::deliversInputOnce() {
    AttemptRequest request = requestOf(
        freshName(),
        "while read -r line; do echo \"got $line\"; [ \"$line\" != end ] || exit 0; done");
    request.input = InputMode::Pipe;
    m_place->run(request);
    m_place->sendInput(request.attempt, 1, "a 'b' $c\n");
    m_place->sendInput(request.attempt, 1, "twice\n");
    m_place->sendInput(request.attempt, 2, "end\n");
    QTRY_VERIFY_WITH_TIMEOUT(m_recorder->ended(request.attempt), patience);
    QCOMPARE(m_recorder->of(request.attempt).out(), QByteArray("got a 'b' $c\ngot end\n"));
}

void TestLocalPlace::givesATerminal() {
    QVERIFY2(!QStandardPaths::findExecutable(QStringLiteral("script")).isEmpty(),
             "script(1) is not installed: see packaging/packages");
    AttemptRequest request = requestOf(freshName(), "if [ -t 0 ] && [ -t 1 ]; then echo terminal; "
                                                    "fi\nread -r line\necho \"got $line\"\nexit 7");
    request.input = InputMode::Terminal;
    m_place->run(request);
    QTRY_VERIFY_WITH_TIMEOUT(m_recorder->of(request.attempt).out().contains("terminal\n"),
                             patience);
    m_place->sendInput(request.attempt, 1, "hello\n");
    QTRY_VERIFY_WITH_TIMEOUT(m_recorder->ended(request.attempt), patience);
    QVERIFY(m_recorder->of(request.attempt).out().contains("got hello\n"));
    QCOMPARE(m_recorder->of(request.attempt).record->exitCode, 7);
}

void TestLocalPlace::reportsProcessesLeftBehind_data() {
    QTest::addColumn<QStringList>("supervisor");
    QTest::newRow("with Perl") << QStringList{QStringLiteral("sh")};
    QTest::newRow("without Perl") << withoutPerl({QStringLiteral("sh")});
}

void TestLocalPlace::reportsProcessesLeftBehind() {
    QFETCH(QStringList, supervisor);
    useSupervisor(supervisor);
    const AttemptRequest request =
        requestOf(freshName(), "sleep 1000 &\necho $! >\"$HOME/left\"\necho said\nexit 2");
    const Seen& seen = runToEnd(request);
    QVERIFY(seen.record);
    QCOMPARE(seen.record->exitCode, 2);
    QCOMPARE(seen.record->leftBehind, 1);
    QCOMPARE(seen.out(), QByteArray("said\n"));
    const qint64 left = processIn(inHome(QStringLiteral("left")));
    QVERIFY(lives(left));
    m_place->cancel(request.attempt, 5s);
    QTRY_COMPARE_WITH_TIMEOUT(m_recorder->cancelled.size(), 1, patience);
    QVERIFY(!lives(left));
}

void TestLocalPlace::carriesLargeOutput() {
    const AttemptRequest request =
        requestOf(freshName(), "yes 0123456789abcde | head -c 67108864\necho end >&2");
    const Seen& seen = runToEnd(request);
    QVERIFY(seen.record);
    QCOMPARE(seen.out().size(), 67108864);
    QCOMPARE(seen.out().count("0123456789abcde\n"), 4194304);
    QCOMPARE(seen.err(), QByteArray("end\n"));
    QVERIFY(seen.gapless);
    m_place->acknowledge(request.attempt);
}

void TestLocalPlace::holdsOutputBack() {
    const AttemptRequest request =
        requestOf(freshName(), "yes | head -c 16777216; echo >\"$HOME/written\"; read -r line");
    AttemptRequest asked = request;
    asked.input = InputMode::Pipe;
    remove(inHome(QStringLiteral("written")));
    m_place->run(asked);
    m_place->setOutputFlow(asked.attempt, Place::OutputFlow::Held);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(inHome(QStringLiteral("written"))), patience);
    m_place->sendInput(asked.attempt, 1, "go\n");
    QVERIFY(m_recorder->of(asked.attempt).out().size() < 1'000'000);
    m_place->setOutputFlow(asked.attempt, Place::OutputFlow::Flowing);
    QTRY_VERIFY_WITH_TIMEOUT(m_recorder->ended(asked.attempt), patience);
    QCOMPARE(m_recorder->of(asked.attempt).out().size(), 16777216);
}

void TestLocalPlace::refusesWhatCannotRun_data() {
    QTest::addColumn<QString>("shell");
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QString>("variable");
    QTest::newRow("no such shell")
        << QStringLiteral("/nowhere/bash") << QByteArray("true") << QString();
    QTest::newRow("NUL in the script")
        << QStringLiteral("sh") << QByteArray("a\0b", 3) << QString();
    QTest::newRow("an option for a shell")
        << QStringLiteral("-c") << QByteArray("true") << QString();
    QTest::newRow("bad name") << QStringLiteral("sh") << QByteArray("true")
                              << QStringLiteral("a b");
    QTest::newRow("name with a command")
        << QStringLiteral("sh") << QByteArray("true") << QStringLiteral("a=1;touch pwned;b");
}

void TestLocalPlace::refusesWhatCannotRun() {
    QFETCH(QString, shell);
    QFETCH(QByteArray, script);
    QFETCH(QString, variable);
    AttemptRequest request = requestOf(freshName(), script, shell);
    if (!variable.isEmpty())
        request.variables.insert(variable, QStringLiteral("1"));
    const Seen& seen = runToEnd(request);
    QVERIFY(seen.refused);
    QVERIFY(!seen.refused->message.isEmpty());
    QCOMPARE(seen.started, 0);
    QCOMPARE(seen.ends, 1);
}

void TestLocalPlace::refusesWithoutAFolder() {
    const QByteArray state = qgetenv("XDG_STATE_HOME");
    const QByteArray was = qgetenv("HOME");
    const QByteArray path = qgetenv("PATH");
    // No directory can be made anywhere: mkdir is not what it was.
    QVERIFY(QDir().mkpath(inHome(QStringLiteral("nomkdir"))));
    QFile fake(inHome(QStringLiteral("nomkdir/mkdir")));
    QVERIFY(fake.open(QIODevice::WriteOnly));
    fake.write("#!/bin/sh\nexit 1\n");
    fake.close();
    fake.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    qputenv("PATH", inHome(QStringLiteral("nomkdir")).toLocal8Bit() + ":" + path);
    AttemptRequest request = requestOf(freshName(), "true");
    request.attempt.run = models::RunId(QStringLiteral("anotherrun"));
    const Seen& seen = runToEnd(request);
    qputenv("PATH", path);
    QVERIFY(seen.refused);
    QCOMPARE(seen.refused->code, models::ErrorCode::NotWritable);
    QVERIFY(seen.refused->detail.contains(QStringLiteral("state")));
    QCOMPARE(qgetenv("HOME"), was);
    QCOMPARE(qgetenv("XDG_STATE_HOME"), state);
}

void TestLocalPlace::removesTheRunWhenClosed() {
    AttemptRequest request = requestOf(freshName(), "read -r line");
    request.attempt.run = models::RunId(QStringLiteral("closing"));
    request.input = InputMode::Pipe;
    const QString folder = inHome(QStringLiteral("state/gantry/r-closing"));
    m_place->run(request);
    QTRY_COMPARE_WITH_TIMEOUT(m_recorder->of(request.attempt).started, 1, patience);
    QVERIFY(QFile::exists(folder));
    QCOMPARE(QFile::permissions(folder) & (QFile::ReadGroup | QFile::ReadOther | QFile::ExeOther),
             QFile::Permissions());
    // Refused: it lives. What asks has to have asked before the attempt ends.
    const QList<qint64> before = childrenOf(QCoreApplication::applicationPid());
    m_place->closeRun(request.attempt.run);
    QList<qint64> asking = childrenOf(QCoreApplication::applicationPid());
    asking.removeIf([&before](qint64 process) { return before.contains(process); });
    QCOMPARE(asking.size(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(
        !childrenOf(QCoreApplication::applicationPid()).contains(asking.first()), patience);
    m_place->sendInput(request.attempt, 1, "go\n");
    QTRY_VERIFY_WITH_TIMEOUT(m_recorder->ended(request.attempt), patience);
    QVERIFY(QFile::exists(folder));
    m_place->closeRun(request.attempt.run);
    QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(folder), patience);
}

void TestLocalPlace::leavesNoDescriptors() {
    const QDir descriptors(QStringLiteral("/proc/self/fd"));
    runToEnd(requestOf(freshName(), "echo warm"));
    const auto count = [&] {
        return QDir(descriptors.path())
            .entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System)
            .size();
    };
    const auto before = count();
    for (int i = 0; i < 25; ++i)
        runToEnd(requestOf(freshName(), "echo a"));
    // A prepared supervisor may come or go.
    QTRY_VERIFY_WITH_TIMEOUT(count() <= before + 5, patience);
}

void TestLocalPlace::executesShortCommands() {
    std::optional<models::Result<ExecResult>> result;
    const auto keep = [&result](models::Result<ExecResult> got) { result = std::move(got); };
    m_place->exec({QStringLiteral("sh"), QStringLiteral("-c"),
                   QStringLiteral("echo out; echo err >&2; exit 4")},
                  60s, keep);
    QTRY_VERIFY_WITH_TIMEOUT(result, patience);
    QVERIFY(result->has_value());
    QCOMPARE((*result)->exitCode, 4);
    QCOMPARE((*result)->out, QByteArray("out\n"));
    QCOMPARE((*result)->err, QByteArray("err\n"));

    result.reset();
    m_place->exec({QStringLiteral("cat")}, "one 'line'\nanother", 60s, keep);
    QTRY_VERIFY_WITH_TIMEOUT(result, patience);
    QCOMPARE((*result)->out, QByteArray("one 'line'\nanother"));

    result.reset();
    m_place->exec({QStringLiteral("sleep"), QStringLiteral("1000")}, 50ms, keep);
    QTRY_VERIFY_WITH_TIMEOUT(result, patience);
    QCOMPARE(result->error().code, models::ErrorCode::Cancelled);

    result.reset();
    m_place->exec({QStringLiteral("no-such-command-at-all")}, 1s, keep);
    QTRY_VERIFY_WITH_TIMEOUT(result, patience);
    QCOMPARE(result->error().code, models::ErrorCode::NotFound);
}

int main(int argc, char** argv) {
    const TemporaryHome folders;
    home = folders.path();
    QCoreApplication application(argc, argv);
    TestLocalPlace test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_localplace.moc"
