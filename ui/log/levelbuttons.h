// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/columns.h"

#include <QList>
#include <QObject>

class QToolButton;

namespace ui {

/// Buttons that choose levels: those pressed are shown, and all where none is.
class LevelButtons final : public QObject {
    Q_OBJECT

public:
    explicit LevelButtons(QObject* parent = nullptr);

    /// In the order in which they stand; whoever lays them out owns them.
    [[nodiscard]] QList<QToolButton*> buttons() const;
    void setLevels(models::LevelSet levels);

Q_SIGNALS:
    void chosen(models::LevelSet levels);

private:
    struct Button {
        QToolButton* button;
        models::LevelSet levels;
    };

    void add(const QString& word, models::LogLevel sign, models::LevelSet levels);
    void toggle(models::LevelSet levels);

    QList<Button> m_buttons;
    models::LevelSet m_levels = models::allLevels;
};

} // namespace ui
