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

QString verdictWord(Verdict verdict) {
    switch (verdict) {
    case Verdict::Pass:
        return ExpectationView::tr("as expected");
    case Verdict::Fail:
        return ExpectationView::tr("differs");
    case Verdict::Unknown:
        break;
    }
    return ExpectationView::tr("unknown");
}

Chip* verdictChip(Verdict verdict) {
    auto* chip = new Chip(verdictWord(verdict), verdictTone(verdict));
    chip->setGlyph(verdictGlyph(verdict));
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

QVBoxLayout* side(const QString& head, QWidget* block) {
    auto* column = new QVBoxLayout;
    column->setSpacing(2);
    column->addWidget(new TextLabel(head, TextRole::Quiet, Colour::Quiet));
    column->addWidget(block);
    column->addStretch();
    return column;
}

MonoBlock* block(const QString& name, const QString& words) {
    auto* made = new MonoBlock(name);
    made->setMaximumLines(mostLines);
    made->setLongLines(MonoBlock::LongLines::Wrapped);
    made->setWords(words);
    return made;
}

/// Expected and observed, where the attempt ended and they differ.
std::optional<std::pair<int, int>> differingExit(const models::Attempt* attempt) {
    if (!attempt || !attempt->exitCode || *attempt->exitCode == attempt->expectExit)
        return std::nullopt;
    return std::pair(attempt->expectExit, *attempt->exitCode);
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

void ExpectationView::showStep(const models::Step& step, const models::Attempt* attempt) {
    QList<models::ExpectationResult> wanted;
    const bool wasChecked = attempt && !attempt->expectations.isEmpty();
    if (wasChecked) {
        wanted = attempt->expectations;
    } else {
        for (const models::Expectation& expectation : step.expectations)
            wanted.append({expectation, {}});
    }
    const std::optional<std::pair<int, int>> exit = differingExit(attempt);
    setVisible(!wanted.isEmpty() || exit);
    if (wanted == m_shown && wasChecked == m_wasChecked && exit == m_exit)
        return;
    m_shown = wanted;
    m_wasChecked = wasChecked;
    m_exit = exit;
    qDeleteAll(findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
    while (QLayoutItem* item = m_column->takeAt(0))
        delete item;
    if (exit)
        addComparison(tr("Exit status"), QString::number(exit->first),
                      {Verdict::Fail, {}, QString::number(exit->second)});
    for (const models::ExpectationResult& result : std::as_const(m_shown)) {
        const models::Expectation& expectation = result.expectation;
        const QString head =
            tr("%1 · line %2").arg(kindText(expectation.kind)).arg(expectation.line);
        const QString words = expectation.text.trimmed();
        if (wasChecked)
            addComparison(head, words, result.finding);
        else
            addExpected(head, words);
    }
}

QVBoxLayout* ExpectationView::addRow(const QString& head, Chip* verdict) {
    auto* row = new QWidget;
    auto* column = new QVBoxLayout(row);
    column->setContentsMargins({});
    column->setSpacing(space::xs);
    auto* line = new QHBoxLayout;
    line->addWidget(new TextLabel(head, TextRole::Quiet, Colour::Quiet), 1);
    if (verdict)
        line->addWidget(verdict);
    column->addLayout(line);
    m_column->addWidget(row);
    return column;
}

void ExpectationView::addExpected(const QString& head, const QString& expected) {
    addRow(head, nullptr)->addWidget(block(tr("expected"), expected));
}

void ExpectationView::addComparison(const QString& head, const QString& expected,
                                    const models::Finding& finding) {
    QVBoxLayout* column = addRow(head, verdictChip(finding.verdict));
    const QString observed = finding.observed.trimmed();
    MonoBlock* wanted = block(tr("expected"), expected);
    MonoBlock* seen = block(tr("observed"), observed);
    if (finding.verdict == Verdict::Fail && !observed.isEmpty()) {
        const Difference difference = differenceOf(expected, observed);
        mark(*wanted, difference.start, difference.firstEnd, colour(Colour::Pass));
        mark(*seen, difference.start, difference.secondEnd, colour(Colour::Fail));
    }
    auto* pair = new QHBoxLayout;
    pair->setSpacing(space::s);
    pair->addLayout(side(tr("Expected"), wanted), 1);
    if (observed.isEmpty()) {
        delete seen;
        pair->addLayout(
            side(tr("Observed"), new TextLabel(tr("nothing"), TextRole::Body, Colour::Quiet)), 1);
    } else {
        pair->addLayout(side(tr("Observed"), seen), 1);
    }
    column->addLayout(pair);
    if (!finding.reason.isEmpty() && finding.verdict != Verdict::Pass) {
        auto* reason = new TextLabel(finding.reason, TextRole::Quiet, Colour::Text);
        reason->setWordWrap(true);
        column->addWidget(reason);
    }
}

} // namespace ui
