// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logfollower.h"

#include <QAbstractListModel>
#include <QList>

#include <optional>

namespace ui {

/// A place, or one of the logs that can be shown from it.
struct LogSourceRow {
    enum class Kind { Place, Container, Kept };

    Kind kind = Kind::Kept;
    QString title;
    models::Host host;                          ///< of a place and a container
    std::optional<app::ContainerList> list;     ///< of a place
    std::optional<models::Container> container; ///< that it names, where it is known
    std::optional<app::LogFollower::Log> log;   ///< where it is kept
    int tick = -1;                              ///< which of the shown logs it is; -1: none
};

/// What logs there are: the containers of each place by Compose project, and behind them the
/// commands and files that were opened.
class LogSourceModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { RowRole = Qt::UserRole };

    using QAbstractListModel::QAbstractListModel;

    void setContainers(const QList<app::ContainerList>& lists);
    /// shown: numbers of those in the pane, in its order.
    void setLogs(const QList<app::LogFollower::Log>& logs, const QList<quint64>& shown);
    [[nodiscard]] const LogSourceRow& row(int index) const { return m_rows[index]; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    /// Qt::DisplayRole is the name, Qt::CheckStateRole whether it is shown.
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    void rebuild();
    [[nodiscard]] LogSourceRow containerRow(const models::Host& host,
                                            const models::Container& container) const;
    void addKept(LogSourceRow& row, const app::LogFollower::Log& log) const;

    QList<app::ContainerList> m_lists;
    QList<app::LogFollower::Log> m_logs;
    QList<quint64> m_shown;
    QList<LogSourceRow> m_rows;
};

/// What a row says below its name: how the container and its stream stand, or how far a file is
/// read.
[[nodiscard]] QString sourceWords(const LogSourceRow& row);

} // namespace ui

Q_DECLARE_METATYPE(ui::LogSourceRow)
