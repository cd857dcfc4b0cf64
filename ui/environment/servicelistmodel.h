// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/health/healthservice.h"
#include "ui/environment/environmentservices.h"
#include "ui/environment/versionwords.h"

#include <QAbstractListModel>

#include <optional>
#include <vector>

namespace ui {

/// The p95 of each of so many parts of the last hour, oldest first, in seconds; a part in which
/// nothing was measured has none.
using LatencyTrend = QList<std::optional<double>>;

/// One service of an environment, as it stands.
struct ServiceRow {
    std::size_t service = 0; ///< of HealthService::services()
    QString name;
    QString place;         ///< where it is: hosts, or "local"; empty: nothing says it
    bool isProbed = false; ///< something says how to look at it
    models::HealthStanding standing;
    std::vector<models::Beat> beats;      ///< oldest first
    std::optional<double> p95;            ///< seconds
    std::chrono::milliseconds p95Span{0}; ///< the time that it is of
    std::optional<VersionMark> version;
    bool isBesideVersions = false; ///< one of the environment has a version: its place is kept
    models::Instant versionAt;
    QString versionWords; ///< all of it
    std::optional<models::Verdict> contract;
    QString contractWords; ///< with its age
};

/// The services of one environment, the worst first, otherwise in the order of the file. What is
/// observed is taken in once a tenth of a second, and the time once a second.
class ServiceListModel final : public QAbstractListModel {
    Q_OBJECT

public:
    /// TrendRole: LatencyTrend, read as it is asked for.
    enum Role { RowRole = Qt::UserRole, TrendRole = Qt::UserRole + 2 };
    static constexpr std::size_t beatCount = 40;

    ServiceListModel(const EnvironmentServices& services, QString environment,
                     QObject* parent = nullptr);

    /// Reads all of them anew.
    void rebuild(models::Instant now);
    void note(std::size_t service);
    /// Takes in what was noted.
    void settle(models::Instant now);
    /// What the time alone changes: ages, and what was not looked at when it was due.
    void tick(models::Instant now);

    [[nodiscard]] const QString& environment() const { return m_environment; }
    [[nodiscard]] const std::vector<ServiceRow>& rows() const { return m_rows; }
    /// -1 where it is of another environment.
    [[nodiscard]] int rowOf(std::size_t service) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    /// Qt::DisplayRole is the name, Qt::AccessibleTextRole all that the row says.
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    [[nodiscard]] ServiceRow read(std::size_t service, models::Instant now) const;
    [[nodiscard]] LatencyTrend trendOf(const ServiceRow& row, models::Instant now) const;
    void readContract(ServiceRow& row, models::Instant now) const;
    void readVersion(ServiceRow& row, models::Instant now) const;
    /// The place of versions is kept in all rows, or in none.
    void alignVersions();
    void sort();

    const app::HealthService& m_health;
    const app::VersionService& m_versions;
    const app::ContractService& m_contracts;
    QString m_environment;
    std::vector<ServiceRow> m_rows;
    std::vector<std::size_t> m_noted;
};

} // namespace ui

Q_DECLARE_METATYPE(const ui::ServiceRow*)
