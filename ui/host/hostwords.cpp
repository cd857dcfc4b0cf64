// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/host/hostwords.h"

#include "ui/widgets/timeformat.h"
#include "ui/widgets/wording.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace ui {

namespace {

using Kind = app::SshQuestion::Kind;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(HostWords)
};

/// "ed25519" of "ssh-ed25519", "ecdsa" of "ecdsa-sha2-nistp256"; as OpenSSH names its key files.
/// Empty for a type that is none of its own.
QString keyFileWord(const QString& type) {
    for (const QLatin1String word : {QLatin1String("ed25519"), QLatin1String("ecdsa"),
                                     QLatin1String("rsa"), QLatin1String("dss")}) {
        if (type.contains(word))
            return word == QLatin1String("dss") ? QStringLiteral("dsa") : QString(word);
    }
    return {};
}

} // namespace

QString questionTitle(const app::SshQuestion& question) {
    switch (question.kind) {
    case Kind::UnknownHostKey:
        return Words::tr("Is this the key of %1?").arg(question.host);
    case Kind::Passphrase:
        return Words::tr("Passphrase of %1").arg(QFileInfo(question.keyFile).fileName());
    case Kind::Password:
        return Words::tr("Password of %1 on %2").arg(question.user, question.host);
    case Kind::Interactive:
        return Words::tr("%1 wants to know").arg(question.host);
    }
    return {};
}

QString questionExplanation(const app::SshQuestion& question) {
    switch (question.kind) {
    case Kind::UnknownHostKey:
        return Words::tr("This machine has not met %1 before. If somebody stands between you and "
                         "the host, this key is theirs, and they would read all that follows. "
                         "Compare it once; it is remembered as %2.")
            .arg(question.host, question.knownAs);
    case Kind::Passphrase:
        return Words::tr("%1 unlocks the way to %2. It is not asked for again while a connection "
                         "uses the key.")
            .arg(question.keyFile, question.host);
    case Kind::Password:
        return Words::tr("No key was accepted. A key of your own, added to the host, saves this "
                         "question.");
    case Kind::Interactive:
        return Words::tr("It asks %1 before it lets you in.").arg(question.user);
    }
    return {};
}

QString wrongAnswerText(const app::SshQuestion& question) {
    const bool isKept = question.kept == app::SshQuestion::Kept::Wrong;
    if (question.round == 1)
        return isKept ? Words::tr("The passphrase in the keychain does not unlock the key.")
                      : QString();
    return question.kind == Kind::Passphrase ? Words::tr("That does not unlock the key.")
                                             : Words::tr("The host did not take that.");
}

QString confirmText(const app::SshQuestion& question) {
    switch (question.kind) {
    case Kind::UnknownHostKey:
        return Words::tr("Trust key and connect");
    case Kind::Passphrase:
        return Words::tr("Unlock key");
    case Kind::Password:
        return Words::tr("Log in");
    case Kind::Interactive:
        return Words::tr("Send answers");
    }
    return {};
}

QString promptLabel(const app::SshQuestion& question, const app::SshQuestion::Prompt& prompt) {
    switch (question.kind) {
    case Kind::Passphrase:
        return Words::tr("Passphrase");
    case Kind::Password:
        return Words::tr("Password");
    case Kind::UnknownHostKey:
    case Kind::Interactive:
        break;
    }
    const QString words = prompt.text.simplified();
    return words.isEmpty() ? Words::tr("Answer") : words;
}

QString fingerprintLabel(const app::SshQuestion& question) {
    const QString word = keyFileWord(question.hostKey.type);
    return Words::tr("Fingerprint of its %1 key")
        .arg(word.isEmpty() ? question.hostKey.type : word.toUpper());
}

QString fingerprintCommand(const app::SshQuestion& question) {
    const QString word = keyFileWord(question.hostKey.type);
    return QStringLiteral("ssh-keygen -lf /etc/ssh/ssh_host_%1_key.pub")
        .arg(word.isEmpty() ? QStringLiteral("*") : word);
}

QString comparisonText(Comparison comparison) {
    switch (comparison) {
    case Comparison::Nothing:
        return Words::tr("Not compared yet.");
    case Comparison::Same:
        return Words::tr("The same. This is the host's key.");
    case Comparison::Different:
        return Words::tr("Not the same. Do not connect, and ask who runs the host.");
    }
    return {};
}

namespace {

QString failureWord(app::HostLink::Cause cause) {
    switch (cause) {
    case app::HostLink::Cause::Unreachable:
        return Words::tr("Unreachable");
    case app::HostLink::Cause::HostKey:
        return Words::tr("Key refused");
    case app::HostLink::Cause::Denied:
        return Words::tr("Not let in");
    case app::HostLink::Cause::Settings:
        return Words::tr("Settings do not allow it");
    case app::HostLink::Cause::Cancelled:
        return Words::tr("Given up");
    case app::HostLink::Cause::None:
        break;
    }
    return Words::tr("Not connected");
}

QString retryWord(models::Instant at, models::Instant now) {
    constexpr std::int64_t nanosecondsInSecond = 1'000'000'000;
    // Rounded up: it never says 0 s and then does nothing for a while.
    const std::int64_t seconds =
        (at.nanoseconds - now.nanoseconds + nanosecondsInSecond - 1) / nanosecondsInSecond;
    return seconds > 0
               ? Words::tr("Trying again in %1").arg(formatDuration(std::chrono::seconds(seconds)))
               : Words::tr("Trying again now");
}

} // namespace

QString silenceText(const app::HostLink& link, models::Instant now) {
    const std::chrono::nanoseconds passed(now.nanoseconds - link.since.nanoseconds);
    return formatDuration(std::chrono::floor<std::chrono::seconds>(passed));
}

QString linkWord(const app::HostLink& link, models::Instant now) {
    switch (link.state) {
    case app::HostLink::State::Idle:
        return Words::tr("Not connected");
    case app::HostLink::State::Connecting:
        return Words::tr("Connecting");
    case app::HostLink::State::Asking:
        return Words::tr("Waits for your answer");
    case app::HostLink::State::Connected:
        return link.roundTrip.count() > 0 ? Words::tr("Connected, %1 ms")
                                                .arg(double(link.roundTrip.count()) / 1000, 0, 'f',
                                                     link.roundTrip.count() < 10'000 ? 1 : 0)
                                          : Words::tr("Connected");
    case app::HostLink::State::Silent:
        return Words::tr("Not answering for %1").arg(silenceText(link, now));
    case app::HostLink::State::Waiting:
        return retryWord(link.retryAt, now);
    case app::HostLink::State::Failed:
        return failureWord(link.cause);
    }
    return {};
}

QString clockWords(const app::HostLink& link) {
    if (!link.clockAhead)
        return {};
    const auto seconds = [](std::chrono::microseconds time) {
        const double value = std::chrono::duration<double>(std::chrono::abs(time)).count();
        return value < 1 ? Words::tr("%1 ms").arg(value * 1000, 0, 'f', value < 0.01 ? 1 : 0)
                         : Words::tr("%1 s").arg(value, 0, 'f', 1);
    };
    const QString doubt = seconds(link.clockDoubt);
    if (link.correction().count() == 0)
        return Words::tr("Clock as ours, to within %1.").arg(doubt);
    const QString words =
        link.clockAhead->count() > 0
            ? Words::tr("Clock %1 ahead, to within %2. Times of its log lines are put right.")
            : Words::tr("Clock %1 behind, to within %2. Times of its log lines are put right.");
    return words.arg(seconds(*link.clockAhead), doubt);
}

Glyph linkGlyph(const app::HostLink& link) {
    switch (link.state) {
    case app::HostLink::State::Idle:
        return Glyph::Pending;
    case app::HostLink::State::Connecting:
        return Glyph::Running;
    case app::HostLink::State::Asking:
    case app::HostLink::State::Waiting:
        return Glyph::Waiting;
    case app::HostLink::State::Connected:
        return Glyph::Passed;
    case app::HostLink::State::Silent:
        return Glyph::Stale;
    case app::HostLink::State::Failed:
        return link.cause == app::HostLink::Cause::Cancelled ? Glyph::Skipped : Glyph::Failed;
    }
    return Glyph::Unknown;
}

Colour linkTone(const app::HostLink& link) {
    switch (link.state) {
    case app::HostLink::State::Idle:
        return Colour::Quiet;
    case app::HostLink::State::Connecting:
        return Colour::Accent;
    case app::HostLink::State::Asking:
    case app::HostLink::State::Waiting:
        return Colour::Waiting;
    case app::HostLink::State::Connected:
        return Colour::Pass;
    case app::HostLink::State::Silent:
        return Colour::Warn;
    case app::HostLink::State::Failed:
        return link.cause == app::HostLink::Cause::Cancelled ? Colour::Quiet : Colour::Fail;
    }
    return Colour::Unknown;
}

QString linkRemark(const app::HostLink& link) {
    switch (link.state) {
    case app::HostLink::State::Waiting:
        return Words::tr("What runs there goes on running. Its output is taken up where it stopped "
                         "as soon as the connection is back.");
    case app::HostLink::State::Silent:
        return Words::tr("It was asked whether it is there, and nothing came back. What runs there "
                         "may go on. If nothing comes at all, the connection is made anew, and "
                         "output is taken up where it stopped.");
    case app::HostLink::State::Failed:
        if (link.cause == app::HostLink::Cause::HostKey)
            return Words::tr("ssh-keygen -R removes an old key from known_hosts. Compare the new "
                             "one when you connect again.");
        return Words::tr("What may run there goes on. The outcome of a step that waited for it is "
                         "unknown. A step or a log that you start there asks for the host again.");
    case app::HostLink::State::Idle:
    case app::HostLink::State::Connecting:
    case app::HostLink::State::Asking:
    case app::HostLink::State::Connected:
        break;
    }
    return {};
}

bool mayConnect(const app::HostLink& link) {
    return link.state != app::HostLink::State::Connected &&
           link.state != app::HostLink::State::Connecting;
}

bool isRefusedKey(const app::HostLink& link) {
    return link.state == app::HostLink::State::Failed &&
           link.cause == app::HostLink::Cause::HostKey;
}

QString connectText(const app::HostLink& link) {
    if (isRefusedKey(link))
        return Words::tr("Look at the key again");
    return link.state == app::HostLink::State::Silent ? Words::tr("Connect anew")
                                                      : Words::tr("Connect now");
}

QString errorByName(const app::HostLink& link) {
    if (!link.error)
        return {};
    const QString name = link.name.isEmpty() ? link.ssh : link.name;
    QString message = link.error->message;
    if (!link.address.isEmpty())
        message.replace(link.address, name);
    return message.contains(name) ? message : name + QStringLiteral(": ") + message;
}

QString checkTitle(app::HostCheck::Kind kind) {
    switch (kind) {
    case app::HostCheck::Kind::Reachable:
        return Words::tr("Reachable");
    case app::HostCheck::Kind::HostKey:
        return Words::tr("Host key");
    case app::HostCheck::Kind::Authentication:
        return Words::tr("Authentication");
    case app::HostCheck::Kind::Shell:
        return Words::tr("Shell");
    case app::HostCheck::Kind::Directory:
        return Words::tr("Writable directory");
    case app::HostCheck::Kind::Survival:
        return Words::tr("Survives a disconnect");
    case app::HostCheck::Kind::Sudo:
        return Words::tr("sudo");
    case app::HostCheck::Kind::Runtime:
        return Words::tr("Container runtime");
    case app::HostCheck::Kind::Clock:
        return Words::tr("Clock");
    case app::HostCheck::Kind::RoundTrip:
        return Words::tr("Round trip");
    }
    return {};
}

QString verdictWord(models::Verdict verdict) {
    switch (verdict) {
    case models::Verdict::Pass:
        return Words::tr("Pass");
    case models::Verdict::Fail:
        return Words::tr("Fail");
    case models::Verdict::Unknown:
        break;
    }
    return Words::tr("Unknown");
}

namespace {

qsizetype countOfVerdict(const app::HostReport& report, models::Verdict verdict) {
    return std::count_if(
        report.checks.cbegin(), report.checks.cend(),
        [verdict](const app::HostCheck& check) { return check.verdict == verdict; });
}

} // namespace

models::Verdict verdictOf(const app::HostReport& report) {
    if (countOfVerdict(report, models::Verdict::Fail) > 0)
        return models::Verdict::Fail;
    const bool isWhole = !report.checks.isEmpty() && report.isComplete &&
                         countOfVerdict(report, models::Verdict::Unknown) == 0;
    return isWhole ? models::Verdict::Pass : models::Verdict::Unknown;
}

QString reportWord(const app::HostReport& report) {
    const qsizetype all = report.checks.size();
    if (!report.isComplete)
        return Words::tr("Checking, %1 done").arg(all);
    switch (verdictOf(report)) {
    case models::Verdict::Pass:
        return countOf(all, Words::tr("The check passes"), Words::tr("All %1 checks pass"));
    case models::Verdict::Fail: {
        const qsizetype failed = countOfVerdict(report, models::Verdict::Fail);
        return countOf(failed, Words::tr("%1 of %2 checks fails"),
                       Words::tr("%1 of %2 checks fail"))
            .arg(all);
    }
    case models::Verdict::Unknown:
        break;
    }
    return Words::tr("%1 of %2 checks unknown")
        .arg(countOfVerdict(report, models::Verdict::Unknown))
        .arg(all);
}

} // namespace ui
