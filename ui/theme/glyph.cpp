// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/glyph.h"

#include "ui/theme/icon.h"
#include "ui/theme/runtone.h"
#include "ui/theme/svg.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace ui {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("ui::Glyph", text);
}

QString fileName(Glyph glyph) {
    switch (glyph) {
    case Glyph::Passed:
        return QStringLiteral("passed");
    case Glyph::Failed:
        return QStringLiteral("failed");
    case Glyph::Running:
        return QStringLiteral("running");
    case Glyph::Waiting:
        return QStringLiteral("waiting");
    case Glyph::Unknown:
        return QStringLiteral("unknown");
    case Glyph::Skipped:
        return QStringLiteral("skipped");
    case Glyph::Pending:
        return QStringLiteral("pending");
    case Glyph::Blocked:
        return QStringLiteral("blocked");
    case Glyph::Stale:
        return QStringLiteral("stale");
    case Glyph::Manual:
        return QStringLiteral("manual");
    case Glyph::Command:
        return QStringLiteral("command");
    case Glyph::Http:
        return QStringLiteral("http");
    case Glyph::Check:
        return QStringLiteral("check");
    case Glyph::Gate:
        return QStringLiteral("gate");
    case Glyph::Wait:
        return QStringLiteral("wait");
    case Glyph::Approval:
        return QStringLiteral("approval");
    case Glyph::Deploy:
        return QStringLiteral("deploy");
    case Glyph::Rollback:
        return QStringLiteral("rollback");
    case Glyph::Burst:
        return QStringLiteral("burst");
    case Glyph::Warning:
        return QStringLiteral("warning");
    case Glyph::Information:
        return QStringLiteral("information");
    }
    return {};
}

QString filePath(Glyph glyph) {
    return QStringLiteral(":/icons/glyphs/%1.svg").arg(fileName(glyph));
}

} // namespace

void paintGlyph(QPainter& painter, const QRectF& rect, Glyph glyph, const QColor& tint) {
    const int side = static_cast<int>(std::min(rect.width(), rect.height()));
    if (side <= 0)
        return;
    const QPoint corner(static_cast<int>(rect.center().x() - side / 2.0 + 0.5),
                        static_cast<int>(rect.center().y() - side / 2.0 + 0.5));
    const qreal ratio = painter.device() == nullptr ? 1.0 : painter.device()->devicePixelRatio();
    painter.drawPixmap(corner, svgPixmap(filePath(glyph), tint, side, ratio));
}

void paintStatus(QPainter& painter, const QRectF& rect, models::StepStatus status) {
    const int degrees = Theme::instance().turnDegrees();
    if (status != models::StepStatus::Running || degrees == 0) {
        paintGlyph(painter, rect, statusGlyph(status), statusColour(status));
        return;
    }
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const QRectF centred(-rect.width() / 2, -rect.height() / 2, rect.width(), rect.height());
    painter.translate(rect.center());
    painter.rotate(degrees);
    paintGlyph(painter, centred, Glyph::Running, statusColour(status));
    painter.restore();
}

Glyph statusGlyph(models::StepStatus status) {
    switch (status) {
    case models::StepStatus::Pending:
        return Glyph::Pending;
    case models::StepStatus::Blocked:
        return Glyph::Blocked;
    case models::StepStatus::Running:
        return Glyph::Running;
    case models::StepStatus::Waiting:
        return Glyph::Waiting;
    case models::StepStatus::Passed:
        return Glyph::Passed;
    case models::StepStatus::Failed:
        return Glyph::Failed;
    case models::StepStatus::Unknown:
        return Glyph::Unknown;
    case models::StepStatus::Skipped:
        return Glyph::Skipped;
    }
    return Glyph::Unknown;
}

Glyph kindGlyph(models::StepKind kind) {
    switch (kind) {
    case models::StepKind::Manual:
        return Glyph::Manual;
    case models::StepKind::Command:
        return Glyph::Command;
    case models::StepKind::Http:
        return Glyph::Http;
    case models::StepKind::Check:
        return Glyph::Check;
    case models::StepKind::Gate:
        return Glyph::Gate;
    case models::StepKind::Wait:
        return Glyph::Wait;
    case models::StepKind::Approval:
        return Glyph::Approval;
    }
    return Glyph::Manual;
}

QColor statusColour(models::StepStatus status) {
    switch (status) {
    case models::StepStatus::Pending:
        return colour(Colour::Quiet);
    case models::StepStatus::Blocked:
        return colour(Colour::Quiet);
    case models::StepStatus::Running:
        return colour(Colour::Accent);
    case models::StepStatus::Waiting:
        return colour(Colour::Waiting);
    case models::StepStatus::Passed:
        return colour(Colour::Pass);
    case models::StepStatus::Failed:
        return colour(Colour::Fail);
    case models::StepStatus::Unknown:
        return colour(Colour::Unknown);
    case models::StepStatus::Skipped:
        return colour(Colour::Quiet);
    }
    return colour(Colour::Unknown);
}

QString statusWord(models::StepStatus status) {
    switch (status) {
    case models::StepStatus::Pending:
        return tr("Pending");
    case models::StepStatus::Blocked:
        return tr("Blocked");
    case models::StepStatus::Running:
        return tr("Running");
    case models::StepStatus::Waiting:
        return tr("Waiting");
    case models::StepStatus::Passed:
        return tr("Passed");
    case models::StepStatus::Failed:
        return tr("Failed");
    case models::StepStatus::Unknown:
        return tr("Unknown");
    case models::StepStatus::Skipped:
        return tr("Skipped");
    }
    return {};
}

QString standingWord(models::StepStatus status, const QString& standing) {
    return standing == models::stepStatusName(status)
               ? statusWord(status)
               : standing.left(1).toUpper() + standing.mid(1);
}

QString kindWord(models::StepKind kind) {
    switch (kind) {
    case models::StepKind::Manual:
        return tr("Manual");
    case models::StepKind::Command:
        return tr("Command");
    case models::StepKind::Http:
        return tr("HTTP");
    case models::StepKind::Check:
        return tr("Check");
    case models::StepKind::Gate:
        return tr("Gate");
    case models::StepKind::Wait:
        return tr("Wait");
    case models::StepKind::Approval:
        return tr("Approval");
    }
    return {};
}

Glyph verdictGlyph(models::Verdict verdict) {
    switch (verdict) {
    case models::Verdict::Pass:
        return Glyph::Passed;
    case models::Verdict::Fail:
        return Glyph::Failed;
    case models::Verdict::Unknown:
        break;
    }
    return Glyph::Unknown;
}

Colour verdictTone(models::Verdict verdict) {
    switch (verdict) {
    case models::Verdict::Pass:
        return Colour::Pass;
    case models::Verdict::Fail:
        return Colour::Fail;
    case models::Verdict::Unknown:
        break;
    }
    return Colour::Unknown;
}

QIcon glyphIcon(Glyph glyph, Colour token) {
    return svgIcon(filePath(glyph), colour(token));
}

QString runWord(models::RunStatus status, models::RunOutcome outcome) {
    if (status == models::RunStatus::Open)
        return tr("Open");
    if (status == models::RunStatus::Watching)
        return tr("Watching");
    switch (outcome) {
    case models::RunOutcome::None:
        return tr("Closed");
    case models::RunOutcome::Succeeded:
        return tr("Succeeded");
    case models::RunOutcome::SucceededWithDeviations:
        return tr("Succeeded with deviations");
    case models::RunOutcome::Failed:
        return tr("Failed");
    case models::RunOutcome::Aborted:
        return tr("Aborted");
    case models::RunOutcome::RolledBack:
        return tr("Rolled back");
    case models::RunOutcome::RollbackFailed:
        return tr("Rollback failed");
    }
    return {};
}

QColor runColour(models::RunStatus status, models::RunOutcome outcome) {
    return colour(runTone(status, outcome));
}

Glyph runGlyph(models::RunStatus status, models::RunOutcome outcome) {
    if (status == models::RunStatus::Open)
        return Glyph::Pending;
    if (status == models::RunStatus::Watching)
        return Glyph::Waiting;
    switch (outcome) {
    case models::RunOutcome::None:
        return Glyph::Unknown;
    case models::RunOutcome::Succeeded:
        return Glyph::Passed;
    case models::RunOutcome::SucceededWithDeviations:
        return Glyph::Passed;
    case models::RunOutcome::Failed:
        return Glyph::Failed;
    case models::RunOutcome::Aborted:
        return Glyph::Skipped;
    case models::RunOutcome::RolledBack:
        return Glyph::Skipped;
    case models::RunOutcome::RollbackFailed:
        return Glyph::Failed;
    }
    return Glyph::Unknown;
}

} // namespace ui
