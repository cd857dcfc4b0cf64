// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/sshhandles.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <map>
#include <mutex>

namespace app {

/// Private keys that were decrypted, so that a passphrase is asked for once for as long as the
/// program runs. Holds keys, never passphrases. Any thread.
class KeyRing {
public:
    /// The key of the file where it is here and the file did not change since; else null.
    [[nodiscard]] KeyHandle find(const QString& file) const;
    void remember(const QString& file, const ssh_key& key);

private:
    struct Kept {
        QByteArray stamp; ///< of the file's content
        KeyHandle key;
    };

    mutable std::mutex m_mutex;
    std::map<QString, Kept> m_keys;
};

/// Overwrites the bytes in place. They must be shared with nobody.
void burn(QByteArray& secret);

} // namespace app
