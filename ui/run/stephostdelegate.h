// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/rowdelegate.h"

namespace ui {

/// A row of a step's hosts: status, name, how it went.
class StepHostDelegate final : public RowDelegate {
    Q_OBJECT

public:
    explicit StepHostDelegate(QObject* parent = nullptr);

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;

protected:
    void paintRow(QPainter& painter, QRect rect, const QModelIndex& index) const override;
};

} // namespace ui
