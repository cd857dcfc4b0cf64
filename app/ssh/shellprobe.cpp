// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/shellprobe.h"

#include "app/process/supervisorprogram.h"
#include "app/ssh/sshchannel.h"

#include <QRegularExpression>

#include <algorithm>
#include <utility>

namespace app {
namespace {

using namespace std::chrono_literals;

constexpr int rounds = 5;
constexpr std::chrono::seconds silenceLimit{20};
constexpr qsizetype noiseShown = 400;
/// A shell that says more than this on its own is not understood any more.
constexpr qsizetype noiseLimit = 4 * 1024 * 1024;

} // namespace

ShellProbe::ShellProbe(SshConnection& connection, Done done, QObject* parent)
    : QObject(parent)
    , m_channel(connection.open(
          {ChannelTarget::Kind::Command, QByteArrayLiteral("exec env SHLVL=1 sh -s gantry"), 0}))
    , m_done(std::move(done))
    , m_token(randomToken()) {
    connect(m_channel.get(), &Channel::outputRead, this, &ShellProbe::readOut);
    connect(m_channel.get(), &Channel::errorRead, this, [this](const QByteArray& bytes) {
        if (m_err.size() < noiseLimit)
            m_err += bytes;
    });
    connect(m_channel.get(), &Channel::closed, this, &ShellProbe::noteClosed);
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, [this] {
        fail(tr("The login shell began and said nothing for %1 s. Look at its start-up files: they "
                "may wait for input.")
                 .arg(silenceLimit.count()),
             {});
    });
    m_limit.start(silenceLimit);
    m_channel->write("echo " + m_token + "; echo " + m_token + " >&2\n");
}

ShellProbe::~ShellProbe() = default;

void ShellProbe::readOut(const QByteArray& bytes) {
    if (m_isFinished)
        return;
    m_out += bytes;
    if (m_stage == Stage::Greeting) {
        const qsizetype begin = m_out.indexOf(m_token + '\n');
        if (begin < 0) {
            if (m_out.size() > noiseLimit)
                fail(tr("The login shell prints text without an end. Look at its start-up files."),
                     {});
            return;
        }
        m_noise = m_out.left(begin);
        m_out.remove(0, begin + m_token.size() + 1);
        ask(Stage::Identity);
    }
    for (qsizetype end = m_out.indexOf('\n'); end >= 0 && !m_isFinished;
         end = m_out.indexOf('\n')) {
        const QByteArray line = m_out.left(end);
        m_out.remove(0, end + 1);
        take(line);
    }
}

void ShellProbe::ask(Stage stage) {
    m_stage = stage;
    m_limit.start(silenceLimit);
    m_asked = Clock::now();
    switch (stage) {
    case Stage::Greeting:
        break;
    case Stage::Identity:
        m_channel->write("echo \"$(id -un 2>/dev/null) $(readlink /proc/$$/exe 2>/dev/null)\"\n");
        break;
    case Stage::Echo:
        m_channel->write("echo " + m_token + '\n');
        break;
    case Stage::Date:
        m_channel->write("date -u +%s.%N 2>/dev/null || echo none\n");
        break;
    }
}

void ShellProbe::take(const QByteArray& line) {
    switch (m_stage) {
    case Stage::Greeting:
        break;
    case Stage::Identity:
        m_findings.user = QString::fromUtf8(line.left(line.indexOf(' ')));
        m_findings.shell = QString::fromUtf8(line.mid(line.indexOf(' ') + 1));
        ask(Stage::Echo);
        break;
    case Stage::Echo:
        takeEcho();
        break;
    case Stage::Date:
        takeDate(line);
        break;
    }
}

void ShellProbe::takeEcho() {
    m_roundTrips.append(
        std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - m_asked));
    if (m_roundTrips.size() < rounds) {
        ask(Stage::Echo);
        return;
    }
    std::sort(m_roundTrips.begin(), m_roundTrips.end());
    m_findings.roundTrip = m_roundTrips[rounds / 2];
    ask(Stage::Date);
}

/// The clock was read somewhere between the question and the answer: the narrowest of several pairs
/// leaves the least doubt. A date without fractions leaves a second more.
void ShellProbe::takeDate(const QByteArray& line) {
    static const QRegularExpression form(QStringLiteral("^(\\d{1,12})(?:\\.(\\d{0,9})?)?"));
    const auto match = form.match(QString::fromLatin1(line));
    if (!match.hasMatch()) {
        finish();
        return;
    }
    const QString fraction = match.captured(2);
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - m_asked);
    const auto doubt = took / 2 + (fraction.isEmpty() ? 500ms : 0ms);
    if (!m_findings.clockAhead || doubt < m_findings.clockDoubt) {
        const auto there =
            std::chrono::seconds(match.captured(1).toLongLong()) +
            (fraction.isEmpty()
                 ? std::chrono::microseconds(500'000)
                 : std::chrono::microseconds(fraction.leftJustified(6, u'0').left(6).toLongLong()));
        const auto here = std::chrono::duration_cast<std::chrono::microseconds>(
            m_asked.time_since_epoch() + took / 2);
        m_findings.clockAhead = there - here;
        m_findings.clockDoubt = doubt;
    }
    if (++m_dates < rounds)
        ask(Stage::Date);
    else
        finish();
}

void ShellProbe::noteClosed() {
    if (m_isFinished)
        return;
    const ChannelEnd& end = m_channel->end();
    const QString said = QString::fromUtf8((m_out + m_err).right(noiseShown)).trimmed();
    if (!end.exitStatus) {
        fail(tr("The connection went while the shell began. Look again."), end.error);
        return;
    }
    fail(tr("The login shell ended with status %1 before sh began. Give the user a shell that can "
            "start commands, such as /bin/sh: chsh -s /bin/sh. A restricted shell has to allow sh "
            "and env.")
             .arg(*end.exitStatus),
         said);
}

void ShellProbe::fail(const QString& message, const QString& detail) {
    m_findings.error = models::Error{models::ErrorCode::Unsupported, message, detail};
    finish();
}

void ShellProbe::finish() {
    if (std::exchange(m_isFinished, true))
        return;
    m_limit.stop();
    const qsizetype mark = m_err.indexOf(m_token + '\n');
    m_noise += m_err.left(std::max<qsizetype>(mark, 0));
    m_findings.noise = QString::fromUtf8(m_noise.left(noiseShown)).trimmed();
    // The channel may be in the middle of telling.
    QMetaObject::invokeMethod(
        this,
        [this] {
            deleteLater();
            m_done(m_findings);
        },
        Qt::QueuedConnection);
}

} // namespace app
