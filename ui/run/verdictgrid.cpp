// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/verdictgrid.h"

#include "ui/theme/theme.h"

#include <QFontMetrics>

#include <algorithm>

namespace ui {
namespace {

enum Column { Sign, Word, What, Button };

} // namespace

VerdictGrid::VerdictGrid(QWidget* over)
    : QGridLayout(over) {
    setContentsMargins(0, 0, space::m, 0);
    setHorizontalSpacing(space::s);
    setVerticalSpacing(space::m);
    setColumnStretch(What, 1);
}

void VerdictGrid::reserveFor(const QStringList& words) {
    const QFontMetrics metrics(ui::font(TextRole::Quiet));
    for (const QString& word : words)
        setColumnMinimumWidth(Word,
                              std::max(columnMinimumWidth(Word), metrics.horizontalAdvance(word)));
}

void VerdictGrid::addRow(QWidget* sign, QWidget* word, QLayout* what, QWidget* button) {
    setRowStretch(m_rows, 0);
    addWidget(sign, m_rows, Sign, Qt::AlignTop);
    addWidget(word, m_rows, Word, Qt::AlignTop);
    addLayout(what, m_rows, What);
    if (button != nullptr)
        addWidget(button, m_rows, Button, Qt::AlignTop);
    setRowStretch(++m_rows, 1);
}

} // namespace ui
