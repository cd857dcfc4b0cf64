// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/host/hostservice.h"
#include "ui/widgets/bannerwidget.h"

#include <QMap>

namespace ui {

/// Says across the window that a connection was lost and when it is tried again, that a host does
/// not answer, cannot be used or is not tried any more, and leads back to it; of several the one
/// that is worst, with how many more there are. Each can be dismissed until its state changes.
class HostBanner final : public BannerWidget {
    Q_OBJECT

public:
    /// hosts outlives the banner.
    explicit HostBanner(app::HostService& hosts, QWidget* parent = nullptr);

Q_SIGNALS:
    void hostRequested(const QString& ssh);

private:
    void take(const app::HostLink& link);
    void settle();
    void settleWords();
    [[nodiscard]] const app::HostLink* worst() const;

    app::HostService& m_hosts;
    QMap<QString, app::HostLink> m_troubles;
    app::HostLink m_shown;
};

} // namespace ui
