// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/process/channel.h"

#include <QStringList>

#include <memory>

namespace app {

/// The line for a shell that runs argv and says the token first, on both streams: what comes before
/// it is the login shell's. Whatever happens, nothing stays behind: the shell watches its standard
/// input, and ends the command's group when that ends. Where there is no such command, the standard
/// error is the token once more, and the status 127. input is all of the command's standard input,
/// without NUL; nothing of it stands among the arguments of a process.
[[nodiscard]] QByteArray attachedCommandLine(const QStringList& argv, const QByteArray& input,
                                             const QByteArray& token);

/// One command in a shell at a place, for as long as this lives: what it says is the command's
/// alone. It has no standard input.
class AttachedCommand final : public Channel {
    Q_OBJECT

public:
    AttachedCommand(std::unique_ptr<Channel> shell, const QStringList& argv);

    void write(const QByteArray& bytes) override { Q_UNUSED(bytes) }
    void closeInput() override {}
    void setReading(Reading reading) override { m_shell->setReading(reading); }
    [[nodiscard]] bool wasCutOff() const override { return m_shell->wasCutOff(); }
    [[nodiscard]] std::optional<int> exitStatus() const override { return m_shell->exitStatus(); }
    [[nodiscard]] QString failure() const override;

private:
    struct Stream {
        QByteArray early;
        bool isBegun = false;
    };

    void pass(Stream& stream, const QByteArray& bytes, void (Channel::*signal)(const QByteArray&));

    const QString m_command;
    const QByteArray m_mark;
    std::unique_ptr<Channel> m_shell;
    Stream m_out;
    Stream m_err;
    bool m_isMissing = false;
};

} // namespace app
