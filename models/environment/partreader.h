// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/diagnostic.h"
#include "models/environment/yaml.h"

#include <QStringList>

#include <functional>

namespace models {

/// Where a command of this node runs; reports it where nothing says so.
using PlacesOf = std::function<QStringList(const YamlNode& node)>;

/// The one thing that a node names.
template <typename Kind>
struct NamedThing {
    const YamlNode* node = nullptr;   ///< nullptr: nothing
    const YamlNode* second = nullptr; ///< where it names another one too
    Kind kind{};
};

/// kinds: keys, each with its kind, in the order in which they are looked for.
template <typename Kinds>
[[nodiscard]] auto namedThing(const YamlNode& node, const Kinds& kinds) {
    NamedThing<typename Kinds::value_type::second_type> named;
    for (const auto& [key, kind] : kinds) {
        const YamlNode* const found = node.find(key);
        if (found != nullptr && named.node != nullptr) {
            named.second = found;
            return named;
        }
        if (found != nullptr)
            named = {found, nullptr, kind};
    }
    return named;
}

/// What the readers of a service's parts have in common. Refers to what outlives it.
class PartReader {
protected:
    PartReader(const PlacesOf& placesOf, Diagnostics& diagnostics)
        : m_placesOf(placesOf)
        , m_diagnostics(diagnostics) {}

    void report(const YamlNode& node, const QString& message, Severity severity = Severity::Error) {
        m_diagnostics.append({node.line, node.column, severity, message});
    }

    const PlacesOf& m_placesOf;
    Diagnostics& m_diagnostics;
};

} // namespace models
