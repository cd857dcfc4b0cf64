// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runservice.h"
#include "ui/widgets/bannerwidget.h"

namespace ui {

/// Says who else changes the environment of a run, and what a person may do about it: look again,
/// or take the lock over knowingly. Of a closed run, on which hosts its lock still is.
class LockBanner final : public BannerWidget {
    Q_OBJECT

public:
    /// runs outlives it; window is where questions appear.
    LockBanner(app::RunService& runs, QWidget& window);

    /// Shows itself where there is something to say of this run.
    void settle(const models::RunState& state);
    /// Somebody ran into it again: also where it was put away before.
    void remind(const models::RunState& state);

private:
    void showObstacles(const models::RunState& state);
    void askReason(const models::RunState& state);
    void askName(const models::RunId& run, const QString& environment,
                 const QList<models::LockObstacle>& seen, const QString& reason);

    app::RunService& m_runs;
    QWidget& m_window;
    QString m_dismissed; ///< what a person has read
};

} // namespace ui
