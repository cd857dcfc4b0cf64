// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/names.h"

#include <QRegularExpression>

namespace models {

bool isPlainName(QStringView name) {
    static const QRegularExpression form(QStringLiteral("^[A-Za-z0-9_][A-Za-z0-9_.-]*\\z"));
    return name.size() <= 100 && form.match(name).hasMatch();
}

bool isDestination(QStringView text) {
    static const QRegularExpression unsafe(QStringLiteral("^-|[\\s\\x00-\\x1f]"));
    return !text.isEmpty() && !unsafe.match(text).hasMatch();
}

} // namespace models
