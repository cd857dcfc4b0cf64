// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/secretname.h"

#include <QRegularExpression>

namespace models {

bool looksSecret(const QString& name) {
    static const QRegularExpression secret(
        QStringLiteral(
            "(?:^|[^a-z])(?:pass|passwd|password|passphrase|pwd|secret|token|credentials?|"
            "api-?_?key|private-?_?key|secret-?_?key|access-?_?key)s?(?:[^a-z]|$)"),
        QRegularExpression::CaseInsensitiveOption);
    return secret.match(name).hasMatch();
}

} // namespace models
