// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace app {

/// What the known_hosts files say of one host: sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT". Pure. Used
/// instead of libssh's reading, which passes over @revoked and negated patterns and takes a host
/// for unknown where one of its lines cannot be understood.
class KnownHosts {
public:
    enum class Verdict {
        Known,
        Unknown,
        Changed, ///< another key, or one of another type, is on record
        Revoked,
    };
    struct Judgement {
        Verdict verdict = Verdict::Unknown;
        QStringList places; ///< "FILE:LINE" of the entries that decided
    };

    /// The content of one file; files are asked in the order in which they were added.
    void add(const QString& file, const QByteArray& content);

    /// host: "name" or "[name]:port", lower case. blob: the public key that the host showed.
    [[nodiscard]] Judgement judge(const QString& host, const QByteArray& blob) const;
    /// Types of the keys on record for the host, in the order of the files.
    [[nodiscard]] QList<QByteArray> typesOf(const QString& host) const;

    /// The line that makes the key known, with its end.
    [[nodiscard]] static QByteArray lineFor(const QString& host, const QByteArray& type,
                                            const QByteArray& blob);

private:
    enum class Marker { None, Revoked, Authority };
    struct Entry {
        Marker marker = Marker::None;
        QByteArray hosts;
        QByteArray type;
        QByteArray blob;
        QString place;
    };

    [[nodiscard]] static bool covers(const QByteArray& patterns, const QByteArray& host);

    QList<Entry> m_entries;
};

} // namespace app
