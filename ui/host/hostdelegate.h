// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/rowdelegate.h"

namespace ui {

/// A host as a row: how its connection stands, its name and address, what the last look found.
class HostDelegate final : public RowDelegate {
    Q_OBJECT

public:
    explicit HostDelegate(QObject* parent = nullptr);

protected:
    void paintRow(QPainter& painter, QRect rect, const QModelIndex& index) const override;
};

} // namespace ui
