// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/logstamp.h"

#include <cstdint>

namespace app {
namespace {

/// "2026-11-21T18:19:34"
constexpr qsizetype plainLength = 19;
constexpr std::int64_t second = 1'000'000'000;

/// -1 where not all of it are digits.
int number(const char* text, int digits) {
    int value = 0;
    for (int i = 0; i < digits; ++i) {
        const int digit = text[i] - '0';
        if (digit < 0 || digit > 9)
            return -1;
        value = value * 10 + digit;
    }
    return value;
}

/// Days since 1970 of the proleptic Gregorian calendar; years begin in March here, so that the leap
/// day is a year's last.
std::int64_t daysSinceEpoch(int year, int month, int day) {
    const int y = month <= 2 ? year - 1 : year;
    const int era = y / 400;
    const int ofEra = y - era * 400;
    const int ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return std::int64_t(era) * 146'097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719'468;
}

} // namespace

std::optional<LogStamp> stampOf(QByteArrayView line) {
    if (line.size() <= plainLength + 1)
        return {};
    const char* const text = line.data();
    if (text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':')
        return {};
    const int year = number(text, 4);
    const int month = number(text + 5, 2);
    const int day = number(text + 8, 2);
    const int hour = number(text + 11, 2);
    const int minute = number(text + 14, 2);
    const int seconds = number(text + 17, 2);
    // Nanoseconds in 64 bits reach from 1677 to 2262.
    if (year < 1678 || year > 2261 || month < 1 || month > 12 || day < 1 || day > 31 || hour < 0 ||
        hour > 23 || minute < 0 || minute > 59 || seconds < 0 || seconds > 60)
        return {};
    std::int64_t at = ((daysSinceEpoch(year, month, day) * 24 + hour) * 60 + minute) * 60 + seconds;
    at *= second;

    qsizetype next = plainLength;
    if (text[next] == '.') {
        std::int64_t weight = second / 10;
        for (++next; next < line.size() && text[next] >= '0' && text[next] <= '9'; ++next) {
            at += (text[next] - '0') * weight;
            weight /= 10;
        }
    }
    if (next < line.size() && text[next] == 'Z') {
        ++next;
    } else if (next + 6 < line.size() && (text[next] == '+' || text[next] == '-') &&
               text[next + 3] == ':') {
        const int hours = number(text + next + 1, 2);
        const int minutes = number(text + next + 4, 2);
        if (hours < 0 || minutes < 0)
            return {};
        at -= (text[next] == '+' ? 1 : -1) * std::int64_t(hours * 60 + minutes) * 60 * second;
        next += 6;
    } else {
        return {};
    }
    if (next >= line.size() || text[next] != ' ')
        return {};
    return LogStamp{{at}, next + 1};
}

} // namespace app
