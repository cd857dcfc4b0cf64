// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/place.h"

#include <QByteArray>

#include <optional>

namespace app {

/// One line of the supervisor: a word, and what it says about it.
struct SupervisorReply {
    QByteArray word;
    QByteArray text;
    QByteArray before = {}; ///< what was said between the line before it and this one

    bool operator==(const SupervisorReply&) const = default;
};

/// Finds the supervisor's lines in what a channel says. A login shell may say other things before:
/// only what follows the token counts.
class ReplyReader {
public:
    explicit ReplyReader(const QByteArray& token)
        : m_token(token) {}

    void append(const QByteArray& bytes) { m_buffer += bytes; }
    /// The next complete line, if there is one.
    [[nodiscard]] std::optional<SupervisorReply> next();
    /// What came behind the last line: raw bytes, where lines have ended.
    [[nodiscard]] QByteArray takeRest();

private:
    QByteArray m_token;
    QByteArray m_buffer;
};

/// The value of key in "key=value key=value"; empty where it is absent.
[[nodiscard]] QByteArray replyField(const QByteArray& text, const char* key);

/// An exit record: "rc=0 why=- state=saved ran=1 out=0 err=0 cut=- left=0". Nothing where it is
/// damaged.
[[nodiscard]] std::optional<AttemptRecord> parseRecord(const QByteArray& text);

} // namespace app
