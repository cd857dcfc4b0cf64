// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demohost/demokeys.h"

#include <QFile>

#include <sys/stat.h>

namespace app {
namespace {

DemoKey newKey() {
    ssh_key key = nullptr;
    return DemoKey(ssh_pki_generate(SSH_KEYTYPE_ED25519, 0, &key) == SSH_OK ? key : nullptr);
}

} // namespace

models::Result<DemoKeys> makeDemoKeys() {
    DemoKeys keys{newKey(), newKey()};
    if (!keys.host || !keys.person) {
        return models::failure(models::ErrorCode::Internal,
                               QStringLiteral("The SSH library made no key for the demo host."));
    }
    return keys;
}

QByteArray publicText(ssh_key key) {
    char* text = nullptr;
    if (ssh_pki_export_pubkey_base64(key, &text) != SSH_OK)
        return {};
    const QByteArray result = QByteArray(ssh_key_type_to_char(ssh_key_type(key))) + ' ' + text;
    ssh_string_free_char(text);
    return result;
}

models::Result<void> writePrivateKey(ssh_key key, const QString& path) {
    // The folder around it is private already; the file never has wider rights for a moment.
    const mode_t before = umask(077);
    const int result = ssh_pki_export_privkey_file(key, nullptr, nullptr, nullptr,
                                                   QFile::encodeName(path).constData());
    umask(before);
    if (result != SSH_OK) {
        return models::failure(models::ErrorCode::NotWritable,
                               QStringLiteral("The key %1 cannot be written.").arg(path));
    }
    return {};
}

} // namespace app
