// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/conditionlistmodel.h"

#include <algorithm>

namespace ui {

namespace {

QString tr(const char* text) {
    return ConditionListModel::tr(text);
}

void settleHeld(ConditionRow& row, models::Severity severity) {
    switch (severity) {
    case models::Severity::Error:
        row.glyph = Glyph::Failed;
        row.tone = Colour::Fail;
        row.word = tr("Holds");
        break;
    case models::Severity::Warning:
        row.glyph = Glyph::Warning;
        row.tone = Colour::Warn;
        row.word = tr("Holds (warning)");
        break;
    case models::Severity::Hint:
        row.glyph = Glyph::Information;
        row.tone = Colour::Quiet;
        row.word = tr("Holds (information)");
        break;
    }
}

ConditionRow rowOf(const models::TriggerWatch& watch, models::Instant now) {
    ConditionRow row;
    row.undated = tr("not read yet");
    row.name = watch.trigger().name;
    row.words = watch.words(now);
    row.at = watch.lastAt();
    row.condition = watch.trigger().when;
    row.height = StandingRow::Height::TwoLines; // its numbers are what people read it for
    switch (watch.state(now)) {
    case models::TriggerState::Holds:
        settleHeld(row, watch.trigger().severity);
        break;
    case models::TriggerState::Clear:
        row.glyph = Glyph::Passed;
        row.tone = Colour::Pass;
        row.word = tr("Clear");
        break;
    case models::TriggerState::Unknown:
        row.word = tr("Unknown");
        break;
    }
    return row;
}

ConditionRow rowOf(const models::MetricHealth& health, models::Instant now) {
    ConditionRow row;
    row.undated = tr("not read yet");
    row.name = health.metric().name;
    row.condition = row.name;
    row.glyph = Glyph::Check;
    row.tone = Colour::Quiet;
    const models::HealthValue value = health.value(now).value;
    row.word = models::valueWords(value, models::formOf(health.metric().scale));
    if (const auto* const missing = std::get_if<models::Missing>(&value)) {
        row.glyph = Glyph::Unknown;
        row.tone = Colour::Unknown;
        row.word = tr("Unknown");
        row.words = missing->reason;
        row.height = StandingRow::Height::TwoLines; // why is longer than a narrow column is wide
    }
    if (health.last())
        row.at = health.last()->at;
    return row;
}

} // namespace

ConditionListModel::ConditionListModel(const app::EnvironmentWatch& watch, QString environment,
                                       QObject* parent)
    : QAbstractListModel(parent)
    , m_watch(watch)
    , m_environment(std::move(environment)) {}

std::vector<ConditionRow> ConditionListModel::read(models::Instant now) const {
    std::vector<ConditionRow> rows;
    const auto* const watched = m_watch.environment(m_environment);
    if (watched == nullptr)
        return rows;
    std::vector<std::size_t> triggers = watched->triggers;
    std::stable_sort(triggers.begin(), triggers.end(), [&](std::size_t one, std::size_t other) {
        const auto rank = [&](std::size_t number) {
            const models::TriggerWatch& trigger = m_watch.trigger(number);
            return std::pair(trigger.state(now), trigger.trigger().severity);
        };
        return rank(one) < rank(other);
    });
    for (const std::size_t number : triggers)
        rows.push_back(rowOf(m_watch.trigger(number), now));
    for (const std::size_t number : watched->metrics)
        rows.push_back(rowOf(m_watch.metric(number), now));
    return rows;
}

void ConditionListModel::settle(models::Instant now) {
    std::vector<ConditionRow> rows = read(now);
    const bool isSame = std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(),
                                   [](const ConditionRow& one, const ConditionRow& other) {
                                       return one.name == other.name &&
                                              one.condition == other.condition &&
                                              one.height == other.height;
                                   });
    if (!isSame)
        beginResetModel();
    m_rows = std::move(rows);
    if (!isSame)
        endResetModel();
    else if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

int ConditionListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ConditionListModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const ConditionRow& row = m_rows[static_cast<std::size_t>(index.row())];
    return role == ConditionRole ? QVariant(row.condition) : standingData(row, role);
}

} // namespace ui
