// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/diagnostic.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace models {

enum class YamlKind { Null, Scalar, Sequence, Map };

/// One value of a YAML document with its place. A value of a map also carries its key.
struct YamlNode {
    YamlKind kind = YamlKind::Null;
    int line = 1;             ///< from 1
    int column = 1;           ///< from 1
    QString text;             ///< of a scalar
    bool quoted = false;      ///< a scalar in quotes or a block: text, whatever it looks like
    QList<YamlNode> children; ///< of a sequence or map, in the order of the file
    QString key;              ///< in a map
    int keyLine = 1;
    int keyColumn = 1;

    [[nodiscard]] bool isMap() const { return kind == YamlKind::Map; }
    [[nodiscard]] bool isSequence() const { return kind == YamlKind::Sequence; }
    [[nodiscard]] bool isScalar() const { return kind == YamlKind::Scalar; }
    /// The first value under this key, nullptr where there is none.
    [[nodiscard]] const YamlNode* find(QStringView name) const;
};

/// Of a scalar; empty for anything else, and for nothing.
[[nodiscard]] QString textOf(const YamlNode* node);
/// One text, or those of a list.
[[nodiscard]] QStringList textsOf(const YamlNode* node);

/// What could be read, and what was wrong with it.
struct YamlDocument {
    YamlNode root;
    Diagnostics diagnostics;
    bool isWhole = true; ///< false: what stands behind a mistake was not read
};

/// Bounds that keep any bytes from costing much: aliases count with all that they stand for.
struct YamlLimits {
    qsizetype bytes = 1024 * 1024;
    int depth = 48;
    int values = 50'000;
};

/// Reads the first document, and reports another. Pure; any bytes are accepted. After a syntax
/// error the values before it are kept. A key that comes twice is reported and both are kept,
/// find() gives the first.
[[nodiscard]] YamlDocument parseYaml(const QByteArray& bytes, const YamlLimits& limits = {});

} // namespace models
