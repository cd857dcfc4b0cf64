// SPDX-License-Identifier: GPL-3.0-or-later
// tst_survival [--trials N]: in every trial a command runs at the local place while its consoles,
// followers and not yet claimed supervisors are killed at random moments, and duplicates of the
// start race one another. Whatever happens, the command ran exactly once, every byte of both
// streams came back in order, and the exit status is right. 30 trials by default; N for a full
// night's. The seed of a failed trial is in its name: GANTRY_SEED repeats it alone.
#include "tests/support/temporaryhome.h"

#include <QCoreApplication>
#include <QDir>
#include <QProcess>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTest>
#include <QTimer>

#include <csignal>
#include <memory>

namespace {

constexpr int patience = 60'000;
constexpr int lines = 400;
int trials = 30;
QString home;

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Followers, askers and waiting supervisors: the shells whose parent is this console.
void killShellsOf(qint64 console, const QSet<qint64>& spared) {
    const QStringList processes = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs);
    for (const QString& process : processes) {
        const QByteArray stat = contentOf(QStringLiteral("/proc/%1/stat").arg(process));
        const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
        if (fields.value(1).toLongLong() == console && !spared.contains(process.toLongLong()))
            ::kill(pid_t(process.toLongLong()), SIGKILL);
    }
}

/// One trial's files and consoles.
class Trial {
public:
    explicit Trial(quint32 seed)
        : m_random(seed)
        , m_step(QStringLiteral("trial-%1").arg(seed)) {
        static const QList<std::pair<QString, QString>> shells{
            {QStringLiteral("dash"), QStringLiteral("sh")},
            {QStringLiteral("bash"), QStringLiteral("bash")},
            {QStringLiteral("busybox ash"), QStringLiteral("bash")},
            {QStringLiteral("bash --posix"), QStringLiteral("sh")},
            {QStringLiteral("env PATH=%1/noperl:%2 dash")
                 .arg(home, QString::fromLocal8Bit(qgetenv("PATH"))),
             QStringLiteral("sh")},
        };
        const auto& pair = shells[int(seed % quint32(shells.size()))];
        m_supervisor = pair.first;
        m_shell = pair.second;
        static const int statuses[]{0, 1, 3, 42, 137, 255};
        m_status = statuses[m_random.bounded(6)];
        static const char* const pauses[]{"0", "0.01", "0.03"};
        QFile script(path(QStringLiteral("script")));
        if (script.open(QIODevice::WriteOnly))
            script.write(scriptText(pauses[m_random.bounded(3)]));
    }

    [[nodiscard]] bool isPossible() const {
        return !QStandardPaths::findExecutable(m_supervisor.section(QLatin1Char(' '), 0, 0))
                    .isEmpty();
    }

    void perform() {
        bool twins = m_random.bounded(3) == 0;
        int faults = 1 + m_random.bounded(4);
        while (!QFile::exists(path(QStringLiteral("result")))) {
            const auto console = startConsole(QString());
            const auto twin = twins ? startConsole(QStringLiteral("-twin")) : nullptr;
            if (faults-- > 0)
                disturb(*console);
            if (console->state() != QProcess::NotRunning)
                console->waitForFinished(faults < 0 ? patience : 0);
            if (faults < 0 && console->state() != QProcess::NotRunning)
                QFAIL("the console never heard of an end");
            if (twin) {
                twin->kill();
                twin->waitForFinished(patience);
            }
            console->kill();
            console->waitForFinished(patience);
            twins = false;
        }
    }

    void verify() const {
        QCOMPARE(contentOf(path(QStringLiteral("log"))).count('\n'), 1);
        QCOMPARE(contentOf(path(QStringLiteral("result"))), "exit " + QByteArray::number(m_status));
        QByteArray out("\0\xff\1bin\n", 7);
        QByteArray err;
        for (int i = 1; i <= lines; ++i) {
            out += "out " + QByteArray::number(i) + " abcdefghijklmnopqrstuvwxyz\n";
            err += "err " + QByteArray::number(i) + " 0123456789\n";
        }
        out += "tail without newline";
        QVERIFY(contentOf(path(QStringLiteral("out"))) == out);
        QVERIFY(contentOf(path(QStringLiteral("err"))) == err);
    }

private:
    [[nodiscard]] QString path(const QString& name) const {
        return home + QLatin1Char('/') + m_step + QLatin1Char('.') + name;
    }

    [[nodiscard]] QByteArray scriptText(const QByteArray& pause) const {
        return "echo ran >>'" + path(QStringLiteral("log")).toUtf8() +
               "'\nprintf '\\000\\377\\001bin\\n'\ni=0\nwhile [ $i -lt " +
               QByteArray::number(lines) +
               " ]; do\n  i=$((i+1))\n  echo \"out $i abcdefghijklmnopqrstuvwxyz\"\n"
               "  echo \"err $i 0123456789\" >&2\n  [ $((i % 50)) != 0 ] || sleep " +
               pause + "\ndone\nprintf 'tail without newline'\nexit " +
               QByteArray::number(m_status);
    }

    std::unique_ptr<QProcess> startConsole(const QString& suffix) {
        auto console = std::make_unique<QProcess>();
        console->setProcessChannelMode(QProcess::ForwardedChannels);
        console->start(QCoreApplication::applicationDirPath() + QStringLiteral("/placeconsole"),
                       {m_step, path(QStringLiteral("script")), m_supervisor, m_shell,
                        path(QStringLiteral("out") + suffix), path(QStringLiteral("err") + suffix),
                        path(QStringLiteral("result") + suffix)});
        console->waitForStarted(patience);
        return console;
    }

    [[nodiscard]] QSet<qint64> claimants() const {
        const QByteArray claim =
            contentOf(home + QStringLiteral("/state/gantry/r-survival/a-%1.1").arg(m_step));
        return {claim.split(' ').value(1).toLongLong()};
    }

    /// At a random moment: kills the console, or the shells that serve it.
    void disturb(QProcess& console) {
        const int moment = m_random.bounded(2) == 0 ? m_random.bounded(30) : m_random.bounded(400);
        const bool all = m_random.bounded(3) != 0;
        // Ends early when the console does; the verdict does not depend on which came first.
        console.waitForFinished(moment);
        if (console.state() == QProcess::NotRunning)
            return;
        if (!claimants().contains(0))
            killShellsOf(console.processId(), claimants());
        if (all)
            console.kill();
    }

    QRandomGenerator m_random;
    QString m_step;
    QString m_supervisor;
    QString m_shell;
    int m_status = 0;
};

} // namespace

class TestSurvival : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void runsOnceAndWhole_data();
    void runsOnceAndWhole();
};

void TestSurvival::runsOnceAndWhole_data() {
    QTest::addColumn<quint32>("seed");
    const QByteArray only = qgetenv("GANTRY_SEED");
    for (int i = 0; i < (only.isEmpty() ? trials : 1); ++i) {
        const quint32 seed = only.isEmpty()
                                 ? QRandomGenerator::global()->bounded(1u, 1'000'000'000u)
                                 : only.toUInt();
        QTest::addRow("seed %u", seed) << seed;
    }
}

void TestSurvival::runsOnceAndWhole() {
    QFETCH(quint32, seed);
    Trial trial(seed);
    if (!trial.isPossible())
        QSKIP("this supervisor's shell is not installed");
    trial.perform();
    if (!QTest::currentTestFailed())
        trial.verify();
}

int main(int argc, char** argv) {
    const tests::TemporaryHome folders;
    home = folders.path();
    // A Perl that does not start: as good as none.
    QDir().mkpath(home + QStringLiteral("/noperl"));
    QFile::link(QStringLiteral("/bin/false"), home + QStringLiteral("/noperl/perl"));
    const QCoreApplication application(argc, argv);
    QStringList arguments = QCoreApplication::arguments();
    const qsizetype option = arguments.indexOf(QStringLiteral("--trials"));
    if (option > 0) {
        trials = arguments.value(option + 1).toInt();
        arguments.remove(option, 2);
    }
    TestSurvival test;
    return QTest::qExec(&test, arguments);
}

#include "tst_survival.moc"
