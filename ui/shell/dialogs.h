// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/keysection.h"
#include "ui/widgets/sheet.h"

#include <QStringList>

class QAction;

namespace ui {

/// What the program is, in which version, under which licence.
class AboutDialog : public Sheet {
    Q_OBJECT

public:
    explicit AboutDialog(QWidget* parent = nullptr);
};

/// The keys of these actions, of those that have any.
[[nodiscard]] KeySection keysOf(const QString& title, const QList<QAction*>& actions);

/// All keys of the window, part by part.
class ShortcutsDialog : public Sheet {
    Q_OBJECT

public:
    ShortcutsDialog(const QList<KeySection>& sections, QWidget* parent = nullptr);
};

/// Asks before the window closes on a run: what will happen to it, and whether to close.
class LeaveDialog : public Sheet {
    Q_OBJECT

public:
    /// commands: how many are under way at this moment in all open runs; steps: the titles of
    /// those of this run that are known to be.
    LeaveDialog(const QString& runTitle, int commands, const QStringList& steps,
                QWidget* parent = nullptr);

    /// The sentences that it shows, for a person to decide by.
    [[nodiscard]] static QString explanation(const QString& runTitle, int commands);
    /// One line for each step, the many cut short with how many more there are.
    [[nodiscard]] static QStringList stepLines(const QStringList& steps);
};

} // namespace ui
