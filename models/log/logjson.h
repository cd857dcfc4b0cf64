// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logfields.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace models {

/// A JSON text with a line for each member, two blanks deeper each level; names, numbers and their
/// order as they stand. Whatever else a text is stays as it is.
[[nodiscard]] QByteArray prettyJson(QByteArrayView json);

/// A line's fields as a JSON object: the one that it is, or one of its `name=value` pairs. Empty
/// where it has none.
[[nodiscard]] QByteArray jsonOfLine(QByteArrayView line);

/// A field's value with its escapes resolved; invalid UTF-8 as U+FFFD.
[[nodiscard]] QString valueText(const LogField& field);

/// The fields with those of nested objects in their place, their names joined by dots: at most 8
/// levels and 2,000 fields. What is nested deeper, and arrays, stay one value.
struct FlatField {
    QString name;
    QString value;

    bool operator==(const FlatField&) const = default;
};
[[nodiscard]] QList<FlatField> flatFields(QByteArrayView line);

} // namespace models
