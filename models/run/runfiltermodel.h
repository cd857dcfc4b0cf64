// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runstate.h"

#include <QSortFilterProxyModel>

namespace models {

enum class RunFilter { All, Open, Running, Failed, Done };

/// The rows of a RunTreeModel in one group of states and with a text; a row's ancestors stay.
class RunFilterModel final : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit RunFilterModel(QObject* parent = nullptr);

    void setFilter(RunFilter filter);
    void setText(const QString& text);
    [[nodiscard]] RunFilter filter() const { return m_filter; }
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] bool isActive() const { return m_filter != RunFilter::All || !m_text.isEmpty(); }

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    RunFilter m_filter = RunFilter::All;
    QString m_text;
};

/// Whether a status belongs to the group.
[[nodiscard]] bool matches(RunFilter filter, StepStatus status);

} // namespace models
