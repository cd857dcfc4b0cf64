// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/rowdelegate.h"

namespace ui {

/// A workspace opened before: name over path, marked where it is not there any more.
class RecentDelegate final : public RowDelegate {
    Q_OBJECT

public:
    explicit RecentDelegate(QObject* parent = nullptr);

protected:
    void paintRow(QPainter& painter, QRect rect, const QModelIndex& index) const override;
};

} // namespace ui
