// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "ui/theme/glyph.h"

#include <QMetaType>
#include <QString>
#include <QVariant>

namespace ui {

/// Something of an environment that is told in one row, as it stands.
struct StandingRow {
    enum class Height { OneLine, TwoLines };

    QString name;
    Glyph glyph = Glyph::Unknown;
    Colour tone = Colour::Unknown;
    QString word;  ///< how it stands: "Holds", "Running"; of a metric its value
    QString words; ///< the numbers, or why it is not known
    models::Instant at;
    QString aged;    ///< "started %1": what its age is of; empty: the age alone
    QString undated; ///< in place of an age, where there is none
    Height height = Height::OneLine;

    bool operator==(const StandingRow&) const = default;
};

/// "started 3 min ago", "not read yet"; may be empty.
[[nodiscard]] QString ageWords(const StandingRow& row, models::Instant now);
/// All that the row says.
[[nodiscard]] QString heardWords(const StandingRow& row, models::Instant now);

/// Of an item's data: const StandingRow*.
inline constexpr int standingRowRole = Qt::UserRole;
/// What a model of such rows says of one: standingRowRole, the name, and for tool tip and
/// accessible text all that the row says. The row stays the model's.
[[nodiscard]] QVariant standingData(const StandingRow& row, int role);

} // namespace ui

Q_DECLARE_METATYPE(const ui::StandingRow*)
