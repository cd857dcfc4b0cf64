// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSplitter>

namespace ui {

/// Panes with handles that stay where a person last put them, also after a restart.
class SplitPane : public QSplitter {
    Q_OBJECT

public:
    /// key names the pane in the settings.
    SplitPane(Qt::Orientation orientation, const QString& key, QWidget* parent = nullptr);

    /// Once all panes are in: the remembered sizes, or these where there are none.
    void restoreSizes(const QList<int>& sizes);

private:
    QString m_key;
};

} // namespace ui
