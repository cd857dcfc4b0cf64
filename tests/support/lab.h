// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/program.h"

#include <QStringList>
#include <QTemporaryDir>

namespace tests {

/// A private OpenSSH host and a jump host on loopback, for as long as this lives: tests/lab/start.
class Lab {
public:
    /// What there is besides the plain hosts. BadDisks: one more host, whose disks are bad.
    /// Containers: podman behind the host; it takes a second to prepare.
    enum class Parts { Plain, BadDisks, Containers };

    /// morePorts: so many at which the host listens too.
    explicit Lab(int morePorts = 0, Parts parts = Parts::Plain)
        : m_morePortCount(morePorts)
        , m_parts(parts) {}
    ~Lab();
    Q_DISABLE_COPY_MOVE(Lab)

    /// Waits until both answer. False where something is missing or refused: see refusal().
    [[nodiscard]] bool start();
    [[nodiscard]] const QString& refusal() const { return m_refusal; }

    [[nodiscard]] quint16 hostPort() const { return m_hostPort; }
    [[nodiscard]] quint16 jumpPort() const { return m_jumpPort; }
    [[nodiscard]] const QList<quint16>& morePorts() const { return m_morePorts; }
    /// Of the host where the disk of "full" is full, that of "readonly" can only be read, that of
    /// "tight" is soon full, and temporary files cannot be written. 0 where the machine refuses it.
    [[nodiscard]] quint16 diskPort() const { return m_diskPort; }
    [[nodiscard]] const QString& diskRefusal() const { return m_diskRefusal; }
    /// Of the daemon that listens; its children serve one connection each.
    [[nodiscard]] qint64 hostPid() const { return m_hostPid; }
    /// Login names, each with the login shell that it is called after, which is also its sh:
    /// "bash", "dash", "ash" (with all the tools of busybox, and no Perl), "noisy", whose shell
    /// says things of its own, and "fish", whose shell does so too.
    [[nodiscard]] const QStringList& users() const { return m_users; }
    [[nodiscard]] QString path(const QString& below) const;
    /// A key pair's private file: "person", "person-rsa", "person-ecdsa", "person-locked" (with the
    /// passphrase "open sesame"), "certified", "stranger", "host" …
    [[nodiscard]] QString key(const QString& name) const;
    [[nodiscard]] QString home(const QString& user) const;
    /// Of podman's API, at this machine and at the host.
    [[nodiscard]] QString containerSocket() const;
    /// Runs podman to its end; what it said, or nothing where it failed. The user "dash" has it in
    /// PATH, as "podman" and as "docker"; so has "walled", who may not be led to the socket.
    [[nodiscard]] QByteArray podman(const QStringList& arguments) const;

private:
    QTemporaryDir m_folder;
    Program m_process; ///< ends with its input
    QString m_refusal;
    quint16 m_hostPort = 0;
    quint16 m_jumpPort = 0;
    quint16 m_diskPort = 0;
    QString m_diskRefusal;
    int m_morePortCount;
    Parts m_parts;
    QList<quint16> m_morePorts;
    qint64 m_hostPid = 0;
    QStringList m_users;
};

} // namespace tests
