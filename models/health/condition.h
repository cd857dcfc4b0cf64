// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/healthvalue.h"

#include <QList>
#include <QString>

#include <tl/expected.hpp>

#include <chrono>
#include <cstdint>
#include <vector>

namespace models {

/// One name or index of a path: `body`, `[0]`, `["content-type"]`.
struct PathPart {
    QString name;
    int index = -1; ///< where it is not -1, this counts and there is no name

    bool operator==(const PathPart&) const = default;
};
using HealthPath = QList<PathPart>;

/// As it is written: `portal.health.http.total`, `body.items[0]["content-type"]`.
[[nodiscard]] QString pathText(const HealthPath& path);

/// A piece of a condition. Parts are owned; a value.
struct ConditionNode {
    enum class Kind : std::uint8_t {
        Literal,
        Path,
        Call,
        Not,
        And,
        Or,
        Equal,
        NotEqual,
        Less,
        LessOrEqual,
        Greater,
        GreaterOrEqual,
        In, ///< the first part among the others
        Add,
        Subtract,
        Multiply,
        Divide,
    };

    Kind kind = Kind::Literal;
    HealthValue literal;
    bool isPercent = false; ///< the literal was written with a %
    HealthPath path;
    QString function; ///< of a call
    std::vector<ConditionNode> parts;
    int begin = 0; ///< where it stands in the text, in UTF-16 units
    int end = 0;
};

/// How often, or for how long, it must have been so.
struct Sustain {
    enum class Kind : std::uint8_t { Once, Checks, Time };

    Kind kind = Kind::Once;
    int needed = 1; ///< checks that must pass …
    int of = 1;     ///< … of so many, the newest ones
    std::chrono::milliseconds time{0};

    bool operator==(const Sustain&) const = default;
};

/// Why a text is no condition, and what to write instead.
struct ConditionError {
    int column = 1; ///< in UTF-16 units, from 1
    QString message;

    bool operator==(const ConditionError&) const = default;
};

/// A question about health that can be decided on numbers: a gate's, a trigger's or a check's.
/// Immutable; copies are cheap enough to hand about.
///
/// Grammar (`=` alone is an error, for it is taken for a comparison as often as for a value):
///
///     condition = or [ "for" ( N "checks" | N "of" N "checks" | duration ) ]
///     or   = and { "||" and }        and = not { "&&" not }        not = [ "!" ] cmp
///     cmp  = sum [ ( "==" | "!=" | "<" | "<=" | ">" | ">=" ) sum | "in" "[" sum { "," sum } "]" ]
///     sum  = prod { ( "+" | "-" ) prod }      prod = factor { ( "*" | "/" ) factor }
///     factor = number "x" primary | primary
///     primary = number [ unit ] | string | "true" | "false" | "null" | path
///             | name "(" args ")" | "(" or ")"
///     path = name { "." name | "[" ( integer | string ) "]" }
///     unit = ms | s | m | h | d | % | KB | MB | GB
class Condition {
public:
    /// Refuses as well what can never be decided: a duration compared with a number, a function
    /// that is not known, a window that is no duration.
    [[nodiscard]] static tl::expected<Condition, ConditionError> parse(const QString& text);

    [[nodiscard]] const QString& text() const { return m_text; }
    [[nodiscard]] const ConditionNode& root() const { return m_root; }
    [[nodiscard]] const Sustain& sustain() const { return m_sustain; }
    /// A piece of it as it is written.
    [[nodiscard]] QString textOf(const ConditionNode& node) const {
        return m_text.mid(node.begin, node.end - node.begin);
    }
    /// Every path that it reads or asks a window of, each once.
    [[nodiscard]] QList<HealthPath> paths() const;

private:
    QString m_text;
    ConditionNode m_root;
    Sustain m_sustain;
};

} // namespace models
