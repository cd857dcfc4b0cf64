// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/log/logsourcemodel.h"
#include "ui/log/logsourcetree.h"

#include <QSortFilterProxyModel>
#include <QWidget>

class QScrollArea;
class QStackedLayout;

namespace ui {

class LogSourceDetail;
class LogSourceView;
class SearchField;

/// The left side of the logs: a field that filters the tree of sources, the tree, and what is known
/// of the source that is chosen.
class LogSourcePane final : public QWidget {
    Q_OBJECT

public:
    explicit LogSourcePane(QWidget* parent = nullptr);

    void setInput(const LogSourceInput& input);
    [[nodiscard]] LogSourceView& view() { return *m_view; }
    [[nodiscard]] LogSourceDetail& detail() { return *m_detail; }
    /// Makes the row of this log the current one, where the filter leaves it.
    void choose(quint64 log);

    /// All that can be shown, in the order of the tree, whatever is filtered.
    [[nodiscard]] QList<LogSourceRow> sources() const;

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void settle();
    void fitDetail();
    void collect(const QModelIndex& parent, QList<LogSourceRow>& rows) const;
    [[nodiscard]] QModelIndex indexOf(quint64 log, const QModelIndex& parent = {}) const;

    LogSourceModel m_model;
    QSortFilterProxyModel m_filter;
    SearchField* m_search;
    LogSourceView* m_view;
    LogSourceDetail* m_detail;
    QScrollArea* m_detailArea;
    QStackedLayout* m_stack;
};

} // namespace ui
