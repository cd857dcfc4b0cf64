// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logmoment.h"

#include <QDateTime>
#include <QRegularExpression>

#include <optional>

namespace models {

namespace {

constexpr std::int64_t millisecond = 1'000'000;
constexpr std::int64_t second = 1'000 * millisecond;
constexpr std::int64_t minute = 60 * second;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;
constexpr qsizetype longestNumber = 6; ///< digits, so that no product leaves its 64 bits

std::optional<std::int64_t> lengthOfUnit(QStringView unit) {
    struct Unit {
        QLatin1String names; ///< apart by blanks
        std::int64_t length;
    };
    static const Unit units[] = {
        {QLatin1String(" ms millisecond milliseconds "), millisecond},
        {QLatin1String(" s sec secs second seconds "), second},
        {QLatin1String(" m min mins minute minutes "), minute},
        {QLatin1String(" h hr hour hours "), hour},
        {QLatin1String(" d day days "), day},
    };
    const QString word = u' ' + unit.toString() + u' ';
    for (const Unit& each : units) {
        if (each.names.contains(word))
            return each.length;
    }
    return std::nullopt;
}

/// "5m", "1 h 30 min"; nothing where it is no length.
std::optional<std::int64_t> lengthOf(const QString& text) {
    static const QRegularExpression part(QStringLiteral("\\G\\s*(\\d+)\\s*([a-z]+)"));
    static const QRegularExpression whole(QStringLiteral("^(\\s*\\d+\\s*[a-z]+)+\\s*$"));
    if (!whole.match(text).hasMatch())
        return std::nullopt;
    std::int64_t length = 0;
    for (auto parts = part.globalMatch(text); parts.hasNext();) {
        const QRegularExpressionMatch match = parts.next();
        const std::optional<std::int64_t> unit = lengthOfUnit(match.capturedView(2));
        if (!unit || match.capturedLength(1) > longestNumber)
            return std::nullopt;
        length += match.capturedView(1).toLongLong() * *unit;
    }
    return length;
}

std::optional<Instant> relative(const QString& text, const MomentFrame& frame) {
    static const QString ago = QStringLiteral("ago");
    if (text == QLatin1String("now"))
        return frame.now;
    const bool isBack = text.startsWith(u'-') || text.startsWith(u'−');
    const bool isAgo = text.endsWith(ago);
    if (isBack || text.startsWith(u'+')) {
        const std::optional<std::int64_t> length = lengthOf(text.mid(1));
        return length
                   ? std::optional(Instant{frame.here.nanoseconds + (isBack ? -*length : *length)})
                   : std::nullopt;
    }
    const std::optional<std::int64_t> length =
        isAgo ? lengthOf(text.chopped(ago.size())) : std::nullopt;
    return length ? std::optional(Instant{frame.now.nanoseconds - *length}) : std::nullopt;
}

/// Where clocks are put forward, a time that no clock showed is the one behind the gap.
Instant at(const QDate& date, const QTime& time, std::int64_t below, const QTimeZone& zone) {
    return {QDateTime(date, time, zone).toMSecsSinceEpoch() * millisecond + below};
}

std::optional<Instant> absolute(const QString& text, const MomentFrame& frame) {
    static const QRegularExpression form(
        QStringLiteral("^(\\d{4}-\\d\\d?-\\d\\d?)?(?:(?:^|[ t]\\s*)(\\d\\d?):(\\d\\d)(?::(\\d\\d)"
                       "(?:[.,](\\d{1,9}))?)?)?\\s*(z|utc)?$"));
    const QRegularExpressionMatch match = form.match(text);
    const bool hasDate = match.capturedLength(1) > 0;
    const bool hasTime = match.capturedLength(2) > 0;
    if (!match.hasMatch() || (!hasDate && !hasTime))
        return std::nullopt;
    const QTime time(match.captured(2).toInt(), match.captured(3).toInt(),
                     match.captured(4).toInt());
    const QDate date = QDate::fromString(match.captured(1), QStringLiteral("yyyy-M-d"));
    if (!time.isValid() ||
        (hasDate && (!date.isValid() || date.year() < 1678 || date.year() > 2261)))
        return std::nullopt;
    const std::int64_t below = match.captured(5).leftJustified(9, u'0').toLongLong();
    const QTimeZone zone = match.capturedLength(6) > 0 ? QTimeZone::utc() : frame.zone;
    if (hasDate)
        return at(date, time, below, zone);
    const QDate lastDay = frame.last.toDateTime().toTimeZone(zone).date();
    const Instant sameDay = at(lastDay, time, below, zone);
    const Instant dayBefore = at(lastDay.addDays(-1), time, below, zone);
    return sameDay > frame.last && dayBefore >= frame.first ? dayBefore : sameDay;
}

} // namespace

Result<Instant> momentOf(const QString& text, const MomentFrame& frame) {
    const QString words = text.trimmed().toLower();
    std::optional<Instant> moment = relative(words, frame);
    if (!moment)
        moment = absolute(words, frame);
    if (!moment)
        return failure(ErrorCode::InvalidInput,
                       QStringLiteral("\"%1\" is no time. Write 14:02, 14:02:11.5, "
                                      "2026-11-20 14:02, -5m or 10 min ago.")
                           .arg(text.trimmed()));
    return *moment;
}

} // namespace models
