// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/splitpane.h"

#include "ui/theme/preferences.h"

namespace ui {

SplitPane::SplitPane(Qt::Orientation orientation, const QString& key, QWidget* parent)
    : QSplitter(orientation, parent)
    , m_key(QStringLiteral("panes/") + key) {
    setChildrenCollapsible(false);
    connect(this, &QSplitter::splitterMoved, this,
            [this] { Preferences::instance().setValue(m_key, saveState()); });
}

void SplitPane::restoreSizes(const QList<int>& sizes) {
    const QByteArray state = Preferences::instance().value(m_key).toByteArray();
    if (state.isEmpty() || !restoreState(state))
        setSizes(sizes);
}

} // namespace ui
