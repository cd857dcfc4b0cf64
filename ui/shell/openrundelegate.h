// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/rowdelegate.h"

namespace ui {

/// An unfinished run: what, where, how far, how old, and that it can be resumed.
class OpenRunDelegate final : public RowDelegate {
    Q_OBJECT

public:
    explicit OpenRunDelegate(QObject* parent = nullptr);

protected:
    void paintRow(QPainter& painter, QRect rect, const QModelIndex& index) const override;
};

} // namespace ui
