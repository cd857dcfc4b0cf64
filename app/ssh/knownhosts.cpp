// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/knownhosts.h"

#include "app/ssh/hostpattern.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

namespace app {
namespace {

/// The next word of the line, which loses it.
QByteArray takeWord(QByteArray& line) {
    const auto isSpace = [](char c) { return c == ' ' || c == '\t'; };
    qsizetype end = 0;
    while (end < line.size() && !isSpace(line[end]))
        ++end;
    const QByteArray word = line.left(end);
    while (end < line.size() && isSpace(line[end]))
        ++end;
    line.remove(0, end);
    return word;
}

/// "|1|SALT|HMAC-SHA1": the name is not to be read from the file.
bool hashCovers(const QByteArray& hashed, const QByteArray& host) {
    const QList<QByteArray> parts = hashed.split('|');
    if (parts.size() != 4 || parts[1] != "1")
        return false;
    const QByteArray salt = QByteArray::fromBase64(parts[2]);
    const QByteArray wanted = QByteArray::fromBase64(parts[3]);
    return !wanted.isEmpty() &&
           QMessageAuthenticationCode::hash(host, salt, QCryptographicHash::Sha1) == wanted;
}

} // namespace

void KnownHosts::add(const QString& file, const QByteArray& content) {
    int number = 0;
    for (const QByteArray& raw : content.split('\n')) {
        ++number;
        QByteArray line = raw.trimmed();
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        Entry entry;
        if (line.startsWith('@')) {
            const QByteArray marker = takeWord(line);
            if (marker == "@revoked")
                entry.marker = Marker::Revoked;
            else if (marker == "@cert-authority")
                entry.marker = Marker::Authority;
            else
                continue;
        }
        entry.hosts = takeWord(line);
        entry.type = takeWord(line);
        entry.blob = QByteArray::fromBase64(takeWord(line));
        entry.place = QStringLiteral("%1:%2").arg(file).arg(number);
        if (!entry.blob.isEmpty())
            m_entries.append(entry);
    }
}

bool KnownHosts::covers(const QByteArray& patterns, const QByteArray& host) {
    if (patterns.startsWith('|'))
        return hashCovers(patterns, host);
    return matchesPatterns(patterns.split(','), host.toLower());
}

KnownHosts::Judgement KnownHosts::judge(const QString& host, const QByteArray& blob) const {
    const QByteArray name = host.toUtf8();
    Judgement known;
    Judgement changed;
    Judgement revoked;
    for (const Entry& entry : m_entries) {
        // An authority signs host certificates, which are not taken.
        if (entry.marker == Marker::Authority || !covers(entry.hosts, name))
            continue;
        const bool isSame = entry.blob == blob;
        if (entry.marker == Marker::Revoked) {
            if (isSame)
                revoked.places << entry.place;
        } else if (isSame) {
            known.places << entry.place;
        } else {
            changed.places << entry.place;
        }
    }
    if (!revoked.places.isEmpty())
        return {Verdict::Revoked, revoked.places};
    if (!known.places.isEmpty())
        return {Verdict::Known, known.places};
    if (!changed.places.isEmpty())
        return {Verdict::Changed, changed.places};
    return {};
}

QList<QByteArray> KnownHosts::typesOf(const QString& host) const {
    const QByteArray name = host.toUtf8();
    QList<QByteArray> types;
    for (const Entry& entry : m_entries) {
        if (entry.marker == Marker::None && !types.contains(entry.type) &&
            covers(entry.hosts, name))
            types.append(entry.type);
    }
    return types;
}

QByteArray KnownHosts::lineFor(const QString& host, const QByteArray& type,
                               const QByteArray& blob) {
    return host.toUtf8() + ' ' + type + ' ' + blob.toBase64() + '\n';
}

} // namespace app
