// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logstamp.h"

#include <QtEndian>

#include <algorithm>
#include <cstdint>

namespace models {

namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr int firstYear = 1970;
constexpr int lastYear = 2261;          // the last whole one that 63 bits of nanoseconds hold
constexpr qsizetype secondsLength = 19; // of 2024-01-31T10:20:30

bool isDigit(char byte) {
    return byte >= '0' && byte <= '9';
}

/// The number that count digits make; -1 where they are none.
int digits(const char* at, int count) {
    int value = 0;
    for (int i = 0; i < count; ++i) {
        if (!isDigit(at[i]))
            return -1;
        value = value * 10 + (at[i] - '0');
    }
    return value;
}

bool isLeap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int daysOf(int year, int month) {
    constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && isLeap(year) ? 29 : days[month - 1];
}

/// Days since 1970 of the proleptic Gregorian calendar, years counted from March.
std::int64_t dayNumber(int year, int month, int day) {
    const std::int64_t y = month <= 2 ? year - 1 : year;
    const std::int64_t era = y / 400;
    const std::int64_t yearOfEra = y - era * 400;
    const std::int64_t dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return era * 146'097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719'468;
}

/// Seconds since 1970 of the 19 bytes at `at`; -1 where they are no date and time.
std::int64_t wholeSeconds(const char* at) {
    const int year = digits(at, 4);
    const int month = digits(at + 5, 2);
    const int day = digits(at + 8, 2);
    const int hour = digits(at + 11, 2);
    const int minute = digits(at + 14, 2);
    const int seconds = digits(at + 17, 2);
    const bool good = year >= firstYear && year <= lastYear && month >= 1 && month <= 12 &&
                      day >= 1 && day <= daysOf(year, month) && hour >= 0 && hour <= 23 &&
                      minute >= 0 && minute <= 59 && seconds >= 0 && seconds <= 60;
    if (!good || at[13] != ':' || at[16] != ':' || at[4] != at[7])
        return -1;
    return dayNumber(year, month, day) * 86'400 + hour * 3'600 + minute * 60 + seconds;
}

/// Reads Z or +HH:MM (or +HHMM); false where neither is there, and then nothing is read.
bool zone(const char*& at, const char* end, std::int64_t& seconds) {
    if (at != end && (*at == 'Z' || *at == 'z')) {
        ++at;
        return true;
    }
    if (end - at < 5 || (*at != '+' && *at != '-'))
        return false;
    const bool colon = at[3] == ':';
    if (colon && end - at < 6)
        return false;
    const int hours = digits(at + 1, 2);
    const int minutes = digits(at + (colon ? 4 : 3), 2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
        return false;
    const int offset = hours * 3'600 + minutes * 60;
    seconds -= *at == '+' ? offset : -offset;
    at += colon ? 6 : 5;
    return true;
}

/// The number of two digits; -1 where they are none.
std::int64_t pairAt(const char* at) {
    const unsigned tens = static_cast<unsigned char>(at[0]) - '0';
    const unsigned ones = static_cast<unsigned char>(at[1]) - '0';
    return tens <= 9 && ones <= 9 ? static_cast<std::int64_t>(tens * 10 + ones) : -1;
}

/// The number of eight digits, all at once; -1 where they are none.
std::int64_t eightDigits(const char* at) {
    auto value = qFromLittleEndian<std::uint64_t>(at);
    constexpr std::uint64_t zeros = 0x3030303030303030;
    const bool areDigits = ((value & 0xf0f0f0f0f0f0f0f0) == zeros) &&
                           (((value + 0x0606060606060606) & 0xf0f0f0f0f0f0f0f0) == zeros);
    if (!areDigits)
        return -1;
    value -= zeros;
    value = value * 10 + (value >> 8); // pairs in every other byte
    constexpr std::uint64_t mask = 0x000000ff000000ff;
    const std::uint64_t high = (value & mask) * (100 + (std::uint64_t{1'000'000} << 32));
    const std::uint64_t low = ((value >> 16) & mask) * (1 + (std::uint64_t{10'000} << 32));
    return static_cast<std::int64_t>((high + low) >> 32);
}

/// Reads up to nine digits behind a point; `at` moves behind all of them.
std::int64_t fraction(const char*& at, const char* end) {
    std::int64_t value = 0;
    std::int64_t unit = second / 10;
    if (end - at >= 9 && isDigit(at[8])) { // the form of most, without a loop
        if (const std::int64_t high = eightDigits(at); high >= 0) {
            value = high * 10 + (at[8] - '0');
            unit = 0;
            at += 9;
        }
    }
    for (; at != end && isDigit(*at); ++at) {
        value += (*at - '0') * unit;
        unit /= 10;
    }
    return value;
}

/// The sixteen bytes of a date, an hour and a minute, without a call.
bool isMinute(const char* at, const std::array<char, 16>& minute) {
    const auto word = [](const char* from) { return qFromUnaligned<std::uint64_t>(from); };
    return word(at) == word(minute.data()) && word(at + 8) == word(minute.data() + 8);
}

Instant instantOf(std::int64_t seconds, std::int64_t nanoseconds) {
    return Instant{seconds * second + nanoseconds};
}

/// The stamp of a text whose whole seconds end before `at`: with what stands there of a fraction
/// and a zone.
LogStamp behindSeconds(const char* at, std::int64_t seconds, QByteArrayView text) {
    const char* const end = text.data() + text.size();
    // As runtimes write it, all at once: .123456789Z
    if (end - at >= 11 && at[0] == '.' && isDigit(at[9]) && at[10] == 'Z' && seconds >= 0) {
        if (const std::int64_t high = eightDigits(at + 1); high >= 0)
            return {instantOf(seconds, high * 10 + (at[9] - '0')), at + 11 - text.data()};
    }
    std::int64_t nanoseconds = 0;
    if (end - at >= 2 && (*at == '.' || *at == ',') && isDigit(at[1])) {
        ++at;
        nanoseconds = fraction(at, end);
    }
    const char* zoned = at;
    if (zoned != end && *zoned == ' ')
        ++zoned;
    // "10:20:30 +0200" names its zone behind a blank; "10:20:30 -" does not.
    if (zone(zoned, end, seconds))
        at = zoned;
    if (seconds < 0)
        return {};
    return {instantOf(seconds, nanoseconds), at - text.data()};
}

} // namespace

LogStamp dockerStamp(QByteArrayView bytes) {
    constexpr qsizetype shortest = secondsLength + 2; // with Z and the blank
    if (bytes.size() < shortest || bytes[10] != 'T' || bytes[4] != '-')
        return {};
    std::int64_t seconds = wholeSeconds(bytes.data());
    if (seconds < 0)
        return {};
    const char* at = bytes.data() + secondsLength;
    const char* const end = bytes.data() + bytes.size();
    std::int64_t nanoseconds = 0;
    if (*at == '.') {
        const char* const point = at++;
        nanoseconds = fraction(at, end);
        if (at - point < 2 || at - point > 10)
            return {};
    }
    if (!zone(at, end, seconds) || at == end || *at != ' ' || seconds < 0)
        return {};
    return {instantOf(seconds, nanoseconds), at + 1 - bytes.data()};
}

LogStamp StampReader::read(QByteArrayView bytes) {
    // Docker's own form, 2024-01-31T10:20:30.123456789Z and a blank, in the minute of the last one.
    constexpr qsizetype length = 31;
    if (bytes.size() >= length && isMinute(bytes.data(), m_minute)) {
        const char* const at = bytes.data();
        const std::int64_t seconds = pairAt(at + 17);
        const std::int64_t high = eightDigits(at + 20);
        const unsigned low = static_cast<unsigned char>(at[28]) - '0';
        if (at[16] == ':' && at[19] == '.' && at[29] == 'Z' && at[30] == ' ' && seconds >= 0 &&
            seconds <= 60 && high >= 0 && low <= 9)
            return {Instant{m_minuteTime + seconds * second + high * 10 + low}, length};
    }
    const LogStamp stamp = dockerStamp(bytes);
    if (stamp.length == length && bytes[29] == 'Z') {
        std::copy_n(bytes.data(), minuteLength, m_minute.begin());
        const std::int64_t seconds = pairAt(bytes.data() + 17);
        m_minuteTime = (stamp.time.nanoseconds / second - seconds) * second;
    }
    return stamp;
}

LogStamp leadingStamp(QByteArrayView text) {
    return LeadingStampReader().read(text);
}

LogStamp LeadingStampReader::read(QByteArrayView text) {
    const char* const start = text.data() + (text.startsWith('[') ? 1 : 0);
    const char* const end = text.data() + text.size();
    if (end - start < secondsLength)
        return {};
    std::int64_t seconds = -1;
    if (isMinute(start, m_minute) && start[16] == ':') {
        const std::int64_t ofMinute = pairAt(start + 17);
        seconds = ofMinute < 0 || ofMinute > 60 ? -1 : m_minuteSeconds + ofMinute;
    } else if (isDigit(*start) && (start[4] == '-' || start[4] == '/') &&
               (start[10] == 'T' || start[10] == ' ')) {
        seconds = wholeSeconds(start);
        if (seconds >= 0) {
            std::copy_n(start, minuteLength, m_minute.begin());
            m_minuteSeconds = seconds - pairAt(start + 17);
        }
    }
    return seconds < 0 ? LogStamp{} : behindSeconds(start + secondsLength, seconds, text);
}

} // namespace models
