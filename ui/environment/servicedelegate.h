// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace ui {

struct ServiceRow;

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
                         const ServiceRow& row);
    static void paintBeats(QPainter& painter, const QRect& rect, const ServiceRow& row);
    static void paintContract(QPainter& painter, QRect& rect, const ServiceRow& row);
    static void paintVersion(QPainter& painter, const QRect& rect, const ServiceRow& row);
    enum class Age { Beside, Below };
    static void paintWords(QPainter& painter, const QRect& rect, const ServiceRow& row, Age age);
};

} // namespace ui
