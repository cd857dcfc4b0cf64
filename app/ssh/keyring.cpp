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

std::shared_ptr<const UnlockedKey> KeyRing::find(const QString& file) const {
    const QByteArray stamp = stampOf(file);
    const std::scoped_lock lock(m_mutex);
    const auto found = m_keys.find(file);
    const auto key = found == m_keys.end() ? nullptr : found->second.lock();
    return key && !stamp.isEmpty() && key->stamp == stamp ? key : nullptr;
}

std::shared_ptr<const UnlockedKey> KeyRing::add(const QString& file, const ssh_key& key) {
    const auto added = std::make_shared<const UnlockedKey>(
        UnlockedKey{stampOf(file), KeyHandle(ssh_key_dup(key))});
    const std::scoped_lock lock(m_mutex);
    std::erase_if(m_keys, [](const auto& one) { return one.second.expired(); });
    if (added->key && !added->stamp.isEmpty())
        m_keys[file] = added;
    return added;
}

void burn(QByteArray& secret) {
    // Shared bytes are somebody else's to burn, and detaching would leave a copy behind.
    if (secret.isDetached())
        explicit_bzero(secret.data(), size_t(secret.size()));
    secret.clear();
}

void burn(QList<QByteArray>& secrets) {
    for (QByteArray& secret : secrets)
        burn(secret);
    secrets.clear();
}

void burn(QString& secret) {
    if (secret.isDetached())
        explicit_bzero(secret.data(), size_t(secret.size()) * sizeof(QChar));
    secret.clear();
}

} // namespace app
