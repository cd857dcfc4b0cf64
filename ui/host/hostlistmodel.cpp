// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/host/hostlistmodel.h"

#include "ui/host/hostwords.h"
#include "ui/widgets/timeformat.h"

namespace ui {

void HostListModel::setHosts(const QList<models::Host>& hosts) {
    beginResetModel();
    m_rows.clear();
    for (const models::Host& host : hosts) {
        HostRow row{host, m_links.value(host.ssh), {}};
        row.link.ssh = host.ssh;
        const auto report = m_reports.constFind(host.ssh);
        if (report != m_reports.cend())
            row.report = *report;
        m_rows.append(row);
    }
    endResetModel();
}

void HostListModel::setLink(const app::HostLink& link) {
    m_links.insert(link.ssh, link);
    for (int i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].host.ssh != link.ssh)
            continue;
        m_rows[i].link = link;
        tell(i);
    }
}

void HostListModel::setReport(const app::HostReport& report) {
    m_reports.insert(report.host.ssh, report);
    for (int i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].host.ssh != report.host.ssh)
            continue;
        m_rows[i].report = report;
        tell(i);
    }
}

int HostListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant HostListModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const HostRow& row = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return row.host.name;
    case Qt::AccessibleTextRole: {
        QStringList words{row.host.name, linkWord(row.link, presentInstant())};
        if (row.report)
            words.append(reportWord(*row.report));
        return words.join(QStringLiteral(", "));
    }
    case RowRole:
        return QVariant::fromValue(row);
    default:
        return {};
    }
}

void HostListModel::tell(int row) {
    Q_EMIT dataChanged(index(row), index(row));
}

} // namespace ui
