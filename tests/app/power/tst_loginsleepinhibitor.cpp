// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/power/loginsleepinhibitor.h"

#include <QDBusContext>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <array>

#include <poll.h>
#include <unistd.h>

using app::LoginSleepInhibitor;

/// Stands for systemd-logind: hands out the write end of a pipe, whose read end tells when it is
/// closed.
class FakeLogin : public QObject, protected QDBusContext {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Manager")

public:
    QStringList asked; ///< arguments of the last call
    int calls = 0;
    bool refuses = false;

    ~FakeLogin() override { closeAll(); }

    void closeAll() {
        for (const int end : std::as_const(m_ends))
            ::close(end);
        m_ends.clear();
    }
    /// Locks that nobody has given back.
    [[nodiscard]] int held() const {
        int open = 0;
        for (const int end : m_ends) {
            pollfd state{end, POLLIN, 0};
            ::poll(&state, 1, 0);
            open += (state.revents & POLLHUP) == 0 ? 1 : 0;
        }
        return open;
    }

public Q_SLOTS:
    QDBusUnixFileDescriptor Inhibit(const QString& what, const QString& who, const QString& why,
                                    const QString& mode) {
        ++calls;
        asked = {what, who, why, mode};
        if (refuses) {
            sendErrorReply(QDBusError::AccessDenied, QStringLiteral("Not you."));
            return {};
        }
        std::array<int, 2> ends{};
        if (::pipe(ends.data()) != 0)
            return {};
        m_ends.append(ends[0]);
        QDBusUnixFileDescriptor handed(ends[1]); // a copy
        ::close(ends[1]);
        return handed;
    }

private:
    QList<int> m_ends;
};

/// On a bus of its own: that of the machine is left alone.
class TestLoginSleepInhibitor : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QProcess m_daemon;
    FakeLogin m_login;
    QString m_address;

    [[nodiscard]] QDBusConnection connection(const QString& name) const {
        return QDBusConnection::connectToBus(m_address, name);
    }

private Q_SLOTS:
    void initTestCase() {
        const QString daemon = QStandardPaths::findExecutable(QStringLiteral("dbus-daemon"));
        QVERIFY2(!daemon.isEmpty(),
                 "dbus-daemon is missing: install what packaging/packages names");
        m_address = QStringLiteral("unix:path=") + m_folder.filePath(QStringLiteral("bus"));
        m_daemon.start(daemon, {QStringLiteral("--session"), QStringLiteral("--nofork"),
                                QStringLiteral("--print-address"),
                                QStringLiteral("--address=") + m_address});
        QTRY_VERIFY_WITH_TIMEOUT(m_daemon.bytesAvailable() > 0, 60'000);
        QDBusConnection login = connection(QStringLiteral("login"));
        QVERIFY2(login.isConnected(), qPrintable(login.lastError().message()));
        QVERIFY(login.registerObject(QStringLiteral("/org/freedesktop/login1"), &m_login,
                                     QDBusConnection::ExportAllSlots));
        QVERIFY(login.registerService(QStringLiteral("org.freedesktop.login1")));
    }
    void init() {
        m_login.closeAll();
        m_login.calls = 0;
        m_login.refuses = false;
    }
    void cleanupTestCase() {
        m_daemon.kill();
        m_daemon.waitForFinished();
    }

    void holdsUntilItLetsGo() {
        LoginSleepInhibitor inhibitor(connection(QStringLiteral("gantry")));
        inhibitor.hold(QStringLiteral("A step runs"));
        QTRY_COMPARE(m_login.held(), 1);
        QCOMPARE(m_login.asked,
                 (QStringList{QStringLiteral("sleep:idle"), QStringLiteral("Gantry"),
                              QStringLiteral("A step runs"), QStringLiteral("block")}));
        inhibitor.release();
        QTRY_COMPARE(m_login.held(), 0);
        inhibitor.hold(QStringLiteral("Another one"));
        QTRY_COMPARE(m_login.held(), 1);
    }
    void letsGoAtItsEnd() {
        {
            LoginSleepInhibitor inhibitor(connection(QStringLiteral("gantry")));
            inhibitor.hold(QStringLiteral("A step runs"));
            QTRY_COMPARE(m_login.held(), 1);
        }
        QTRY_COMPARE(m_login.held(), 0);
    }
    void lettingGoBeforeTheAnswerHoldsNothing() {
        LoginSleepInhibitor inhibitor(connection(QStringLiteral("gantry")));
        inhibitor.hold(QStringLiteral("A short step"));
        inhibitor.release();
        QTRY_COMPARE(m_login.calls, 1);
        QTRY_COMPARE(m_login.held(), 0);
    }
    void refusalIsToldOnce() {
        m_login.refuses = true;
        LoginSleepInhibitor inhibitor(connection(QStringLiteral("gantry")));
        QTest::ignoreMessage(QtInfoMsg, "The machine is not kept awake during steps: Not you.");
        inhibitor.hold(QStringLiteral("A step runs"));
        QTRY_COMPARE(m_login.calls, 1);
        inhibitor.hold(QStringLiteral("Another one"));
        QTRY_COMPARE(m_login.calls, 2);
        QCOMPARE(m_login.held(), 0);
    }
    void withoutABusNothingHappens() {
        QTest::ignoreMessage(QtInfoMsg,
                             "The machine is not kept awake during steps: there is no system bus");
        LoginSleepInhibitor inhibitor(QDBusConnection(QStringLiteral("no such bus")));
        inhibitor.hold(QStringLiteral("A step runs"));
        inhibitor.hold(QStringLiteral("Another one"));
        inhibitor.release();
    }
};

QTEST_GUILESS_MAIN(TestLoginSleepInhibitor)
#include "tst_loginsleepinhibitor.moc"
