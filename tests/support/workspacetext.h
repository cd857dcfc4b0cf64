// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/workspace.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace tests {

/// A workspace whose environment "prod" has one service, "portal", with these keys, at its default
/// host "web-1"; an environment "dev" without anything stands behind it. rest: keys of the top.
inline models::Workspace withService(const QByteArray& keys, const QByteArray& rest = {}) {
    return models::parseWorkspace("gantry: 1\nenvironments:\n  prod:\n    hosts: { web-1: {} }\n"
                                  "    default_host: web-1\n    services:\n      portal: " +
                                  keys + "\n  dev: {}\n" + rest);
}

/// The first service of its first environment.
inline models::Service serviceOf(const models::Workspace& workspace) {
    return workspace.environments.value(0).services.value(0);
}

/// What is wrong with it, a line each: "6:21 There is no host …".
inline QString messages(const models::Workspace& workspace) {
    QStringList lines;
    for (const models::Diagnostic& diagnostic : workspace.diagnostics) {
        lines.append(QStringLiteral("%1:%2 %3")
                         .arg(diagnostic.line)
                         .arg(diagnostic.column)
                         .arg(diagnostic.message));
    }
    return lines.join(u'\n');
}

} // namespace tests
