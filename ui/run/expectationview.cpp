// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/expectationview.h"

#include "ui/run/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/monoblock.h"
#include "ui/widgets/textlabel.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using models::ExpectationKind;
using models::Verdict;

namespace {

constexpr int mostLines = 6;

QString kindText(ExpectationKind kind) {
    switch (kind) {
    case ExpectationKind::HttpStatus:
        return ExpectationView::tr("HTTP status");
    case ExpectationKind::Json:
        return ExpectationView::tr("JSON holds");
    case ExpectationKind::Comparison:
        return ExpectationView::tr("Condition");
    case ExpectationKind::Contains:
        return ExpectationView::tr("Output holds");
    case ExpectationKind::Similar:
        return ExpectationView::tr("Output is like");
    case ExpectationKind::Manual:
        return ExpectationView::tr("For a person to judge");
    }
    return {};
}

Chip* verdictChip(Verdict verdict) {
    switch (verdict) {
    case Verdict::Pass: {
        auto* chip = new Chip(ExpectationView::tr("as expected"), Colour::Pass);
        chip->setGlyph(Glyph::Passed);
        return chip;
    }
    case Verdict::Fail: {
        auto* chip = new Chip(ExpectationView::tr("differs"), Colour::Fail);
        chip->setGlyph(Glyph::Failed);
        return chip;
    }
    case Verdict::Unknown:
        break;
    }
    auto* chip = new Chip(ExpectationView::tr("unknown"), Colour::Unknown);
    chip->setGlyph(Glyph::Unknown);
    return chip;
}

void mark(MonoBlock& block, int from, int to, const QColor& tone) {
    QTextEdit::ExtraSelection selection;
    selection.cursor = QTextCursor(block.document());
    selection.cursor.setPosition(from);
    selection.cursor.setPosition(to, QTextCursor::KeepAnchor);
    selection.format.setBackground(blend(colour(Colour::Window), tone, 0.25));
    block.setExtraSelections({selection});
}

QVBoxLayout* side(const QString& head, MonoBlock* block) {
    auto* column = new QVBoxLayout;
    column->setSpacing(2);
    column->addWidget(new TextLabel(head, TextRole::Quiet, Colour::Quiet));
    column->addWidget(block);
    column->addStretch();
    return column;
}

} // namespace

Difference differenceOf(const QString& first, const QString& second) {
    const int shorter = int(std::min(first.size(), second.size()));
    int start = 0;
    while (start < shorter && first[start] == second[start])
        ++start;
    int tail = 0;
    while (tail < shorter - start &&
           first[first.size() - 1 - tail] == second[second.size() - 1 - tail])
        ++tail;
    return {start, int(first.size()) - tail, int(second.size()) - tail};
}

ExpectationView::ExpectationView(QWidget* parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("expectationView"));
    m_column->setContentsMargins({});
    m_column->setSpacing(space::m);
}

void ExpectationView::showStep(const models::Step& step, const models::StepState& state) {
    QList<models::ExpectationResult> wanted;
    const bool wasChecked =
        !state.attempts.isEmpty() && !state.attempts.last().expectations.isEmpty();
    if (wasChecked) {
        wanted = state.attempts.last().expectations;
    } else {
        for (const models::Expectation& expectation : step.expectations)
            wanted.append({expectation, {}});
    }
    setVisible(!wanted.isEmpty());
    if (wanted == m_shown && wasChecked == m_wasChecked)
        return;
    m_shown = wanted;
    m_wasChecked = wasChecked;
    qDeleteAll(findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
    while (QLayoutItem* item = m_column->takeAt(0))
        delete item;
    for (const models::ExpectationResult& result : std::as_const(m_shown))
        addRow(result, wasChecked);
}

void ExpectationView::addRow(const models::ExpectationResult& result, bool wasChecked) {
    auto* row = new QWidget;
    auto* column = new QVBoxLayout(row);
    column->setContentsMargins({});
    column->setSpacing(space::xs);
    auto* head = new QHBoxLayout;
    head->addWidget(
        new TextLabel(
            tr("%1 · line %2").arg(kindText(result.expectation.kind)).arg(result.expectation.line),
            TextRole::Quiet, Colour::Quiet),
        1);
    if (wasChecked)
        head->addWidget(verdictChip(result.finding.verdict));
    column->addLayout(head);

    auto* expected = new MonoBlock(tr("expected"));
    expected->setMaximumLines(mostLines);
    const QString wanted = result.expectation.text.trimmed();
    expected->setWords(wanted);
    const QString observed = result.finding.observed.trimmed();
    if (wasChecked && !observed.isEmpty()) {
        auto* seen = new MonoBlock(tr("observed"));
        seen->setMaximumLines(mostLines);
        seen->setWords(observed);
        if (result.finding.verdict == Verdict::Fail) {
            const Difference difference = differenceOf(wanted, observed);
            mark(*expected, difference.start, difference.firstEnd, colour(Colour::Pass));
            mark(*seen, difference.start, difference.secondEnd, colour(Colour::Fail));
        }
        auto* pair = new QHBoxLayout;
        pair->setSpacing(space::s);
        pair->addLayout(side(tr("Expected"), expected), 1);
        pair->addLayout(side(tr("Observed"), seen), 1);
        column->addLayout(pair);
    } else {
        column->addWidget(expected);
    }
    if (wasChecked && !result.finding.reason.isEmpty() && result.finding.verdict != Verdict::Pass) {
        auto* reason = new TextLabel(result.finding.reason, TextRole::Quiet, Colour::Text);
        reason->setWordWrap(true);
        column->addWidget(reason);
    }
    m_column->addWidget(row);
}

} // namespace ui
