// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process/localreach.h"

#include "app/process/attachedcommand.h"
#include "app/process/childprocess.h"
#include "models/run/host.h"

#include <QLocalSocket>

#include <utility>

namespace app {
namespace {

/// Of what the socket holds while nobody reads.
constexpr qint64 socketBuffer = 256 * 1024;

/// A stream socket of this machine.
class SocketChannel final : public Channel {
public:
    explicit SocketChannel(const QString& path) {
        m_socket.setReadBufferSize(socketBuffer);
        connect(&m_socket, &QLocalSocket::readyRead, this, &SocketChannel::read);
        connect(&m_socket, &QLocalSocket::disconnected, this, &SocketChannel::finish);
        connect(&m_socket, &QLocalSocket::errorOccurred, this,
                [this](QLocalSocket::LocalSocketError error) { fail(error); });
        // Its failure would come before anybody listens.
        QMetaObject::invokeMethod(
            this, [this, path] { m_socket.connectToServer(path); }, Qt::QueuedConnection);
        connect(&m_socket, &QLocalSocket::connected, this, [this] {
            Q_EMIT opened();
            m_socket.write(std::exchange(m_early, {}));
            if (m_isClosing)
                m_socket.disconnectFromServer();
        });
    }
    /// A socket that is still open says while it goes that it is closed; nobody hears that from a
    /// channel that goes.
    ~SocketChannel() override { m_socket.disconnect(this); }
    Q_DISABLE_COPY_MOVE(SocketChannel)

    void write(const QByteArray& bytes) override {
        if (m_socket.state() == QLocalSocket::ConnectedState)
            m_socket.write(bytes);
        else
            m_early += bytes;
    }

    void closeInput() override {
        m_isClosing = true;
        if (m_socket.state() == QLocalSocket::ConnectedState)
            m_socket.disconnectFromServer();
    }

    void setReading(Reading reading) override {
        m_reading = reading;
        if (reading == Reading::On)
            QMetaObject::invokeMethod(this, &SocketChannel::read, Qt::QueuedConnection);
    }

    [[nodiscard]] QString failure() const override { return m_failure; }

private:
    void read() {
        if (m_reading == Reading::Off)
            return;
        readAll();
        if (m_hasEnded)
            finish();
    }

    void fail(QLocalSocket::LocalSocketError error) {
        if (error == QLocalSocket::PeerClosedError)
            return; // disconnected() follows
        m_failure = m_socket.errorString();
        finish();
    }

    void finish() {
        m_hasEnded = true;
        if (m_isClosed || m_reading == Reading::Off)
            return;
        m_isClosed = true;
        readAll();
        Q_EMIT closed();
    }

    /// A socket that was closed warns of being read.
    void readAll() {
        if (m_socket.bytesAvailable() == 0)
            return;
        if (const QByteArray bytes = m_socket.readAll(); !bytes.isEmpty())
            Q_EMIT outputRead(bytes);
    }

    QLocalSocket m_socket;
    QByteArray m_early; ///< written before it was connected
    QString m_failure;
    Reading m_reading = Reading::On;
    bool m_isClosing = false;
    bool m_hasEnded = false;
    bool m_isClosed = false;
};

} // namespace

QString LocalReach::name() const {
    return models::localPlace;
}

void LocalReach::whenReady(QObject* context, models::AskedBy askedBy, ReadyCallback done) {
    Q_UNUSED(context)
    Q_UNUSED(askedBy)
    done({});
}

std::unique_ptr<Channel> LocalReach::command(const QStringList& argv) {
    const QStringList shell{QStringLiteral("sh"), QStringLiteral("-s"), QStringLiteral("gantry")};
    return std::make_unique<AttachedCommand>(std::make_unique<ChildProcess>(shell), argv);
}

std::unique_ptr<Channel> LocalReach::socket(const QString& path) {
    return std::make_unique<SocketChannel>(path);
}

} // namespace app
