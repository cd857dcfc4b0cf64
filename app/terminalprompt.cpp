// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/terminalprompt.h"

#include <QSocketNotifier>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <utility>

#include <unistd.h>

namespace app {
namespace {

/// The terminal itself gives a line of no more than 4096 bytes.
constexpr qsizetype lineLimit = 4096;

} // namespace

bool TerminalPrompt::hasPerson() {
    return isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1;
}

TerminalPrompt::TerminalPrompt()
    : m_notifier(std::make_unique<QSocketNotifier>(STDIN_FILENO, QSocketNotifier::Read)) {
    m_notifier->setEnabled(false);
    // So that the bytes of a line stay where they are while it grows, and can be overwritten.
    m_typed.reserve(lineLimit);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &TerminalPrompt::read);
}

TerminalPrompt::~TerminalPrompt() {
    restoreEcho();
}

void TerminalPrompt::say(const QString& text) {
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stderr);
    std::fflush(stderr);
}

void TerminalPrompt::ask(const QString& text, Echo echo) {
    restoreEcho();
    say(text);
    if (echo == Echo::Hidden && tcgetattr(STDIN_FILENO, &m_before) == 0) {
        termios hidden = m_before;
        hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        // What was typed before the question is no answer to it.
        m_isHidden = tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0;
    }
    m_notifier->setEnabled(true);
}

void TerminalPrompt::stop() {
    m_notifier->setEnabled(false);
    m_typed.fill('\0');
    m_typed.resize(0);
    restoreEcho();
    say(QStringLiteral("\n"));
}

void TerminalPrompt::restoreEcho() {
    if (std::exchange(m_isHidden, false))
        tcsetattr(STDIN_FILENO, TCSANOW, &m_before);
}

void TerminalPrompt::read() {
    char bytes[256];
    const ssize_t count = ::read(STDIN_FILENO, bytes, sizeof bytes);
    if (count < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (count > 0)
        m_typed.append(bytes, std::min<qsizetype>(count, lineLimit - m_typed.size()));
    std::fill(std::begin(bytes), std::end(bytes), '\0');
    const qsizetype end = m_typed.indexOf('\n');
    if (count > 0 && end < 0 && m_typed.size() < lineLimit)
        return;
    m_notifier->setEnabled(false);
    if (m_isHidden)
        say(QStringLiteral("\n"));
    restoreEcho();
    QByteArray line(m_typed.constData(), std::max<qsizetype>(end, 0));
    m_typed.fill('\0');
    m_typed.resize(0);
    if (end < 0)
        Q_EMIT ended();
    else
        Q_EMIT lineTyped(std::move(line));
}

} // namespace app
