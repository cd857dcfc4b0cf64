// SPDX-License-Identifier: GPL-3.0-or-later
// tst_survival [--trials N]: in every trial a command runs at the local place while its consoles,
// followers and not yet claimed supervisors are killed at random moments, and duplicates of the
// start race one another. Whatever happens, the command ran exactly once, every byte of both
// streams came back in order, and the exit status is right. 30 trials by default; N for a full
// night's. The seed of a failed trial is in its name: GANTRY_SEED repeats it alone.
#include "tests/integration/survivingcommand.h"
#include "tests/support/filecontent.h"
#include "tests/support/temporaryhome.h"

#include <QCoreApplication>
#include <QDir>
#include <QProcess>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTest>

#include <csignal>
#include <memory>

using namespace tests;

namespace {

constexpr int patience = 60'000;
int trials = 30;
QString home;

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

/// Of the shell that supervises, and of the step.
struct Shells {
    QString supervisor;
    QString step;
};

Shells shellsFor(quint32 seed) {
    static const QList<Shells> shells{
        {QStringLiteral("dash"), QStringLiteral("sh")},
        {QStringLiteral("bash"), QStringLiteral("bash")},
        {QStringLiteral("busybox ash"), QStringLiteral("bash")},
        {QStringLiteral("bash --posix"), QStringLiteral("sh")},
        {QStringLiteral("env PATH=%1/noperl:%2 dash")
             .arg(home, QString::fromLocal8Bit(qgetenv("PATH"))),
         QStringLiteral("sh")},
    };
    return shells[int(seed % quint32(shells.size()))];
}

/// One trial's files and consoles.
class Trial {
public:
    explicit Trial(quint32 seed)
        : m_random(seed)
        , m_step(QStringLiteral("trial-%1").arg(seed))
        , m_shells(shellsFor(seed))
        , m_command(commandOf()) {}

    [[nodiscard]] bool isPossible() const {
        return !QStandardPaths::findExecutable(m_shells.supervisor.section(QLatin1Char(' '), 0, 0))
                    .isEmpty();
    }

    void perform() {
        bool twins = m_random.bounded(3) == 0;
        int faults = 1 + m_random.bounded(4);
        while (m_command.result().isEmpty()) {
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

    void verify() const { m_command.verify(); }

private:
    SurvivingCommand commandOf() {
        static const int statuses[]{0, 1, 3, 42, 137, 255};
        static const char* const pauses[]{"0", "0.01", "0.03"};
        const int status = statuses[m_random.bounded(6)];
        return {home + QLatin1Char('/') + m_step, {status, pauses[m_random.bounded(3)]}};
    }

    std::unique_ptr<QProcess> startConsole(const QString& suffix) {
        auto console = std::make_unique<QProcess>();
        console->setProcessChannelMode(QProcess::ForwardedChannels);
        console->start(
            QCoreApplication::applicationDirPath() + QStringLiteral("/placeconsole"),
            {m_shells.supervisor, m_step, m_shells.step, home + QLatin1Char('/') + m_step, suffix});
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
    Shells m_shells;
    SurvivingCommand m_command;
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
    for (const quint32 seed : seedsOf(trials))
        QTest::addRow("seed %u", seed) << seed;
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
    const TemporaryHome folders;
    home = folders.path();
    // A Perl that does not start: as good as none.
    QDir().mkpath(home + QStringLiteral("/noperl"));
    QFile::link(QStringLiteral("/bin/false"), home + QStringLiteral("/noperl/perl"));
    const QCoreApplication application(argc, argv);
    QStringList arguments = QCoreApplication::arguments();
    trials = takeTrials(arguments, trials);
    TestSurvival test;
    return QTest::qExec(&test, arguments);
}

#include "tst_survival.moc"
