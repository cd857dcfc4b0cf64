// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/rowdelegate.h"

namespace ui {

/// A runbook of the workspace page: title over path at the left; steps, problems and the last run
/// in columns at the right, which give way from the left where it gets narrow.
class RunbookDelegate final : public RowDelegate {
    Q_OBJECT

public:
    explicit RunbookDelegate(QObject* parent = nullptr);

protected:
    void paintRow(QPainter& painter, QRect rect, const QModelIndex& index) const override;
};

} // namespace ui
