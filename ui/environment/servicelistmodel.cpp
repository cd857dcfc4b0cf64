// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/servicelistmodel.h"

#include "app/contract/contractservice.h"
#include "app/version/versionservice.h"
#include "ui/environment/contractwords.h"
#include "ui/widgets/healthwords.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/timeformat.h"

#include <algorithm>
#include <tuple>

namespace ui {

namespace {

using namespace std::chrono_literals;

/// The least that a p95 of the last minutes is told from; else it is of the last hour.
constexpr std::uint64_t leastSamples = 20;

constexpr auto trendSpan = 1h;
constexpr auto trendPart = 3min;

bool isBefore(const ServiceRow& one, const ServiceRow& other) {
    // What nobody can look at is no news.
    return std::tuple(!one.isProbed, one.standing.state, one.service) <
           std::tuple(!other.isProbed, other.standing.state, other.service);
}

void readLatency(const models::ProbeHealth& probe, models::Instant now, ServiceRow& row) {
    for (const std::chrono::milliseconds span :
         std::initializer_list<std::chrono::milliseconds>{5min, 1h}) {
        const models::Instant from{now.nanoseconds - std::chrono::nanoseconds(span).count()};
        // To the end of this millisecond, which checks are kept by.
        const auto p95 = probe.series().quantile(0.95, from, {now.nanoseconds + 1'000'000});
        if (!p95)
            continue;
        row.p95 = p95->seconds;
        row.p95Span = span;
        if (p95->samples >= leastSamples)
            return;
    }
}

QString placeOf(const models::Workspace& workspace, const app::HealthService::Watched& watched) {
    const models::Environment* const environment = workspace.environment(watched.environment);
    for (const models::Service& service :
         environment ? environment->services : QList<models::Service>()) {
        if (service.name == watched.service)
            return service.places.join(QStringLiteral(", "));
    }
    return {};
}

/// "p95 42 ms of the last 5 min".
QString p95Words(const ServiceRow& row) {
    const QString words = row.p95Span < trendSpan ? ServiceListModel::tr("p95 %1 of the last 5 min")
                                                  : ServiceListModel::tr("p95 %1 of the last hour");
    return words.arg(latencyWords(*row.p95));
}

QString toolTipOf(const ServiceRow& row) {
    QStringList words;
    if (row.p95)
        words.append(ServiceListModel::tr("%1; the line is that of every 3 min of the last hour")
                         .arg(p95Words(row)));
    if (row.version)
        words.append(row.versionWords);
    if (row.contract)
        words.append(row.contractWords);
    return words.isEmpty() ? QString() : plainToolTip(words.join(u'\n'));
}

} // namespace

ServiceListModel::ServiceListModel(const EnvironmentServices& services, QString environment,
                                   QObject* parent)
    : QAbstractListModel(parent)
    , m_health(services.health)
    , m_versions(services.versions)
    , m_contracts(services.contracts)
    , m_environment(std::move(environment)) {}

ServiceRow ServiceListModel::read(std::size_t service, models::Instant now) const {
    const app::HealthService::Watched& watched = m_health.services()[service];
    ServiceRow row;
    row.service = service;
    row.name = watched.service;
    row.standing = m_health.standing(watched, now);
    row.place = placeOf(m_health.workspace(), watched);
    row.isProbed = !watched.probes.empty();
    readVersion(row, now);
    readContract(row, now);
    if (!row.isProbed)
        return row;
    const models::ProbeHealth& first = m_health.probe(watched.probes.front());
    row.beats = first.beats(beatCount, now);
    readLatency(first, now, row);
    return row;
}

LatencyTrend ServiceListModel::trendOf(const ServiceRow& row, models::Instant now) const {
    LatencyTrend trend;
    if (!row.isProbed)
        return trend;
    const auto part = std::chrono::nanoseconds(trendPart).count();
    const std::int64_t last = now.nanoseconds / part;
    const std::int64_t first = last - trendSpan / trendPart + 1;
    const models::ProbeHealth& probe =
        m_health.probe(m_health.services()[row.service].probes.front());
    trend.resize(trendSpan / trendPart);
    for (const models::HealthSpan& span :
         probe.series().spans({first * part}, {now.nanoseconds + 1'000'000}, trendPart))
        trend[std::clamp<std::int64_t>(span.first.nanoseconds / part - first, 0,
                                       trend.size() - 1)] = span.p95;
    return trend;
}

void ServiceListModel::readVersion(ServiceRow& row, models::Instant now) const {
    const auto standing = m_versions.standing(m_environment, row.name, now);
    row.version.reset();
    if (!standing)
        return;
    row.version = versionMark(*standing);
    row.versionAt = standing->at;
    row.versionWords = ui::versionWords(*standing, now);
}

void ServiceListModel::readContract(ServiceRow& row, models::Instant now) const {
    const auto standing = m_contracts.standing(m_environment, row.name, now);
    row.contract.reset();
    if (!standing)
        return;
    row.contract = standing->verdict;
    row.contractWords =
        tr("Contract: %1, %2").arg(contractWord(standing->verdict), standing->words);
    if (!standing->at.isNull())
        row.contractWords += QStringLiteral(", ") + formatAge(standing->at, now);
}

void ServiceListModel::rebuild(models::Instant now) {
    beginResetModel();
    m_rows.clear();
    m_noted.clear();
    for (std::size_t i = 0; i < m_health.services().size(); ++i) {
        if (m_health.services()[i].environment == m_environment)
            m_rows.push_back(read(i, now));
    }
    alignVersions();
    std::sort(m_rows.begin(), m_rows.end(), isBefore);
    endResetModel();
}

void ServiceListModel::alignVersions() {
    const bool isOne = std::any_of(m_rows.begin(), m_rows.end(),
                                   [](const ServiceRow& row) { return row.version.has_value(); });
    for (ServiceRow& row : m_rows)
        row.isBesideVersions = isOne;
}

int ServiceListModel::rowOf(std::size_t service) const {
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [service](const ServiceRow& row) {
        return row.service == service;
    });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

void ServiceListModel::note(std::size_t service) {
    m_noted.push_back(service);
}

void ServiceListModel::settle(models::Instant now) {
    if (m_noted.empty())
        return;
    std::sort(m_noted.begin(), m_noted.end());
    int first = rowCount();
    int last = -1;
    for (int i = 0; i < rowCount(); ++i) {
        ServiceRow& row = m_rows[static_cast<std::size_t>(i)];
        if (!std::binary_search(m_noted.begin(), m_noted.end(), row.service))
            continue;
        row = read(row.service, now);
        first = std::min(first, i);
        last = i;
    }
    m_noted.clear();
    alignVersions();
    sort();
    if (last >= 0)
        Q_EMIT dataChanged(index(first), index(last));
}

void ServiceListModel::tick(models::Instant now) {
    for (ServiceRow& row : m_rows) {
        const app::HealthService::Watched& watched = m_health.services()[row.service];
        row.standing = m_health.standing(watched, now);
        const bool isLate = row.standing.state == models::HealthState::Stale;
        if (isLate && !watched.probes.empty())
            row.beats = m_health.probe(watched.probes.front()).beats(beatCount, now);
        readVersion(row, now);
        readContract(row, now);
    }
    alignVersions();
    sort();
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

/// Rows move only where one stands otherwise than before.
void ServiceListModel::sort() {
    if (std::is_sorted(m_rows.begin(), m_rows.end(), isBefore))
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::vector<std::size_t> services;
    services.reserve(static_cast<std::size_t>(before.size()));
    for (const QModelIndex& each : before)
        services.push_back(m_rows[static_cast<std::size_t>(each.row())].service);
    std::sort(m_rows.begin(), m_rows.end(), isBefore);
    QModelIndexList after;
    for (const std::size_t service : services)
        after.append(index(rowOf(service)));
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

int ServiceListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ServiceListModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const ServiceRow& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return row.name;
    case Qt::AccessibleTextRole: {
        QStringList words{row.name, stateWord(row.standing.state), row.standing.words};
        if (row.p95)
            words.append(p95Words(row));
        if (row.version)
            words.append(row.versionWords);
        if (row.contract)
            words.append(row.contractWords);
        if (!row.standing.at.isNull())
            words.append(formatAge(row.standing.at, presentInstant()));
        return words.join(QStringLiteral(", "));
    }
    case Qt::ToolTipRole:
        return toolTipOf(row);
    case RowRole:
        // A delegate on this thread reads it at once: no copy for every row of every paint.
        return QVariant::fromValue(&row);
    case TrendRole:
        return QVariant::fromValue(trendOf(row, presentInstant()));
    default:
        return {};
    }
}

} // namespace ui
