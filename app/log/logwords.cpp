// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/logwords.h"

#include <QCoreApplication>

namespace app::logwords {

using Kind = models::LogMarker::Kind;

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("app::LogStream", text);
}

QString shortId(const QString& id) {
    return id.left(12);
}

QString momentWords(models::Instant moment) {
    return moment.toDateTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")) +
           QStringLiteral(" UTC");
}

/// For people: "4 s", "3 min 20 s", "2 h 5 min".
QString spoken(std::chrono::milliseconds length) {
    const auto seconds = std::chrono::round<std::chrono::seconds>(length).count();
    if (seconds < 1)
        return tr("less than a second");
    if (seconds < 60)
        return tr("%1 s").arg(seconds);
    if (seconds < 3600)
        return tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
    return tr("%1 h %2 min").arg(seconds / 3600).arg(seconds / 60 % 60);
}

} // namespace

Remark gap(LogFeed::Joint joint, std::chrono::milliseconds length, bool mayResume) {
    const QString time = spoken(length);
    switch (joint) {
    case LogFeed::Joint::Whole:
        return {Kind::Resumed, tr("The connection was away for %1. No line is missing.").arg(time)};
    case LogFeed::Joint::Broken:
        return {Kind::Rotated,
                tr("The connection was away for %1, and the log does not reach back to where it "
                   "was read to. Lines are missing.")
                    .arg(time)};
    case LogFeed::Joint::Unknown:
        break;
    }
    const QString words =
        mayResume
            ? tr("The connection was away for %1. Lines of that time may be missing, and some may "
                 "come twice: it is not known where the log had been read to.")
            : tr("The connection was away for %1. Lines of that time may be missing, and some may "
                 "come twice: a command cannot be asked for what it wrote before.");
    return {Kind::Gap, words.arg(time)};
}

Remark silence(bool isBroken) {
    return {Kind::Silent,
            isBroken
                ? tr("The log stopped without a word and was taken up again. Lines are missing: it "
                     "was rotated.")
                : tr("The log stopped without a word and was taken up again. No line is missing.")};
}

Remark restarted(const QString& container) {
    return {Kind::Restarted, tr("Container %1 runs again.").arg(container)};
}

Remark cutShort() {
    return {Kind::Rotated,
            tr("The log does not reach back to where it was read to. Lines are missing.")};
}

Remark clockBack() {
    return {Kind::ClockBack,
            tr("The clock there was put back. Around here, lines may show twice.")};
}

Remark clockCorrected(const QString& host, std::chrono::nanoseconds ahead) {
    const double seconds = std::chrono::duration<double>(std::chrono::abs(ahead)).count();
    const QString words =
        ahead.count() == 0 ? tr("Times from here on are as %1 writes them: its clock is right.")
        : ahead.count() > 0
            ? tr("Times from here on are put right: the clock of %1 is %2 s ahead.")
            : tr("Times from here on are put right: the clock of %1 is %2 s behind.");
    return {Kind::ClockBack,
            ahead.count() == 0 ? words.arg(host) : words.arg(host).arg(seconds, 0, 'f', 1)};
}

Remark replaced(const QString& oldId, const QString& newId, bool isRead) {
    const QString text =
        isRead ? tr("Container %1 was replaced by %2.")
               : tr("Container %1 was replaced by %2. Its last lines may have gone with it.");
    return {Kind::Successor, text.arg(shortId(oldId), shortId(newId))};
}

Remark commandEnded(std::optional<int> exitStatus) {
    return {Kind::Stopped, exitStatus.value_or(0) == 0
                               ? tr("The command has ended.")
                               : tr("The command ended with status %1.").arg(*exitStatus)};
}

Remark spanRead(const LogTimeSpan& span) {
    return {Kind::Stopped, tr("These were the lines from %1 to %2. What was written behind that is "
                              "not read here.")
                               .arg(momentWords(span.from), momentWords(span.until))};
}

Remark spanEmpty(const LogTimeSpan& span) {
    return {Kind::Stopped, tr("The source has no line from %1 to %2.")
                               .arg(momentWords(span.from), momentWords(span.until))};
}

Remark spanCutShort(qint64 most) {
    return {Kind::Stopped, tr("These are the first %L1 lines of that time. The others were not "
                              "read.")
                               .arg(most)};
}

Remark containerStopped(const QString& container, std::optional<int> exitCode) {
    return {Kind::Stopped,
            exitCode ? tr("Container %1 stopped with status %2.").arg(container).arg(*exitCode)
                     : tr("Container %1 does not run.").arg(container)};
}

} // namespace app::logwords
