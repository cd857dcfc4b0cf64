// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/host/hostlink.h"
#include "app/host/hostreport.h"

#include <QAbstractListModel>
#include <QHash>

#include <optional>

namespace ui {

/// One host of the environment, with what is known about it.
struct HostRow {
    models::Host host;
    app::HostLink link;                    ///< Idle while nobody wanted it
    std::optional<app::HostReport> report; ///< of the last look at it
};

/// The hosts of one environment, in the order of the workspace file.
class HostListModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { RowRole = Qt::UserRole };

    using QAbstractListModel::QAbstractListModel;

    /// What was known about a host that stays is kept.
    void setHosts(const QList<models::Host>& hosts);
    void setLink(const app::HostLink& link);
    void setReport(const app::HostReport& report);
    [[nodiscard]] const QList<HostRow>& rows() const { return m_rows; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    /// Qt::DisplayRole is the name, Qt::AccessibleTextRole what the row says.
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    void tell(int row);

    QList<HostRow> m_rows;
    // Of all hosts that were ever spoken of, by what the workspace writes.
    QHash<QString, app::HostLink> m_links;
    QHash<QString, app::HostReport> m_reports;
};

} // namespace ui

Q_DECLARE_METATYPE(ui::HostRow)
