// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/keyfile.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>

namespace app {
namespace {

constexpr qint64 sizeLimit = 64 * 1024;

} // namespace

KeyHandle readPublicKey(const QString& file, PublicKeyKind kind) {
    ssh_key key = nullptr;
    const QByteArray name = QFile::encodeName(file);
    const int result = kind == PublicKeyKind::Certificate
                           ? ssh_pki_import_cert_file(name.constData(), &key)
                           : ssh_pki_import_pubkey_file(name.constData(), &key);
    return KeyHandle(result == SSH_OK ? key : nullptr);
}

KeyHandle publicPartOf(const QString& file) {
    const QString published = file + QStringLiteral(".pub");
    return readPublicKey(QFileInfo::exists(published) ? published : file, PublicKeyKind::Plain);
}

QByteArray publicBlob(const KeyHandle& key) {
    char* text = nullptr;
    if (!key || ssh_pki_export_pubkey_base64(key.get(), &text) != SSH_OK)
        return {};
    const QByteArray blob = QByteArray::fromBase64(text);
    ssh_string_free_char(text);
    return blob;
}

QString fingerprintOf(const QByteArray& blob) {
    const QByteArray hash = QCryptographicHash::hash(blob, QCryptographicHash::Sha256);
    return QStringLiteral("SHA256:") +
           QString::fromLatin1(hash.toBase64(QByteArray::OmitTrailingEquals));
}

bool holdsPrivateKey(const QString& file) {
    QFile opened(file);
    return opened.open(QIODevice::ReadOnly) && opened.read(sizeLimit).contains("PRIVATE KEY-----");
}

KeyHandle readPrivateKey(const QString& file, const char* passphrase) {
    ssh_key key = nullptr;
    const QByteArray name = QFile::encodeName(file);
    const int result =
        ssh_pki_import_privkey_file(name.constData(), passphrase, nullptr, nullptr, &key);
    return KeyHandle(result == SSH_OK ? key : nullptr);
}

} // namespace app
