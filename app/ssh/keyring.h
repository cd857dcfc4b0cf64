// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/sshhandles.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <map>
#include <memory>
#include <mutex>

namespace app {

/// A private key that was decrypted. Whoever holds it keeps it in memory; libssh overwrites it when
/// the last one lets go.
struct UnlockedKey {
    QByteArray stamp; ///< of the file's content
    KeyHandle key;
};

/// The decrypted keys that connections hold, found by their files, so that a passphrase that
/// several connections need is asked for once. Holds none itself: a key is gone with the last
/// connection that used it. Any thread.
class KeyRing {
public:
    /// The key of the file where somebody holds it and the file did not change since; else null.
    [[nodiscard]] std::shared_ptr<const UnlockedKey> find(const QString& file) const;
    /// A copy of the key, which is found for as long as somebody holds it.
    [[nodiscard]] std::shared_ptr<const UnlockedKey> add(const QString& file, const ssh_key& key);

private:
    mutable std::mutex m_mutex;
    std::map<QString, std::weak_ptr<const UnlockedKey>> m_keys;
};

/// Overwrite the secret in place. It must be shared with nobody.
void burn(QByteArray& secret);
void burn(QList<QByteArray>& secrets);
void burn(QString& secret);

} // namespace app
