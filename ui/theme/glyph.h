// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/verdict.h"
#include "models/run/runstate.h"
#include "ui/theme/tokens.h"

#include <QColor>
#include <QIcon>

class QPainter;
class QRectF;

namespace ui {

/// The small signs of states and kinds. Shapes differ, so that none depends on its colour.
enum class Glyph {
    Passed,
    Failed,
    Running,
    Waiting,
    Unknown,
    Skipped,
    Pending,
    Blocked,
    Stale,
    Manual,
    Command,
    Http,
    Check,
    Gate,
    Wait,
    Approval,
    Deploy,
    Rollback,
    Burst, ///< many at once
    Warning,
    Information, ///< neither good nor bad
};

/// Drawn from a cache, in the square that fits the rectangle's centre. Main thread.
void paintGlyph(QPainter& painter, const QRectF& rect, Glyph glyph, const QColor& colour);
/// The state's glyph in its colour; the ring of a running step stands at Theme::turnDegrees(), and
/// whoever shows one repaints it now and then.
void paintStatus(QPainter& painter, const QRectF& rect, models::StepStatus status);

[[nodiscard]] Glyph statusGlyph(models::StepStatus status);
[[nodiscard]] Glyph kindGlyph(models::StepKind kind);
[[nodiscard]] QColor statusColour(models::StepStatus status);
/// "Passed", "Failed": to stand beside the glyph.
[[nodiscard]] QString statusWord(models::StepStatus status);
/// The same of a step as it stands: "Never decided". standing: models::standingWords().
[[nodiscard]] QString standingWord(models::StepStatus status, const QString& standing);
/// "Manual", "Command" …
[[nodiscard]] QString kindWord(models::StepKind kind);
[[nodiscard]] Glyph verdictGlyph(models::Verdict verdict);
[[nodiscard]] Colour verdictTone(models::Verdict verdict);
[[nodiscard]] QIcon glyphIcon(Glyph glyph, Colour colour);

/// "Succeeded", "Aborted"; "Open" or "Watching" while it is not closed.
[[nodiscard]] QString runWord(models::RunStatus status, models::RunOutcome outcome);
[[nodiscard]] QColor runColour(models::RunStatus status, models::RunOutcome outcome);
[[nodiscard]] Glyph runGlyph(models::RunStatus status, models::RunOutcome outcome);

} // namespace ui
