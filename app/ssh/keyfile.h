// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/sshhandles.h"

#include <QByteArray>
#include <QString>

namespace app {

enum class PublicKeyKind { Plain, Certificate };

/// Out of a public key's file, or out of a private one of a format that tells it; null where there
/// is none. These read files, and belong on a worker's thread.
[[nodiscard]] KeyHandle readPublicKey(const QString& file, PublicKeyKind kind);
/// The public part of an IdentityFile: of FILE.pub, else of the file itself.
[[nodiscard]] KeyHandle publicPartOf(const QString& file);
/// Where it is told apart from all others: the bytes that an agent knows it by.
[[nodiscard]] QByteArray publicBlob(const KeyHandle& key);
/// "SHA256:…", as ssh-keygen -l prints it.
[[nodiscard]] QString fingerprintOf(const QByteArray& blob);
/// Whether it is worth asking for a passphrase: an IdentityFile may name a public key, whose
/// private one is in an agent, or one that may not be read.
[[nodiscard]] bool holdsPrivateKey(const QString& file);
/// Null where the passphrase does not unlock it. A null passphrase: it has none.
[[nodiscard]] KeyHandle readPrivateKey(const QString& file, const char* passphrase);

} // namespace app
