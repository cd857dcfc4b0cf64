// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/process/channel.h"

#include <QStringList>

#include <sys/types.h>

class QSocketNotifier;

namespace app {

/// A process of this machine in a session of its own, with pipes for its three streams. It holds
/// at most one read's bytes: while reading is off, the pipes fill and the process waits. Hanging up
/// closes the pipes and reaps the process whenever it ends; it kills nothing.
class ChildProcess final : public Channel {
    Q_OBJECT

public:
    /// argv[0] is looked up in PATH. Starts at once; a failure is told by closed().
    explicit ChildProcess(const QStringList& argv, QObject* parent = nullptr);
    ~ChildProcess() override;
    Q_DISABLE_COPY_MOVE(ChildProcess)

    void write(const QByteArray& bytes) override;
    void closeInput() override;
    void setReading(Reading reading) override;
    [[nodiscard]] std::optional<int> exitStatus() const override;
    [[nodiscard]] QString failure() const override { return m_startError; }

    /// KILL to the process and its group.
    void kill();
    /// 128+n for a signal; -1 while it runs or where it could not be started.
    [[nodiscard]] int exitCode() const { return m_exitCode; }
    /// Why it could not be started; empty where it could.
    [[nodiscard]] const QString& startError() const { return m_startError; }
    [[nodiscard]] qint64 processId() const { return m_pid; }

private:
    struct Stream {
        int descriptor = -1;
        QSocketNotifier* notifier = nullptr; ///< owned by the process
    };
    using BytesSignal = void (Channel::*)(const QByteArray&);

    void start(const QStringList& argv);
    void watch(Stream& stream, int descriptor, BytesSignal signal);
    void read(Stream& stream, BytesSignal signal);
    void flushInput();
    void reap();
    void queueDrain();
    void drain();
    static void close(Stream& stream);

    pid_t m_pid = -1;
    int m_exitCode = -1;
    QString m_startError;
    Stream m_input;
    Stream m_output;
    Stream m_error;
    Stream m_end; ///< becomes readable when the process has ended
    QByteArray m_pending;
    bool m_closeInput = false;
    bool m_ended = false;
    bool m_drainQueued = false;
    bool m_closed = false;
    Reading m_reading = Reading::On;
};

} // namespace app
