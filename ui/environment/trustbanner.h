// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/bannerwidget.h"

#include <QList>
#include <QStringList>

namespace ui {

class WorkspaceBoard;

/// One notice for all workspaces that are not trusted, with a way to each, where there are several:
/// a notice of each would leave the dashboard no room. Where there is one, its own is shown.
class TrustBanner final : public BannerWidget {
    Q_OBJECT

public:
    explicit TrustBanner(QWidget* parent = nullptr);

    /// All that are open.
    void settle(const QList<WorkspaceBoard*>& boards);

private:
    QStringList m_asking; ///< by name; one that was dismissed stays away until there are others
};

} // namespace ui
