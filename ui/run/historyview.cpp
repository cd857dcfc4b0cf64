// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/historyview.h"

#include "models/run/exitstatus.h"
#include "ui/run/words.h"
#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/monoblock.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/timeformat.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ui {

namespace {

QString attemptWord(const models::Attempt& attempt) {
    switch (attempt.status) {
    case models::AttemptStatus::Intended:
        return HistoryView::tr("starting");
    case models::AttemptStatus::Started:
        return HistoryView::tr("running");
    case models::AttemptStatus::Exited:
        return attempt.exitCode
                   ? HistoryView::tr("exit %1").arg(models::exitStatusText(*attempt.exitCode))
                   : HistoryView::tr("ended");
    case models::AttemptStatus::Cancelled:
        return HistoryView::tr("cancelled");
    case models::AttemptStatus::NotStarted:
        return HistoryView::tr("never started");
    case models::AttemptStatus::Unknown:
        return HistoryView::tr("outcome unknown");
    }
    return {};
}

QString attemptLine(const models::Attempt& attempt) {
    QStringList parts{HistoryView::tr("Attempt %1").arg(attempt.number), attemptWord(attempt),
                      formatTime(attempt.startedAt)};
    if (!attempt.finishedAt.isNull()) {
        const std::chrono::nanoseconds took(attempt.finishedAt.nanoseconds -
                                            attempt.startedAt.nanoseconds);
        parts << formatDuration(std::chrono::duration_cast<std::chrono::milliseconds>(took));
    }
    parts << attempt.place << attempt.actor;
    if (attempt.edited)
        parts << HistoryView::tr("edited");
    if (attempt.fresh)
        parts << HistoryView::tr("fresh shell");
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

/// Why it ended as it did, and what is to be known of it beside that. What a supervisor recorded of
/// an unknown outcome is for whoever decides it.
QString remarkOf(const models::Attempt& attempt, bool isReasonTold) {
    QStringList parts;
    if (!isReasonTold)
        parts << attempt.reason;
    if (attempt.status != models::AttemptStatus::Unknown)
        parts << attempt.evidence;
    parts.removeAll(QString());
    return parts.join(u' ');
}

} // namespace

HistoryView::HistoryView(QWidget* parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("historyView"));
    m_column->setContentsMargins({});
    m_column->setSpacing(space::s);
}

void HistoryView::showStep(const models::StepState& state, int shown, LastReason last) {
    if (state == m_shown && shown == m_shownAttempt && last == m_lastReason)
        return;
    m_shown = state;
    m_shownAttempt = shown;
    m_lastReason = last;
    qDeleteAll(findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
    while (QLayoutItem* item = m_column->takeAt(0))
        delete item;
    for (const models::Attempt& attempt : state.attempts)
        addAttempt(attempt, attempt.number == shown,
                   last == LastReason::ToldElsewhere && &attempt == &state.attempts.last());
    if (state.deviation || !state.evidence.isEmpty() ||
        (state.attempts.isEmpty() && !state.reason.isEmpty())) {
        QStringList head{statusWord(state.status), formatTime(state.changedAt), state.actor};
        head.removeAll(QString()); // nobody decided what was observed
        addLine(head.join(QStringLiteral(" · ")),
                state.evidence.isEmpty() ? state.reason : tr("Evidence: %1").arg(state.evidence));
    }
    for (const models::Note& note : state.notes)
        addLine(tr("Note · %1 · %2").arg(formatTime(note.at), note.actor), note.text);
    for (const models::Pin& pin : state.pins)
        addPin(pin);
    setVisible(m_column->count() > 0);
}

void HistoryView::addAttempt(const models::Attempt& attempt, bool isShown, bool isReasonTold) {
    QHBoxLayout* line = addHead(attemptLine(attempt), isShown ? Colour::Text : Colour::Quiet);
    addLogsButton(*line, attempt.startedAt, attempt.finishedAt);
    if (!isShown) {
        auto* show = new ActionButton(tr("Show output"), ButtonKind::Quiet);
        connect(show, &ActionButton::clicked, this,
                [this, number = attempt.number] { Q_EMIT attemptChosen(number); });
        line->addWidget(show);
    }
    if (const QString remark = remarkOf(attempt, isReasonTold); !remark.isEmpty())
        addWords(remark);
}

void HistoryView::addPin(const models::Pin& pin) {
    QHBoxLayout* line =
        addHead(tr("Pinned · %1 · %2 · %3")
                    .arg(formatTime(pin.at), pin.actor, sourcesOf(pin.lines).join(u", "_qs)),
                Colour::Quiet);
    const auto [from, to] = timesOf(pin.lines);
    if (!from.isNull())
        addLogsButton(*line, from, to);
    if (!pin.remark.isEmpty())
        addWords(pin.remark);
    auto* lines = new MonoBlock(tr("Pinned log lines"));
    lines->setLongLines(MonoBlock::LongLines::Wrapped);
    lines->setWords(pinText(pin));
    m_column->addWidget(lines);
}

/// A quiet line of its own that buttons may follow.
QHBoxLayout* HistoryView::addHead(const QString& head, Colour colour) {
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins({});
    auto* words = new TextLabel(head, TextRole::Quiet, colour);
    words->setWordWrap(true);
    line->addWidget(words, 1);
    m_column->addWidget(row);
    return line;
}

void HistoryView::addLogsButton(QHBoxLayout& line, models::Instant from, models::Instant to) {
    auto* show = new ActionButton(tr("Show logs"), ButtonKind::Quiet);
    show->setToolTip(tr("Log lines of that time"));
    connect(show, &ActionButton::clicked, this,
            [this, from, to] { Q_EMIT logsRequested(from, to); });
    line.addWidget(show);
}

void HistoryView::addLine(const QString& head, const QString& text) {
    addHead(head, Colour::Quiet);
    if (!text.isEmpty())
        addWords(text);
}

void HistoryView::addWords(const QString& text) {
    auto* words = new TextLabel(text);
    words->setWordWrap(true);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_column->addWidget(words);
}

} // namespace ui
