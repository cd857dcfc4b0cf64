// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/stephostmodel.h"

#include "ui/theme/glyph.h"
#include "ui/widgets/timeformat.h"

#include <algorithm>

namespace ui {

QString progressText(const models::HostProgress& host) {
    QStringList parts{statusWord(host.status)};
    if (host.exitCode && host.status != models::StepStatus::Passed)
        parts << StepHostModel::tr("exit %1").arg(*host.exitCode);
    if (!host.startedAt.isNull() && !host.finishedAt.isNull()) {
        const std::chrono::nanoseconds took(host.finishedAt.nanoseconds -
                                            host.startedAt.nanoseconds);
        parts << formatDuration(std::chrono::duration_cast<std::chrono::milliseconds>(took));
    } else if (!host.startedAt.isNull()) {
        parts << StepHostModel::tr("since %1").arg(formatTime(host.startedAt));
    }
    if (host.tries > 1)
        parts << StepHostModel::tr("attempt %1").arg(host.tries);
    return parts.join(QStringLiteral(" · "));
}

void StepHostModel::setHosts(const QList<models::HostProgress>& hosts) {
    const bool isSame =
        std::equal(m_hosts.cbegin(), m_hosts.cend(), hosts.cbegin(), hosts.cend(),
                   [](const auto& one, const auto& other) { return one.host == other.host; });
    if (!isSame) {
        beginResetModel();
        m_hosts = hosts;
        endResetModel();
        return;
    }
    for (int row = 0; row < int(hosts.size()); ++row) {
        if (m_hosts[row] == hosts[row])
            continue;
        m_hosts[row] = hosts[row];
        Q_EMIT dataChanged(index(row), index(row));
    }
}

int StepHostModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_hosts.size());
}

QVariant StepHostModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const models::HostProgress& host = m_hosts[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return host.host;
    case Qt::ToolTipRole:
        return host.reason;
    case Qt::AccessibleTextRole:
        return tr("%1, %2").arg(host.host, progressText(host));
    case HostRole:
        return QVariant::fromValue(host);
    default:
        return {};
    }
}

} // namespace ui
