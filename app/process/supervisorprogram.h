// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace app {

/// One word of POSIX shell that stands for exactly these bytes. NUL cannot be said in a shell and
/// must not be in them.
[[nodiscard]] QByteArray quotedForShell(const QByteArray& bytes);

/// The file names and texts of the session wrappers. The names carry a hash of the texts: a run
/// that an older console opened keeps the ones that its steps are reading.
struct SessionWrapper {
    QByteArray name;
    QByteArray text;
};
/// For sh, bash and zsh, in this order.
[[nodiscard]] const QList<SessionWrapper>& sessionWrappers();

enum class ProgramParts {
    Supervisor, ///< keeps attempts, one after the other
    Orders,     ///< also answers and follows
};

/// What goes first to the standard input of every `sh -s gantry`: the supervisor's text, then the
/// token that begins each of its replies.
[[nodiscard]] QByteArray supervisorPreamble(ProgramParts parts, const QByteArray& token);

/// A call of one of the supervisor's functions; arguments are quoted, and `end` behind them makes
/// sure that a call that was cut short does nothing.
[[nodiscard]] QByteArray supervisorCall(const char* function, const QList<QByteArray>& arguments);

/// 128 random bits in hexadecimal digits.
[[nodiscard]] QByteArray randomToken();

} // namespace app
