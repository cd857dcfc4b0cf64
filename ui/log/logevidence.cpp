// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logevidence.h"

#include "ui/log/logstage.h"
#include "ui/log/logwords.h"

#include <QAction>

#include <algorithm>

namespace ui {

LogEvidence::LogEvidence(LogStage& stage, QObject* parent)
    : QObject(parent)
    , m_stage(stage) {
    QAction* pin = makeAction(tr("Pin lines as evidence…"), QKeySequence(QStringLiteral("Ctrl+E")));
    connect(pin, &QAction::triggered, this, [this] { Q_EMIT pinRequested(chosenLines()); });
    QAction* step =
        makeAction(tr("Show step of this time"), QKeySequence(QStringLiteral("Ctrl+T")));
    connect(step, &QAction::triggered, this, [this] { Q_EMIT stepRequested(currentTime()); });
    QAction* charts =
        makeAction(tr("Show charts of this time"), QKeySequence(QStringLiteral("Ctrl+H")));
    connect(charts, &QAction::triggered, this,
            [this] { Q_EMIT chartsRequested(currentTime(), currentSource()); });
    const QList<QAction*> actions{pin, step, charts};
    stage.view().addActions(actions);
    connect(&stage, &LogStage::viewMade, this,
            [actions](LogView* view) { view->addActions(actions); });
}

QAction* LogEvidence::makeAction(const QString& text, const QKeySequence& keys) {
    auto* action = new QAction(text, this);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetShortcut);
    return action;
}

void LogEvidence::showTime(models::Instant from, models::Instant to) {
    const int asking = ++m_asking;
    m_stage.setArrangement(LogStage::Arrangement::Merged);
    m_stage.board().seek(from, [=, this](qint64 first) {
        if (asking != m_asking)
            return; // another time is wanted by now
        if (first < 0) {
            Q_EMIT shown(Shown::Nothing);
            return;
        }
        m_stage.view().setFocus();
        const models::Instant beginning = m_stage.board().timeNear(first, LogBoard::Toward::Begin);
        const bool isOver = !to.isNull() && beginning > to;
        if (beginning < from || isOver) { // the last one of all, or the next behind
            m_stage.view().goTo(first);
            Q_EMIT shown(beginning < from                      ? Shown::Nothing
                         : first == m_stage.board().firstRow() ? Shown::Earlier
                                                               : Shown::Later);
            return;
        }
        const Shown how =
            first == m_stage.board().firstRow() && beginning > from ? Shown::Earlier : Shown::Lines;
        selectTo(first, to, how);
    });
}

void LogEvidence::selectTo(qint64 first, models::Instant to, Shown how) {
    if (to.isNull()) {
        m_stage.view().selectRows(first, m_stage.board().endRow() - 1);
        Q_EMIT shown(how);
        return;
    }
    const int asking = m_asking;
    const models::Instant behind{to.nanoseconds + 1};
    m_stage.board().seek(behind, [=, this](qint64 end) {
        if (asking != m_asking)
            return;
        const bool isLast =
            end >= 0 && m_stage.board().timeNear(end, LogBoard::Toward::Begin) < behind; // of all
        m_stage.view().selectRows(first, std::max(first, isLast ? end : end - 1));
        Q_EMIT shown(how);
    });
}

QList<models::PinnedLine> LogEvidence::chosenLines() const {
    QList<models::PinnedLine> lines;
    const LogSpot here = m_stage.here();
    LogBoard& board = *here.board;
    const auto rows = here.view->selectedRows();
    if (!rows)
        return lines;
    const qint64 end = std::min(rows->second + 1, board.endRow());
    const qint64 begin = std::max(rows->first, board.firstRow());
    const qint64 last = std::min(end, begin + models::Pin::mostLines + 1);
    for (qint64 number = begin; number < last; ++number) {
        const LogRow row = board.row(number);
        const QString text =
            row.line.marker ? markerWords(*row.line.marker) : QString::fromUtf8(row.line.text);
        lines.append({row.time(), board.sources().value(row.source).name, text});
    }
    return lines;
}

models::Instant LogEvidence::currentTime() const {
    const LogSpot here = m_stage.here();
    return here.board->timeNear(here.view->currentRow(), LogBoard::Toward::Begin);
}

QString LogEvidence::currentSource() const {
    const LogSpot here = m_stage.here();
    const qint64 row = here.view->currentRow();
    if (row < here.board->firstRow() || row >= here.board->endRow())
        return {};
    return here.board->sources().value(here.board->row(row).source).name;
}

} // namespace ui
