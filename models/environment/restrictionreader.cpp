// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/restrictionreader.h"

#include "models/environment/schema.h"
#include "models/environment/workspaceschema.h"

#include <QDateTime>

#include <algorithm>
#include <limits>
#include <optional>

namespace models {

namespace {

using Place = std::pair<int, int>;

void report(const YamlNode& node, const QString& message, Diagnostics& diagnostics) {
    diagnostics.append({node.line, node.column, Severity::Error, message});
}

/// The year 9999 is written for "until further notice": what lies beyond an Instant is its end.
Instant momentOf(const QDateTime& time) {
    using Limits = std::numeric_limits<std::int64_t>;
    constexpr std::int64_t perMillisecond = 1'000'000;
    const std::int64_t milliseconds = time.toMSecsSinceEpoch();
    if (milliseconds >= Limits::max() / perMillisecond)
        return {Limits::max()};
    if (milliseconds <= Limits::min() / perMillisecond)
        return {Limits::min()};
    return {milliseconds * perMillisecond};
}

/// Nothing where it is not there; what is no time is reported.
std::optional<Instant> readMoment(const YamlNode* node, Diagnostics& diagnostics) {
    if (node == nullptr || !node->isScalar())
        return std::nullopt;
    const QDateTime time = QDateTime::fromString(node->text, Qt::ISODate);
    // A time without a zone would be another one at each console.
    if (time.isValid() && time.timeSpec() != Qt::LocalTime)
        return momentOf(time);
    report(*node,
           u"\"%1\" is no time with its zone. Write one such as 2026-11-22T01:00:00Z."_qs.arg(
               node->text),
           diagnostics);
    return std::nullopt;
}

QList<Maintenance> readWindows(const YamlNode& node, QStringView key, Diagnostics& diagnostics) {
    QList<Maintenance> windows;
    for (const YamlNode& item : node.isSequence() ? node.children : QList<YamlNode>()) {
        if (!item.isMap())
            continue; // reported by the schema
        const YamlNode* const from = item.find(u"from");
        const YamlNode* const until = item.find(u"until");
        const auto begin = readMoment(from, diagnostics);
        const auto end = readMoment(until, diagnostics);
        const bool isThere = from != nullptr && until != nullptr;
        if (begin && end && *begin < *end)
            windows.append({*begin, *end, textOf(item.find(u"reason"))});
        else if (!isThere || (begin && end))
            report(isThere ? *until : item,
                   u"Each %1 needs \"from\" and a later \"until\", such as "
                   "2026-11-22T01:00:00Z."_qs.arg(key),
                   diagnostics);
    }
    return windows;
}

void addPlaces(const YamlNode& node, QList<Place>& places) {
    places.append({node.line, node.column});
    if (!node.key.isEmpty())
        places.append({node.keyLine, node.keyColumn});
    for (const YamlNode& child : node.children)
        addPlaces(child, places);
}

} // namespace

const YamlNode* meantValue(const YamlNode& environment, QStringView key) {
    const QList<YamlNode>& all = environment.children;
    const auto found = std::find_if(all.cbegin(), all.cend(), [key](const YamlNode& child) {
        return isMeant(child, environmentSchema(), key);
    });
    return found == all.cend() ? nullptr : &*found;
}

bool readProtection(const YamlNode& environment, bool isWhole) {
    if (!environment.isMap() && environment.kind != YamlKind::Null)
        return true;
    bool isSaid = false;
    for (const YamlNode& child : environment.children) {
        if (!isMeant(child, environmentSchema(), u"protected"))
            continue;
        if (textOf(&child) != u"false")
            return true;
        isSaid = true;
    }
    return !isSaid && !isWhole;
}

QList<Maintenance> readMaintenance(const YamlNode& environment, Diagnostics& diagnostics) {
    const YamlNode* const node = environment.find(u"maintenance");
    return node != nullptr ? readWindows(*node, u"maintenance", diagnostics) : QList<Maintenance>();
}

void readFreezes(const YamlNode& node, Environment& environment, Diagnostics& diagnostics) {
    QList<Place> places;
    for (const YamlNode& child : node.children) {
        if (!isMeant(child, environmentSchema(), u"freeze"))
            continue;
        environment.freezes += readWindows(child, u"freeze", diagnostics);
        addPlaces(child, places);
    }
    std::copy_if(diagnostics.cbegin(), diagnostics.cend(),
                 std::back_inserter(environment.unreadFreezes), [&](const Diagnostic& one) {
                     return one.severity == Severity::Error &&
                            places.contains(Place(one.line, one.column));
                 });
}

} // namespace models
