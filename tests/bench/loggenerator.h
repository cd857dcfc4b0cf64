// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QString>

#include <cstdint>

namespace tests {

/// Writes the log of a few busy containers as `docker logs -t` gives it: stack frames, access logs,
/// JSON, logfmt and coloured lines, 9 % of them with escape sequences, 0.9 % with invalid UTF-8, a
/// few of a quarter of a megabyte. About 133 bytes a line. The same for the same number of lines.
class LogGenerator {
public:
    [[nodiscard]] static models::Result<qint64> write(const QString& path, qint64 lines);

private:
    void addLine(QByteArray& out);
    void addText(QByteArray& text);
    void addStamp(QByteArray& out) const;
    void addNumber(QByteArray& text, std::uint32_t low, std::uint32_t high);
    void addWords(QByteArray& text, int count);
    void addAddress(QByteArray& text);
    void addService(QByteArray& text);
    void addAccess(QByteArray& text);
    void addJson(QByteArray& text);
    void addPairs(QByteArray& text);
    void addLong(QByteArray& out);
    [[nodiscard]] std::uint32_t below(std::uint32_t limit);

    std::uint64_t m_state = 42;
    std::int64_t m_time = 1'714'521'600'000'000'000;
    qint64 m_line = 0;
};

} // namespace tests
