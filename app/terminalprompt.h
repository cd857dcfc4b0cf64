// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>

#include <memory>

#include <termios.h>

class QSocketNotifier;

namespace app {

/// A line that a person types at the terminal, without holding up the event loop. The terminal is
/// left as it was found.
class TerminalPrompt : public QObject {
    Q_OBJECT

public:
    enum class Echo { Shown, Hidden };

    /// Whether a person is at standard input and sees standard error.
    [[nodiscard]] static bool hasPerson();

    TerminalPrompt();
    ~TerminalPrompt() override;

    void say(const QString& text);
    /// lineTyped or ended follows, once.
    void ask(const QString& text, Echo echo);
    /// The line is not wanted any more.
    void stop();

Q_SIGNALS:
    /// UTF-8, without the end of the line. Nobody else holds the bytes of a hidden one.
    void lineTyped(QByteArray line);
    /// Nothing comes any more: the terminal's input was closed.
    void ended();

private:
    void read();
    void restoreEcho();

    std::unique_ptr<QSocketNotifier> m_notifier;
    QByteArray m_typed;
    termios m_before{};
    bool m_isHidden = false;
};

} // namespace app
