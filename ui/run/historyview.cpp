// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/historyview.h"

#include "ui/run/words.h"
#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
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
        return attempt.exitCode ? HistoryView::tr("exit %1").arg(*attempt.exitCode)
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
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

} // namespace

HistoryView::HistoryView(QWidget* parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("historyView"));
    m_column->setContentsMargins({});
    m_column->setSpacing(space::s);
}

void HistoryView::showStep(const models::StepState& state, int shown) {
    if (state == m_shown && shown == m_shownAttempt)
        return;
    m_shown = state;
    m_shownAttempt = shown;
    qDeleteAll(findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
    while (QLayoutItem* item = m_column->takeAt(0))
        delete item;
    for (const models::Attempt& attempt : state.attempts)
        addAttempt(attempt, attempt.number == shown);
    if (state.deviation || !state.evidence.isEmpty() ||
        (state.attempts.isEmpty() && !state.reason.isEmpty())) {
        const QString head =
            tr("%1 · %2 · %3")
                .arg(statusWord(state.status), formatTime(state.changedAt), state.actor);
        addLine(head,
                state.evidence.isEmpty() ? state.reason : tr("Evidence: %1").arg(state.evidence));
    }
    for (const models::Note& note : state.notes)
        addLine(tr("Note · %1 · %2").arg(formatTime(note.at), note.actor), note.text);
    setVisible(m_column->count() > 0);
}

void HistoryView::addAttempt(const models::Attempt& attempt, bool isShown) {
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins({});
    auto* words = new TextLabel(attemptLine(attempt), TextRole::Quiet,
                                isShown ? Colour::Text : Colour::Quiet);
    words->setWordWrap(true);
    line->addWidget(words, 1);
    if (!isShown) {
        auto* show = new ActionButton(tr("Show output"), ButtonKind::Quiet);
        connect(show, &ActionButton::clicked, this,
                [this, number = attempt.number] { Q_EMIT attemptChosen(number); });
        line->addWidget(show);
    }
    m_column->addWidget(row);
}

void HistoryView::addLine(const QString& head, const QString& text) {
    auto* row = new QWidget;
    auto* column = new QVBoxLayout(row);
    column->setContentsMargins({});
    column->setSpacing(2);
    column->addWidget(new TextLabel(head, TextRole::Quiet, Colour::Quiet));
    if (!text.isEmpty()) {
        auto* words = new TextLabel(text);
        words->setWordWrap(true);
        words->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(words);
    }
    m_column->addWidget(row);
}

} // namespace ui
