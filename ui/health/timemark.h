// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "ui/theme/glyph.h"

#include <QList>
#include <QString>

namespace ui {

/// Something that happened and that a chart is to be read beside: a run, a step, a service that
/// began to fail.
struct TimeMark {
    models::Instant at;
    models::Instant until; ///< null: it was a moment
    Glyph glyph = Glyph::Running;
    Colour tone = Colour::Quiet;
    QString words; ///< what happened, without its time

    bool operator==(const TimeMark&) const = default;
};
using TimeMarks = QList<TimeMark>;

} // namespace ui
