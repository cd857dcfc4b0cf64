// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/golive.h"

#include <QJsonArray>
#include <QJsonObject>

namespace models {

/// As it stands in the plan of RunStarted, and in WatchStarted.
[[nodiscard]] QJsonObject goLiveToJson(const GoLiveRules& rules);
/// Runs of before there were rules have none: no triggers and no watch.
[[nodiscard]] GoLiveRules goLiveFromJson(const QJsonObject& object);

[[nodiscard]] QJsonObject gateRuleToJson(const GateRule& rule);
[[nodiscard]] GateRule gateRuleFromJson(const QJsonObject& object);
[[nodiscard]] QJsonObject watchRuleToJson(const WatchRule& rule);
[[nodiscard]] WatchRule watchRuleFromJson(const QJsonObject& object);

[[nodiscard]] QJsonArray leavesToJson(const QList<LeafReading>& leaves);
[[nodiscard]] QList<LeafReading> leavesFromJson(const QJsonArray& list);

} // namespace models
