// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/hosts.h"

#include <QAbstractListModel>

namespace ui {

/// The hosts of one step with how far each is, in the order that the step names them.
class StepHostModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { HostRole = Qt::UserRole };

    using QAbstractListModel::QAbstractListModel;

    /// Rows stay where they are while the hosts are the same.
    void setHosts(const QList<models::HostProgress>& hosts);
    [[nodiscard]] const QList<models::HostProgress>& hosts() const { return m_hosts; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    /// Qt::DisplayRole is the name, Qt::AccessibleTextRole what the row says.
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    QList<models::HostProgress> m_hosts;
};

/// "failed · exit 3 · 1.2 s · attempt 2"
[[nodiscard]] QString progressText(const models::HostProgress& host);

} // namespace ui

Q_DECLARE_METATYPE(models::HostProgress)
