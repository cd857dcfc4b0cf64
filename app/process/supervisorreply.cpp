// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process/supervisorreply.h"

#include <utility>

namespace app {
namespace {

/// More than any greeting of a login shell.
constexpr qsizetype noiseLimit = 1024 * 1024;

std::optional<qint64> number(const QByteArray& text, const char* key) {
    bool ok = false;
    const qint64 value = replyField(text, key).toLongLong(&ok);
    return ok && value >= 0 ? std::optional(value) : std::nullopt;
}

} // namespace

std::optional<SupervisorReply> ReplyReader::next() {
    const qsizetype begin = m_buffer.indexOf(m_token);
    if (begin < 0) {
        if (m_buffer.size() > noiseLimit)
            m_buffer = m_buffer.right(m_token.size());
        return std::nullopt;
    }
    const qsizetype end = m_buffer.indexOf('\n', begin);
    if (end < 0)
        return std::nullopt;
    const qsizetype from = begin + m_token.size() + 1;
    const QByteArray before = m_buffer.left(begin);
    const QByteArray line = m_buffer.mid(from, end - from);
    m_buffer.remove(0, end + 1);
    const qsizetype space = line.indexOf(' ');
    if (space < 0)
        return SupervisorReply{line, {}, before};
    return SupervisorReply{line.left(space), line.mid(space + 1).trimmed(), before};
}

QByteArray ReplyReader::takeRest() {
    return std::exchange(m_buffer, {});
}

QByteArray replyField(const QByteArray& text, const char* key) {
    const QByteArray start = QByteArray(key) + '=';
    const QList<QByteArray> fields = text.split(' ');
    for (const QByteArray& field : fields) {
        if (field.startsWith(start))
            return field.mid(start.size());
    }
    return {};
}

std::optional<AttemptRecord> parseRecord(const QByteArray& text) {
    const auto code = number(text, "rc");
    const auto out = number(text, "out");
    const auto err = number(text, "err");
    const auto left = number(text, "left");
    const QByteArray cut = replyField(text, "cut");
    if (!code || !out || !err || !left || cut.isEmpty())
        return std::nullopt;
    AttemptRecord record;
    record.exitCode = static_cast<int>(*code);
    record.byTimeLimit = replyField(text, "why") == "time";
    record.cancelled = replyField(text, "why") == "cancel";
    record.ranNothing = replyField(text, "ran") == "0";
    record.stateSaved = replyField(text, "state") == "saved" && !record.ranNothing;
    record.sizes = {*out, *err};
    record.outputCut = cut != "-";
    record.leftBehind = static_cast<int>(*left);
    return record;
}

} // namespace app
