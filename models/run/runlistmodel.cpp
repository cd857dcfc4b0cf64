// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/runlistmodel.h"

#include "models/version/versionreading.h"

#include <QSet>

#include <algorithm>

namespace models {

QString runStanding(const RunListEntry& entry) {
    if (entry.status == RunStatus::Closed)
        return runOutcomeName(entry.outcome);
    return entry.givenTo.isEmpty() ? runStatusName(entry.status) : QStringLiteral("handed over");
}

QString targetWords(const Target& target) {
    const bool isOne =
        std::all_of(target.cbegin(), target.cend(),
                    [&target](const QString& version) { return version == target.first(); });
    if (isOne)
        return target.isEmpty() ? QString() : shortVersion(target.first());
    QStringList each;
    for (auto one = target.cbegin(); one != target.cend(); ++one)
        each << (one.key() + u' ' + shortVersion(*one)).trimmed();
    return each.join(u", "_qs);
}

RunOpening openingOf(const RunListEntry& entry) {
    if (entry.status == RunStatus::Closed || !entry.givenTo.isEmpty())
        return RunOpening::Read;
    if (entry.heldBy.isEmpty())
        return RunOpening::Resume;
    return entry.heldBy.startsWith(QLatin1String("this console")) ? RunOpening::Return
                                                                  : RunOpening::Follow;
}

namespace {

/// Who drives it, where that is not for this console to say; begins with a comma.
QString driverWords(const RunListEntry& entry) {
    if (entry.status != RunStatus::Closed && !entry.givenTo.isEmpty())
        return QStringLiteral(", driven by %1 at another console since %2")
            .arg(entry.givenTo,
                 entry.givenAt.toDateTime().toString(QStringLiteral("yyyy-MM-dd HH:mm 'UTC'")));
    return entry.heldBy.isEmpty() ? QString() : QStringLiteral(", held by %1").arg(entry.heldBy);
}

QString aboutWords(const RunListEntry& entry) {
    const QString version = targetWords(entry.target);
    return version.isEmpty() ? entry.title : QStringLiteral("%1 of %2").arg(entry.title, version);
}

/// Begins with a comma; empty where nothing is blocked.
QString blockWords(const RunListEntry& entry) {
    return entry.blockReason.isEmpty()
               ? QString()
               : QStringLiteral(", its version is blocked there: %1").arg(entry.blockReason);
}

} // namespace

void RunListModel::setEntries(QList<RunListEntry> entries) {
    // Run ids are sortable by creation, so a tie in the clock still has one order.
    const auto isNewer = [](const RunListEntry& a, const RunListEntry& b) {
        return std::pair(a.startedAt, a.id) > std::pair(b.startedAt, b.id);
    };
    std::sort(entries.begin(), entries.end(), isNewer);
    QSet<RunId> wanted;
    for (const RunListEntry& entry : std::as_const(entries))
        wanted.insert(entry.id);
    for (int row = int(m_entries.size()) - 1; row >= 0; --row) {
        if (wanted.contains(m_entries[row].id))
            continue;
        beginRemoveRows({}, row, row);
        m_entries.removeAt(row);
        endRemoveRows();
    }
    for (int row = 0; row < entries.size(); ++row) {
        if (row < m_entries.size() && m_entries[row].id == entries[row].id) {
            if (m_entries[row] == entries[row])
                continue;
            m_entries[row] = entries[row];
            Q_EMIT dataChanged(index(row), index(row));
        } else {
            beginInsertRows({}, row, row);
            m_entries.insert(row, entries[row]);
            endInsertRows();
        }
    }
}

int RunListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_entries.size());
}

QVariant RunListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const RunListEntry& entry = m_entries[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return entry.title;
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1 in %2, %3, %4 of %5 steps done, %6 not passed, started by %7%8")
            .arg(aboutWords(entry), entry.environment, runStanding(entry) + blockWords(entry))
            .arg(entry.done)
            .arg(entry.total)
            .arg(entry.failed)
            .arg(entry.startedBy, driverWords(entry));
    case EntryRole:
        return QVariant::fromValue(entry);
    case SearchRole:
        return QStringList{entry.title,     entry.environment,         entry.workspaceName,
                           entry.startedBy, runStanding(entry),        entry.runbookPath,
                           entry.givenTo,   targetWords(entry.target), blockWords(entry)}
            .join(QLatin1Char('\n'));
    case OpenRole:
        return entry.status != RunStatus::Closed;
    default:
        return {};
    }
}

} // namespace models
