// SPDX-License-Identifier: GPL-3.0-or-later
#include "loggenerator.h"

#include "models/core/instant.h"

#include <QFile>

#include <array>

namespace tests {

namespace {

using models::ErrorCode;
using models::failure;
using models::Result;

constexpr std::array words = {
    "request",  "session",  "cache",   "user",     "order",    "payment",  "queue",    "retried",
    "accepted", "closed",   "opened",  "refused",  "upstream", "replica",  "snapshot", "index",
    "commit",   "batch",    "message", "consumer", "offset",   "token",    "expired",  "renewed",
    "stream",   "segment",  "handler", "finished", "pending",  "shard",    "leader",   "follower",
    "config",   "reloaded", "metrics", "flushed",  "buffer",   "socket",   "timeout",  "deadline",
    "tenant",   "region",   "object",  "bucket",   "checksum", "verified", "worker",   "schedule"};
constexpr std::array classes = {"c.e.portal.RequestHandler", "c.e.portal.SessionStore",
                                "c.e.billing.InvoiceJob",    "c.e.search.IndexWriter",
                                "c.e.media.Transcoder",      "c.e.core.Scheduler"};
constexpr std::array levels = {"INFO ", "INFO ", "INFO ", "INFO ", "DEBUG", "DEBUG",
                               "WARN ", "INFO ", "INFO ", "INFO ", "INFO ", "ERROR"};
constexpr std::array paths = {"/api/v1/sessions", "/api/v1/orders", "/health", "/static/app.js",
                              "/api/v1/search",   "/login",         "/ws",     "/api/v1/media"};

constexpr qsizetype writeSize = 1 << 22;
constexpr qsizetype dockerPart = 16'384;
constexpr int longestText = 262'000;

} // namespace

std::uint32_t LogGenerator::below(std::uint32_t limit) {
    // splitmix64
    std::uint64_t z = (m_state += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return static_cast<std::uint32_t>(((z ^ (z >> 31)) >> 32) * limit >> 32);
}

void LogGenerator::addNumber(QByteArray& text, std::uint32_t low, std::uint32_t high) {
    text += QByteArray::number(low + below(high - low));
}

void LogGenerator::addWords(QByteArray& text, int count) {
    for (int i = 0; i < count; ++i) {
        text += i > 0 ? " " : "";
        text += words[below(words.size())];
    }
}

void LogGenerator::addAddress(QByteArray& text) {
    text += "10.";
    addNumber(text, 0, 256);
    text += '.';
    addNumber(text, 0, 256);
    text += '.';
    addNumber(text, 1, 255);
}

/// `2024-05-01T00:00:00.000000000Z `, as the daemon writes it.
void LogGenerator::addStamp(QByteArray& out) const {
    static thread_local std::int64_t second = -1;
    static thread_local QByteArray head;
    if (m_time / 1'000'000'000 != second) {
        second = m_time / 1'000'000'000;
        head = models::Instant{second * 1'000'000'000}.toString().left(20).toLatin1();
    }
    out += head;
    std::array<char, 11> tail{'0', '0', '0', '0', '0', '0', '0', '0', '0', 'Z', ' '};
    std::int64_t rest = m_time % 1'000'000'000;
    for (size_t i = 9; i-- > 0; rest /= 10)
        tail[i] = static_cast<char>('0' + rest % 10);
    out.append(tail.data(), tail.size());
}

void LogGenerator::addService(QByteArray& text) {
    const char* const level = levels[below(levels.size())];
    const bool coloured = below(4) == 0;
    text += coloured ? "\x1b[3" + QByteArray::number(1 + below(6)) + 'm' : QByteArray();
    text += level;
    text += coloured ? "\x1b[0m [" : " [";
    text += below(3) == 0 ? "kafka-" : "worker-";
    addNumber(text, 0, 64);
    text += "] ";
    text += classes[below(classes.size())];
    text += " - ";
    addWords(text, 4 + static_cast<int>(below(4)));
    if (below(12) == 0) {
        text += ": connection reset by peer ";
        addAddress(text);
    }
    text += " took ";
    addNumber(text, 1, below(8) == 0 ? 9'999 : 900);
    text += " ms";
}

void LogGenerator::addAccess(QByteArray& text) {
    addAddress(text);
    text += " - - \"";
    text += below(4) == 0 ? "POST " : "GET ";
    text += paths[below(paths.size())];
    text += "?id=";
    addNumber(text, 1'000, 999'999);
    text += " HTTP/1.1\" ";
    const std::uint32_t chance = below(100);
    text +=
        chance < 2 ? QByteArray::number(500 + below(5)) : QByteArray(chance < 9 ? "404" : "200");
    text += ' ';
    addNumber(text, 100, 60'000);
    text += below(3) == 0 ? " \"-\" \"curl/7.88.1\"" : " \"-\" \"Mozilla/5.0 (X11; Linux x86_64)\"";
}

void LogGenerator::addJson(QByteArray& text) {
    const std::uint32_t chance = below(20);
    text += R"({"level":")";
    text += chance == 0 ? "error" : chance < 3 ? "warn" : "info";
    text += R"(","msg":")";
    addWords(text, 5);
    text += R"(","span":")";
    text += QByteArray::number(m_state ^ m_state >> 29, 16).rightJustified(16, '0');
    text += R"(","ms":)";
    addNumber(text, 1, 5'000);
    text += '}';
    if (below(21) == 0)
        text += " \xff\xfe\x80";
}

void LogGenerator::addPairs(QByteArray& text) {
    text += below(15) == 0 ? "level=warning component=" : "level=info component=";
    text += words[below(words.size())];
    text += " msg=\"";
    addWords(text, 6);
    text += "\" attempt=";
    addNumber(text, 1, 9);
    text += " duration=";
    addNumber(text, 1, 999);
    text += "ms";
}

/// A line of many parts, each with a stamp of its own.
void LogGenerator::addLong(QByteArray& out) {
    QByteArray text = "DEBUG payload ";
    const auto size = static_cast<qsizetype>(20'000 + below(longestText - 20'000));
    while (text.size() < size) {
        addWords(text, 8);
        text += ' ';
    }
    for (qsizetype at = 0; at < text.size(); at += dockerPart) {
        addStamp(out);
        out += text.mid(at, dockerPart);
    }
    out += '\n';
}

void LogGenerator::addText(QByteArray& text) {
    const std::uint32_t kind = below(100);
    if (kind < 36)
        addService(text);
    else if (kind < 60)
        addAccess(text);
    else if (kind < 80)
        addJson(text);
    else if (kind < 96)
        addPairs(text);
    else
        text += "    at com.example.portal.Handler.handle(Handler.java:" +
                QByteArray::number(below(900)) + ")";
    if (m_line % 10'007 == 0)
        text += " deadline-7f3a9c";
}

void LogGenerator::addLine(QByteArray& out) {
    m_time += 50'000 + below(620'000);
    if (m_line % 200'003 == 200'002) {
        addLong(out);
    } else {
        addStamp(out);
        addText(out);
        out += '\n';
    }
    ++m_line;
}

Result<qint64> LogGenerator::write(const QString& path, qint64 lines) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return failure(ErrorCode::NotWritable, QStringLiteral("cannot write %1").arg(path),
                       file.errorString());
    LogGenerator generator;
    QByteArray out;
    out.reserve(writeSize + (1 << 20));
    for (qint64 line = 0; line < lines; ++line) {
        generator.addLine(out);
        if (out.size() < writeSize && line + 1 < lines)
            continue;
        if (file.write(out) != out.size())
            return failure(ErrorCode::NotWritable, QStringLiteral("%1 is full").arg(path),
                           file.errorString());
        out.resize(0);
    }
    return file.size();
}

} // namespace tests
