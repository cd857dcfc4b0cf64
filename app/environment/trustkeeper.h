// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/workspace.h"

#include <QObject>
#include <QSet>

namespace app {

/// Which workspaces a person trusts, so that what they name is asked without anybody's click. Trust
/// is of what a workspace is now: any change of what it runs or reaches ends it. Main thread; kept
/// in the settings.
class TrustKeeper final : public QObject {
    Q_OBJECT

public:
    enum class Standing {
        Unknown, ///< nobody has trusted it yet
        Changed, ///< it was trusted, and is another one now
        Trusted,
    };

    using QObject::QObject;

    [[nodiscard]] Standing standing(const models::Workspace& workspace) const;
    [[nodiscard]] bool isTrusted(const models::Workspace& workspace) const {
        return standing(workspace) == Standing::Trusted;
    }
    /// As it is now.
    void trust(const models::Workspace& workspace);
    /// Whatever it was trusted for.
    void distrust(const models::Workspace& workspace);
    /// For what this program brings itself, for as long as it runs or until that is taken back.
    void vouchFor(const QString& root) { m_own.insert(root); }

Q_SIGNALS:
    void changed(const QString& root);

private:
    QSet<QString> m_own; ///< roots
};

} // namespace app
