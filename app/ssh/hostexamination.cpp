// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/hostexamination.h"

#include "app/diagnostics/clock.h"
#include "app/process/supervisorprogram.h"
#include "app/ssh/runtimecheck.h"
#include "app/ssh/sshhosts.h"

#include <QDateTime>
#include <QFile>

#include <algorithm>
#include <array>
#include <utility>

namespace app {
namespace {

using namespace std::chrono_literals;
using models::Verdict;
using Kind = HostCheck::Kind;

constexpr std::chrono::seconds stageLimit{60};
constexpr std::chrono::seconds execLimit{20};
/// What the clocks of two machines may differ by before times in a record mislead.
constexpr std::chrono::seconds clockTolerance{2};
constexpr std::array allKinds{Kind::Reachable, Kind::HostKey,  Kind::Authentication, Kind::Shell,
                              Kind::Directory, Kind::Survival, Kind::Sudo,           Kind::Runtime,
                              Kind::Clock,     Kind::RoundTrip};

/// It waits until it is told that the connection was cut, however long that takes on a busy
/// machine; what ends the processes of a login that is over has a moment after that.
constexpr char survivorScript[] = "read -r gt_word\nsleep 1\necho \"$gt_word\"\n";

QString milliseconds(std::chrono::microseconds time) {
    return HostExamination::tr("%1 ms").arg(double(time.count()) / 1000, 0, 'f', 1);
}

QString seconds(std::chrono::microseconds time) {
    return QString::number(double(time.count()) / 1e6, 'f', 3);
}

} // namespace

HostExamination::HostExamination(models::Host host, SshHosts& hosts, QObject* parent)
    : QObject(parent)
    , m_host(std::move(host))
    , m_hosts(hosts) {
    m_report.host = m_host;
    m_report.at = presentInstant();
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, [this] {
        // A person takes the time that it takes.
        if (m_connection->state() == SshConnection::State::Asking)
            limitStage();
        else
            finish(tr("The host did not answer within %1 s. Look again.").arg(stageLimit.count()));
    });
}

HostExamination::~HostExamination() = default;

// --- connecting ---

void HostExamination::begin() {
    const HostSettings settings = m_hosts.settingsFor(m_host);
    m_report.address = settings.address();
    for (const QString& file : settings.identityFiles) {
        QFile key(file + QLatin1String(".pub"));
        if (key.open(QIODevice::ReadOnly))
            m_report.publicKeys.append(QString::fromUtf8(key.read(16 * 1024)).trimmed());
    }
    for (const SettingsNote& note : settings.notes)
        log(note.message);
    // What runs there is not hung up on: where the connection is in use, another one is tried.
    m_connection = m_hosts.connections().connectionTo(settings);
    if (m_connection->channelCount() > 0)
        m_connection = m_hosts.connections().anotherTo(settings);
    else
        m_hosts.show(*m_connection, m_host);
    log(tr("connecting to %1").arg(m_report.address));
    connect(m_connection.get(), &SshConnection::stateChanged, this, &HostExamination::noteState);
    limitStage();
    m_connection->whenSettled(this,
                              [this](const models::Result<void>& result) { settled(result); });
    if (m_connection->state() == SshConnection::State::Waiting)
        m_connection->connectNow();
}

void HostExamination::noteState() {
    switch (m_connection->state()) {
    case SshConnection::State::Asking:
        log(tr("a person is asked"));
        return;
    case SshConnection::State::Waiting:
        // It goes on trying for what runs there; for this look the answer is known.
        if (!m_place)
            settled(tl::unexpected(m_connection->error()));
        return;
    case SshConnection::State::Idle:
    case SshConnection::State::Connecting:
    case SshConnection::State::Connected:
    case SshConnection::State::Failed:
        return;
    }
}

void HostExamination::settled(const models::Result<void>& result) {
    if (m_isOver || m_place)
        return;
    m_report.fingerprint = m_connection->hostKey().fingerprint;
    if (!result) {
        noteFailure(m_connection->failureKind(), result.error());
        return;
    }
    const HostKey& key = m_connection->hostKey();
    log(tr("connected: %1 %2, %3").arg(key.type, key.fingerprint, m_connection->authentication()));
    add(Kind::Reachable, Verdict::Pass, m_report.address);
    add(Kind::HostKey, Verdict::Pass, key.type + QLatin1Char(' ') + key.fingerprint);
    add(Kind::Authentication, Verdict::Pass, m_connection->authentication());
    m_place = std::make_unique<HostPlace>(m_host.name, m_connection, m_hosts.connections());
    lookAtShell();
}

void HostExamination::noteFailure(ConnectFailure::Kind kind, const models::Error& error) {
    switch (kind) {
    case ConnectFailure::Kind::Unreachable:
    case ConnectFailure::Kind::Dropped:
    case ConnectFailure::Kind::Unusable:
        add(Kind::Reachable, Verdict::Fail, {}, error.message, error.detail);
        finish(tr("There is no connection to the host."));
        return;
    case ConnectFailure::Kind::Cancelled:
        add(Kind::Reachable, Verdict::Unknown, {}, error.message, error.detail);
        finish(tr("There is no connection to the host."));
        return;
    case ConnectFailure::Kind::Rejected:
        add(Kind::Reachable, Verdict::Pass, m_report.address);
        add(Kind::HostKey, Verdict::Fail, m_report.fingerprint, error.message, error.detail);
        finish(tr("Nothing was sent to a host whose key is not the right one."));
        return;
    case ConnectFailure::Kind::Denied:
        add(Kind::Reachable, Verdict::Pass, m_report.address);
        add(Kind::HostKey, Verdict::Pass, m_report.fingerprint);
        add(Kind::Authentication, Verdict::Fail, {}, error.message, error.detail);
        finish(tr("The host does not let us in."));
        return;
    }
}

// --- the shell ---

void HostExamination::lookAtShell() {
    limitStage();
    new ShellProbe(
        *m_connection, [this](const ShellFindings& findings) { noteShell(findings); }, this);
}

void HostExamination::noteShell(const ShellFindings& findings) {
    if (m_isOver)
        return;
    if (findings.error) {
        add(Kind::Shell, Verdict::Fail, {}, findings.error->message, findings.error->detail);
        finish(tr("There is no shell that could look."));
        return;
    }
    const QString noise =
        findings.noise.isEmpty()
            ? QString()
            : tr("The login shell says things of its own, which are left out of outputs. To be rid "
                 "of them, let its start-up files say nothing where there is no terminal.");
    add(Kind::Shell, Verdict::Pass, findings.shell, noise, findings.noise);
    if (!findings.clockAhead) {
        add(Kind::Clock, Verdict::Unknown, {},
            tr("The date there cannot be read. Check that date can be started."));
    } else {
        const auto ahead = *findings.clockAhead;
        const auto off = ahead < 0us ? -ahead : ahead;
        const QString value = tr("%1%2 s ± %3 s")
                                  .arg(ahead < 0us ? QStringLiteral("−") : QStringLiteral("+"),
                                       seconds(off), seconds(findings.clockDoubt));
        if (off - findings.clockDoubt > clockTolerance)
            add(Kind::Clock, Verdict::Fail, value,
                tr("The clock there is %1 by %2 s. Set it by the network: timedatectl set-ntp "
                   "true.")
                    .arg(ahead < 0us ? tr("slow") : tr("fast"), seconds(off)));
        else if (off + findings.clockDoubt > clockTolerance)
            add(Kind::Clock, Verdict::Unknown, value,
                tr("The line is too slow to tell whether the clock there is right. Look again."));
        else
            add(Kind::Clock, Verdict::Pass, value);
    }
    add(Kind::RoundTrip, Verdict::Pass, milliseconds(findings.roundTrip));
    m_hosts.noteRoundTrip(*m_connection, findings.roundTrip);
    lookAtDirectory();
}

// --- a command that outlives its connection ---

void HostExamination::lookAtDirectory() {
    limitStage();
    m_survivor.attempt = {
        models::RunId(QStringLiteral("check-") + QString::fromLatin1(randomToken().left(20))),
        models::StepId(QStringLiteral("survivor")), 1};
    m_survivor.script = survivorScript;
    m_survivor.input = InputMode::Pipe;
    m_place->openRun(m_survivor.attempt.run, [this](const models::Result<QString>& folder) {
        if (m_isOver)
            return;
        if (!folder) {
            add(Kind::Directory, Verdict::Fail, {}, folder.error().message, folder.error().detail);
            add(Kind::Survival, Verdict::Unknown, {},
                tr("A command that is recorded nowhere cannot be found again."));
            lookAtSudo();
            return;
        }
        add(Kind::Directory, Verdict::Pass, {});
        beginSurvivor();
    });
}

void HostExamination::beginSurvivor() {
    limitStage();
    connect(
        m_place.get(), &Place::outputReceived, this,
        [this](const models::AttemptKey&, OutputStream stream, qint64, const QByteArray& bytes) {
            if (stream == OutputStream::Stdout)
                m_survivorSaid += bytes;
        });
    connect(m_place.get(), &Place::attemptStarted, this, &HostExamination::hangUp);
    connect(
        m_place.get(), &Place::attemptFinished, this,
        [this](const models::AttemptKey&, const AttemptRecord& record) { noteSurvivor(record); });
    connect(m_place.get(), &Place::attemptUnknown, this,
            [this](const models::AttemptKey&, const QString& reason, const QString& evidence) {
                noteLost(reason, evidence);
            });
    connect(m_place.get(), &Place::attemptRefused, this,
            [this](const models::AttemptKey&, const models::Error& error) {
                noteLost(error.message, error.detail);
            });
    m_place->run(m_survivor);
}

void HostExamination::hangUp() {
    if (m_sessionBefore != 0 || m_isOver)
        return;
    m_sessionBefore = m_connection->session();
    log(tr("a command runs; hanging up on it"));
    // Later: the place is in the middle of telling that it runs.
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_connection->close();
            // Over the next connection, which is made for it.
            m_place->sendInput(m_survivor.attempt, 1, "survived\n");
        },
        Qt::QueuedConnection);
}

void HostExamination::noteSurvivor(const AttemptRecord& record) {
    if (m_isOver)
        return;
    const bool isAnother = m_sessionBefore != 0 && m_connection->session() != 0 &&
                           m_connection->session() != m_sessionBefore;
    if (record.exitCode == 0 && m_survivorSaid == "survived\n" && isAnother) {
        log(tr("connected again: the command went on and ended, and all of its output is there"));
        add(Kind::Survival, Verdict::Pass, tr("found again after hanging up"));
    } else if (!isAnother) {
        add(Kind::Survival, Verdict::Unknown, {},
            tr("The command ended before the connection was cut. Look again."));
    } else {
        add(Kind::Survival, Verdict::Fail, {},
            tr("The command ended with status %1 when the connection was cut. Let commands go on "
               "after the login ends: loginctl enable-linger, or KillUserProcesses=no in "
               "logind.conf.")
                .arg(record.exitCode));
    }
    removeSurvivor();
}

void HostExamination::noteLost(const QString& reason, const QString& evidence) {
    if (m_isOver)
        return;
    if (m_connection->state() == SshConnection::State::Failed) {
        add(Kind::Survival, Verdict::Unknown, {}, m_connection->error().message,
            m_connection->error().detail);
        finish(tr("There is no connection to the host."));
        return;
    }
    const bool wasCut = m_sessionBefore != 0;
    add(Kind::Survival, Verdict::Fail, {},
        wasCut ? tr("A command there did not outlive its connection. Let commands go on after the "
                    "login ends: loginctl enable-linger, or KillUserProcesses=no in logind.conf.")
               : reason,
        wasCut ? reason + QLatin1Char('\n') + evidence : evidence);
    removeSurvivor();
}

/// Before all else: whoever asked may hang up once the report is complete.
void HostExamination::removeSurvivor() {
    limitStage();
    m_place->closeRun(m_survivor.attempt.run, [this] {
        if (!m_isOver)
            lookAtSudo();
    });
}

// --- sudo and containers ---

void HostExamination::lookAtSudo() {
    limitStage();
    m_place->exec({QStringLiteral("sudo"), QStringLiteral("-n"), QStringLiteral("true")}, execLimit,
                  [this](const models::Result<ExecResult>& result) {
                      if (!m_isOver)
                          noteSudo(result);
                  });
}

void HostExamination::noteSudo(const models::Result<ExecResult>& result) {
    const Verdict without = m_host.usesSudo ? Verdict::Fail : Verdict::Unknown;
    const bool isMissing = !result && result.error().code == models::ErrorCode::NotFound;
    if (result && result->exitCode == 0)
        add(Kind::Sudo, Verdict::Pass, tr("without a password"));
    else if (isMissing)
        add(Kind::Sudo, without, tr("not installed"),
            m_host.usesSudo ? tr("There is no sudo. Install it, or take \"sudo\" out of the host "
                                 "in gantry.yaml.")
                            : tr("There is no sudo. Steps that use it are refused beforehand."));
    else if (!result)
        add(Kind::Sudo, Verdict::Unknown, {}, result.error().message, result.error().detail);
    else
        add(Kind::Sudo, without, tr("asks for a password"),
            tr("sudo asks for a password, so steps that use it are refused beforehand. Allow the "
               "commands that they need with NOPASSWD in /etc/sudoers.d."),
            QString::fromUtf8(result->err).trimmed());
    lookAtRuntime();
}

void HostExamination::lookAtRuntime() {
    limitStage();
    if (m_host.runtime == QLatin1String("none")) {
        add(Kind::Runtime, Verdict::Pass, tr("none, as the workspace says"));
        finish({});
        return;
    }
    m_place->exec(runtimeLook(m_host), execLimit, [this](const models::Result<ExecResult>& result) {
        if (!m_isOver)
            noteRuntime(result);
    });
}

void HostExamination::noteRuntime(const models::Result<ExecResult>& result) {
    const RuntimeFinding found = judgeRuntime(m_host, result);
    add(Kind::Runtime, found.verdict, found.value, found.message, found.detail);
    finish({});
}

// --- the report ---

/// A message says in its first sentence what is, and in the others what to do.
void HostExamination::add(Kind kind, Verdict verdict, const QString& value, const QString& message,
                          const QString& detail) {
    const qsizetype end = message.indexOf(QLatin1String(". "));
    HostCheck check{kind, verdict, value, end < 0 ? message : message.left(end + 1),
                    end < 0 ? QString() : message.mid(end + 2)};
    const auto at = std::find_if(m_report.checks.begin(), m_report.checks.end(),
                                 [kind](const HostCheck& one) { return one.kind > kind; });
    m_report.checks.insert(at, check);
    if (!detail.isEmpty())
        log(checkName(kind) + QStringLiteral(": ") + detail);
    Q_EMIT reported(m_report);
}

void HostExamination::log(const QString& line) {
    m_report.log.append(QDateTime::currentDateTimeUtc().toString(QStringLiteral("HH:mm:ss.zzz ")) +
                        line);
}

void HostExamination::limitStage() {
    m_limit.start(stageLimit);
}

void HostExamination::finish(const QString& whyNotTheRest) {
    if (std::exchange(m_isOver, true))
        return;
    m_limit.stop();
    m_connection->disconnect(this);
    for (const Kind kind : allKinds) {
        const bool isThere =
            std::any_of(m_report.checks.cbegin(), m_report.checks.cend(),
                        [kind](const HostCheck& check) { return check.kind == kind; });
        if (!isThere)
            add(kind, Verdict::Unknown, {}, whyNotTheRest);
    }
    m_report.isComplete = true;
    Q_EMIT reported(m_report);
}

} // namespace app
