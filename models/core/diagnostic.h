// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace models {

/// A place in a text, counted from 1.
struct TextPosition {
    int line = 1;
    int column = 1;

    bool operator==(const TextPosition&) const = default;
};

enum class Severity { Error, Warning, Hint };

/// A remark about a place in a text. Line and column count from 1; the message suggests the repair.
struct Diagnostic {
    int line = 1;
    int column = 1;
    Severity severity = Severity::Warning;
    QString message;

    bool operator==(const Diagnostic&) const = default;
};

using Diagnostics = QList<Diagnostic>;

} // namespace models
