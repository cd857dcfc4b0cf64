// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/environment/trustkeeper.h"

#include <QCryptographicHash>
#include <QSettings>

namespace app {

namespace {

/// Beside the recent workspaces.
QSettings settings() {
    return QSettings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("gantry"),
                     QStringLiteral("gantry"));
}

/// A path is no key: its slashes would be groups.
QString keyOf(const models::Workspace& workspace) {
    const QByteArray digest =
        QCryptographicHash::hash(workspace.root.toUtf8(), QCryptographicHash::Sha256);
    return QStringLiteral("trust/") + QString::fromLatin1(digest.toHex());
}

} // namespace

TrustKeeper::Standing TrustKeeper::standing(const models::Workspace& workspace) const {
    if (m_own.contains(workspace.root))
        return Standing::Trusted;
    const QString trusted = settings().value(keyOf(workspace)).toString();
    if (trusted.isEmpty() || workspace.trustHash.isEmpty())
        return Standing::Unknown;
    return trusted == workspace.trustHash ? Standing::Trusted : Standing::Changed;
}

void TrustKeeper::trust(const models::Workspace& workspace) {
    settings().setValue(keyOf(workspace), workspace.trustHash);
    Q_EMIT changed(workspace.root);
}

void TrustKeeper::distrust(const models::Workspace& workspace) {
    m_own.remove(workspace.root);
    settings().remove(keyOf(workspace));
    Q_EMIT changed(workspace.root);
}

} // namespace app
