// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/environment/servicelistmodel.h"

#include <QStyledItemDelegate>

namespace ui {

/// A service as a row: how it stands and why, its last checks, its p95 and how old all that is.
/// Many rows are less tall.
class ServiceDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;

private:
    static void paintRow(QPainter& painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index, const ServiceRow& row);
    /// p95 as a number, and how it went as a line; from above to below or side by side.
    static void paintLatency(QPainter& painter, const QRect& rect, const ServiceRow& row,
                             const LatencyTrend& trend);
    static void paintTrend(QPainter& painter, const QRect& rect, const LatencyTrend& trend);
    static void paintBeats(QPainter& painter, const QRect& rect, const ServiceRow& row);
    static void paintContract(QPainter& painter, QRect& rect, const ServiceRow& row);
    static void paintVersion(QPainter& painter, const QRect& rect, const ServiceRow& row);
    enum class Age { Beside, Below };
    static void paintWords(QPainter& painter, const QRect& rect, const ServiceRow& row, Age age);
};

} // namespace ui
