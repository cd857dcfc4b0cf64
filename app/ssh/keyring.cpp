// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/keyring.h"

#include <QCryptographicHash>
#include <QFile>

#include <cstring>

namespace app {
namespace {

QByteArray stampOf(const QString& file) {
    QFile opened(file);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    return opened.open(QIODevice::ReadOnly) && hash.addData(&opened) ? hash.result() : QByteArray();
}

} // namespace

KeyHandle KeyRing::find(const QString& file) const {
    const QByteArray stamp = stampOf(file);
    const std::scoped_lock lock(m_mutex);
    const auto kept = m_keys.find(file);
    if (kept == m_keys.end() || stamp.isEmpty() || kept->second.stamp != stamp)
        return nullptr;
    return KeyHandle(ssh_key_dup(kept->second.key.get()));
}

void KeyRing::remember(const QString& file, const ssh_key& key) {
    Kept kept{stampOf(file), KeyHandle(ssh_key_dup(key))};
    const std::scoped_lock lock(m_mutex);
    if (kept.key && !kept.stamp.isEmpty())
        m_keys[file] = std::move(kept);
}

void burn(QByteArray& secret) {
    // Shared bytes are somebody else's to burn, and detaching would leave a copy behind.
    if (secret.isDetached())
        explicit_bzero(secret.data(), size_t(secret.size()));
    secret.clear();
}

} // namespace app
