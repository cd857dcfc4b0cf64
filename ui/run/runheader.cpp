// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/runheader.h"

#include "models/version/versionreading.h"
#include "ui/run/words.h"
#include "ui/theme/glyph.h"
#include "ui/theme/icon.h"
#include "ui/theme/runtone.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/textlabel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

#include <algorithm>

namespace ui {

namespace {

constexpr int headerHeight = 52;
constexpr int searchWidth = 200;

/// "portal v1.4.0 → v1.5.0", one a line; without the left side where it was not seen.
QString targetWords(const models::PlanContext& context) {
    QStringList lines;
    for (auto one = context.target.cbegin(); one != context.target.cend(); ++one) {
        QStringList words{one.key(), models::shortVersion(context.previous.value(one.key())),
                          u"→"_qs, models::shortVersion(*one)};
        if (words[1].isEmpty())
            words.remove(1, 2);
        words.removeAll(QString());
        lines.append(words.join(u' '));
    }
    return lines.join(u'\n');
}

/// The same as it has room in a chip.
QString targetText(const models::PlanContext& context) {
    const QString first = targetWords(context).section(u'\n', 0, 0);
    const qsizetype more = context.target.size() - 1;
    return more > 0 ? RunHeader::tr("%1 and %2 more").arg(first).arg(more) : first;
}

} // namespace

RunHeader::RunHeader(QWidget* parent)
    : QWidget(parent)
    , m_title(new ElidedLabel({}, TextRole::Title))
    , m_environment(new Chip)
    , m_target(new Chip)
    , m_standing(new Chip)
    , m_remarks(new ActionButton({}, ButtonKind::Quiet))
    , m_timeline(new ActionButton(tr("Timeline"), ButtonKind::Plain))
    , m_filter(new QComboBox)
    , m_search(new SearchField(tr("Filter steps")))
    , m_details(new QToolButton) {
    setObjectName(QStringLiteral("runHeader"));
    setFixedHeight(headerHeight);
    m_title->setObjectName(QStringLiteral("runTitle"));
    m_title->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_remarks->setObjectName(QStringLiteral("remarksButton"));
    m_remarks->setToolTip(tr("What the document could say more clearly"));
    m_timeline->setObjectName(QStringLiteral("timelineButton"));
    m_timeline->setCheckable(true);
    m_timeline->setToolTip(tr("What happened, on one axis of time (T)"));
    m_filter->setObjectName(QStringLiteral("stateFilter"));
    m_filter->setAccessibleName(tr("Show steps that are"));
    m_filter->addItem(tr("All steps"), int(models::RunFilter::All));
    m_filter->addItem(tr("Open"), int(models::RunFilter::Open));
    m_filter->addItem(tr("Running"), int(models::RunFilter::Running));
    m_filter->addItem(tr("Failed or unknown"), int(models::RunFilter::Failed));
    m_filter->addItem(tr("Done"), int(models::RunFilter::Done));
    m_search->setObjectName(QStringLiteral("stepFilter"));
    m_search->setAccessibleName(tr("Filter steps by text"));
    m_search->setMaximumWidth(searchWidth);
    m_search->setToolTip(tr("Filter steps (F)"));
    m_details->setObjectName(QStringLiteral("detailsButton"));
    m_details->setIcon(icon(QStringLiteral("view-right-new")));
    m_details->setToolTip(tr("Show details (D)"));
    m_details->setAccessibleName(tr("Show details"));
    m_details->hide();
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::l, 0, space::l, 1);
    row->setSpacing(space::s);
    row->addWidget(m_title, 2);
    row->addWidget(m_environment);
    row->addWidget(m_target);
    row->addWidget(m_standing);
    row->addWidget(m_remarks);
    row->addStretch(1);
    row->addWidget(m_timeline);
    row->addWidget(m_filter);
    row->addWidget(m_search, 1);
    row->addWidget(m_details);
    connect(m_remarks, &ActionButton::clicked, this, &RunHeader::remarksRequested);
    connect(m_timeline, &ActionButton::toggled, this, &RunHeader::timelineToggled);
    connect(m_details, &QToolButton::clicked, this, &RunHeader::detailsRequested);
    connect(m_search, &SearchField::textChanged, this, &RunHeader::textChanged);
    connect(m_search, &SearchField::left, this, &RunHeader::listRequested);
    connect(m_search, &SearchField::listRequested, this, &RunHeader::listRequested);
    connect(m_filter, &QComboBox::currentIndexChanged, this,
            [this] { Q_EMIT filterChanged(models::RunFilter(m_filter->currentData().toInt())); });
}

void RunHeader::showRun(const models::RunState& state, RunAccess access) {
    const models::Plan& plan = *state.plan;
    const QString name =
        plan.runbook.title.isEmpty() ? plan.context.runbookPath : plan.runbook.title;
    m_title->setFullText(plan.isRollback() ? tr("Rollback of %1").arg(name) : name);
    m_environment->setText(plan.context.environment);
    m_environment->setTone(plan.context.isProtected ? Colour::Fail : Colour::Accent);
    m_target->setText(targetText(plan.context));
    m_target->setToolTip(plainToolTip(targetWords(plan.context)));
    m_target->setVisible(!plan.context.target.isEmpty());
    if (access == RunAccess::Preview) {
        m_standing->setText(tr("not started"));
        m_standing->setTone(Colour::Quiet);
        m_standing->setGlyph(std::nullopt);
    } else if (state.givenAway && state.status != models::RunStatus::Closed) {
        // How it stands where it is driven is not known here.
        m_standing->setText(tr("Handed over"));
        m_standing->setTone(Colour::Quiet);
        m_standing->setGlyph(std::nullopt);
    } else {
        m_standing->setText(state.paused ? tr("Paused") : runWord(state.status, state.outcome));
        m_standing->setTone(state.paused ? Colour::Waiting : runTone(state.status, state.outcome));
        m_standing->setGlyph(state.paused ? Glyph::Waiting : runGlyph(state.status, state.outcome));
    }
    m_timeline->setVisible(access != RunAccess::Preview);
    showRemarks(plan.runbook.diagnostics + plan.diagnostics);
}

/// The grave ones first, each kind with its number; hints are named where there is nothing else.
void RunHeader::showRemarks(const models::Diagnostics& diagnostics) {
    using models::Severity;
    const auto count = [&diagnostics](Severity severity) {
        return int(std::count_if(
            diagnostics.begin(), diagnostics.end(),
            [severity](const models::Diagnostic& one) { return one.severity == severity; }));
    };
    const int errors = count(Severity::Error);
    const int warnings = count(Severity::Warning);
    QStringList words;
    if (errors > 0)
        words << countText(errors, QStringLiteral("error"));
    if (warnings > 0)
        words << countText(warnings, QStringLiteral("warning"));
    if (words.isEmpty())
        words << countText(count(Severity::Hint), QStringLiteral("hint"));
    m_remarks->setVisible(!diagnostics.isEmpty());
    m_remarks->setText(words.join(QStringLiteral(", ")));
    const bool isHint = errors + warnings == 0;
    m_remarks->setIcon(icon(isHint       ? QStringLiteral("dialog-information")
                            : errors > 0 ? QStringLiteral("dialog-error")
                                         : QStringLiteral("dialog-warning"),
                            isHint       ? Colour::Quiet
                            : errors > 0 ? Colour::Fail
                                         : Colour::Warn));
}

void RunHeader::setDetailsButtonVisible(bool visible) {
    m_details->setVisible(visible);
}

void RunHeader::setTimelineShown(bool shown) {
    m_timeline->setChecked(shown);
    m_filter->setDisabled(shown);
    m_search->setDisabled(shown);
}

void RunHeader::focusFilter() {
    m_search->setFocus();
    m_search->selectAll();
}

void RunHeader::clearFilter() {
    m_search->clear();
    m_filter->setCurrentIndex(0);
}

void RunHeader::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), colour(Colour::Surface));
    painter.fillRect(QRect(0, height() - 1, width(), 1), colour(Colour::Line));
}

} // namespace ui
