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

/// Asks before the window closes on runs: what will happen to them, and whether to close.
class LeaveDialog : public Sheet {
    Q_OBJECT

public:
    /// runTitles: of the runs that are driven here; commands: how many are under way at this moment
    /// in all of them; steps: the titles of those that are known to be.
    LeaveDialog(const QStringList& runTitles, int commands, const QStringList& steps,
                QWidget* parent = nullptr);

    /// The sentences that it shows, for a person to decide by.
    [[nodiscard]] static QString explanation(const QStringList& runTitles, int commands);
    /// What its button that closes the window says; runs: how many are driven here.
    [[nodiscard]] static QString leaveWords(qsizetype runs, int commands);
    /// One line for each step, the many cut short with how many more there are.
    [[nodiscard]] static QStringList stepLines(const QStringList& steps);
};

} // namespace ui
