// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/splitpane.h"

#include <QSettings>

namespace ui {

SplitPane::SplitPane(Qt::Orientation orientation, const QString& key, QWidget* parent)
    : QSplitter(orientation, parent)
    , m_key(QStringLiteral("panes/") + key) {
    setChildrenCollapsible(false);
    connect(this, &QSplitter::splitterMoved, this,
            [this] { QSettings().setValue(m_key, saveState()); });
}

void SplitPane::restoreSizes(const QList<int>& sizes) {
    const QByteArray state = QSettings().value(m_key).toByteArray();
    if (state.isEmpty() || !restoreState(state))
        setSizes(sizes);
}

} // namespace ui
