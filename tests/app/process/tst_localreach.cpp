// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process/localreach.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

class TestLocalReach final : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QLocalServer m_server;
    app::LocalReach m_reach;

    QString path() const { return m_folder.filePath(QStringLiteral("socket")); }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_server.listen(path())); }

    void socketThatTheOtherSideEndsIsClosed() {
        const std::unique_ptr<app::Channel> channel = m_reach.socket(path());
        QSignalSpy closed(channel.get(), &app::Channel::closed);
        QTRY_VERIFY(m_server.hasPendingConnections());
        const std::unique_ptr<QLocalSocket> other(m_server.nextPendingConnection());
        other->disconnectFromServer();
        QTRY_COMPARE(closed.count(), 1);
    }

    /// Whoever destroys one may be half destroyed already.
    void socketThatIsDestroyedWhileOpenSaysNothing() {
        std::unique_ptr<app::Channel> channel = m_reach.socket(path());
        QSignalSpy opened(channel.get(), &app::Channel::opened);
        int closed = 0;
        connect(channel.get(), &app::Channel::closed, this, [&closed] { ++closed; });
        QTRY_COMPARE(opened.count(), 1);
        channel.reset();
        QCOMPARE(closed, 0);
    }
};

QTEST_MAIN(TestLocalReach)
#include "tst_localreach.moc"
