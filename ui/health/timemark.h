// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "ui/theme/glyph.h"

#include <QList>
#include <QString>

#include <cstdint>

namespace ui {

/// What kind of thing happened: each has a sign of its own in the legend.
enum class MarkKind : std::uint8_t { Deploy, Rollback, Run, Step, Burst, Change };

/// Something that happened and that a chart is to be read beside: a run, a step, a service that
/// began to fail.
struct TimeMark {
    models::Instant at;
    models::Instant until; ///< null: it was a moment
    Glyph glyph = Glyph::Running;
    Colour tone = Colour::Quiet;
    QString words; ///< what happened, without its time
    MarkKind kind = MarkKind::Step;
    QString environment = {}; ///< in which it was; empty: in all

    bool operator==(const TimeMark&) const = default;
};
using TimeMarks = QList<TimeMark>;

/// As the legend shows it.
struct MarkSign {
    Glyph glyph = Glyph::Running;
    Colour tone = Colour::Quiet;
    QString word;
};
[[nodiscard]] MarkSign signOf(MarkKind kind);

} // namespace ui
