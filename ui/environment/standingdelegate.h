// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/rowdelegate.h"

namespace ui {

/// A row with standingRowRole: its name, how it stands, why, and how old that is.
class StandingDelegate final : public RowDelegate {
    Q_OBJECT

public:
    explicit StandingDelegate(QObject* parent = nullptr);

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;

protected:
    void paintRow(QPainter& painter, QRect rect, const QModelIndex& index) const override;
};

} // namespace ui
