// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QFrame>
#include <QStyledItemDelegate>

#include <utility>

class QAbstractItemModel;

namespace ui {

class RowList;

/// A row as its name over what there is to say of it.
class TwoLineDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const final;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const final;
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const final;

protected:
    /// What stands below the name.
    [[nodiscard]] virtual std::pair<QString, Colour> below(const QModelIndex& index) const = 0;
};

/// A list that floats below its button until one of it is chosen: Return chooses the current row,
/// Delete removes it.
class ListPopup : public QFrame {
    Q_OBJECT

protected:
    enum class Edge { Left, Right };

    /// name: for those who hear the window. model outlives it.
    ListPopup(const QString& name, QAbstractItemModel& model, QWidget* parent);

    [[nodiscard]] RowList& list() const { return *m_list; }
    /// -1 for none.
    [[nodiscard]] int current() const;
    /// Opens below the button, one edge at that of the button, and within the window.
    void openBelow(const QWidget& button, Edge edge);
    virtual void chooseCurrent() = 0;
    virtual void removeCurrent() = 0;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    RowList* m_list;
};

} // namespace ui
