// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/version/versionstanding.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/chip.h"

#include <QString>

namespace ui {

/// A version in a row: the version itself, and the word for its drift below.
struct VersionMark {
    QString text;
    QString word; ///< "hosts differ", "3 behind main", "unknown"; empty: nothing is to be said
    Colour tone = Colour::Quiet;
    Chip::Look look = Chip::Look::Tinted; ///< outlined where it drifts

    bool operator==(const VersionMark&) const = default;
};

[[nodiscard]] VersionMark versionMark(const models::VersionStanding& standing);
/// "Hosts differ", "Not as expected" …: the name of the drift, or how else it stands.
[[nodiscard]] QString versionWord(const models::VersionStanding& standing);
/// All that is to be said of it, for a tool tip and for a screen reader.
[[nodiscard]] QString versionWords(const models::VersionStanding& standing, models::Instant now);
/// What the environment before has more, as in "+3"; "differs" where nobody can count it, "?" where
/// it is not known. Empty: they are the same.
[[nodiscard]] QString aheadWords(const models::VersionComparison& promoted);

} // namespace ui
