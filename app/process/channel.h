// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>

#include <memory>
#include <optional>

namespace app {

/// One `sh -s gantry` at a place: its standard input, output and error. Destroying it hangs up, and
/// what the shell has detached by then lives on. Lives on one thread and never blocks it.
class Channel : public QObject {
    Q_OBJECT

public:
    enum class Reading { On, Off };

    using QObject::QObject;

    /// Queues bytes for the shell's standard input.
    virtual void write(const QByteArray& bytes) = 0;
    /// Ends the standard input behind what is queued.
    virtual void closeInput() = 0;
    /// Off: takes nothing more from the other side, which then waits.
    virtual void setReading(Reading reading) = 0;
    /// Once it is closed: the way there was lost before the shell was seen to end. That says
    /// nothing about the shell, and another channel gets there again.
    [[nodiscard]] virtual bool wasCutOff() const { return false; }
    /// Once it is closed: of the command, where it has one and was seen to end; 128+n for a signal
    /// where that is known.
    [[nodiscard]] virtual std::optional<int> exitStatus() const { return {}; }
    /// Once it is closed: why it could not be opened, or went; empty where it just ended.
    [[nodiscard]] virtual QString failure() const { return {}; }

Q_SIGNALS:
    /// The other side is there, where that shows before its first byte.
    void opened();
    void outputRead(const QByteArray& bytes);
    void errorRead(const QByteArray& bytes);
    /// Once, after the last bytes: the shell is gone, or cannot be reached any more.
    void closed();
};

/// Opens channels at one place.
class ChannelFactory {
public:
    ChannelFactory() = default;
    virtual ~ChannelFactory() = default;
    Q_DISABLE_COPY_MOVE(ChannelFactory)

    /// Never fails at once: a channel that cannot be opened is closed().
    [[nodiscard]] virtual std::unique_ptr<Channel> open() = 0;
};

} // namespace app
