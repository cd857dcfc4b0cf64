// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/dialogs.h"

#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/elidedlabel.h"

#include <QAction>
#include <QGridLayout>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

constexpr int textWidth = 420;
constexpr int listHeight = 420;
constexpr qsizetype shownSteps = 5;

TextLabel* wide(const QString& text, Colour tone = Colour::Text) {
    TextLabel* const label = selectable(text, tone);
    label->setMinimumWidth(textWidth);
    return label;
}

/// "Go-live and Nightly", "2 runs of Go-live", "Go-live and 2 more".
QString titleWords(const QStringList& runs) {
    const QString first = runs.value(0).isEmpty() ? LeaveDialog::tr("A run") : runs.first();
    if (runs.size() < 2)
        return first;
    if (runs.size() == 2 && runs.last() == first)
        return LeaveDialog::tr("2 runs of %1").arg(first);
    return LeaveDialog::tr("%1 and %2")
        .arg(first, runs.size() == 2 && !runs.last().isEmpty()
                        ? runs.last()
                        : LeaveDialog::tr("%1 more").arg(runs.size() - 1));
}

/// Words as a person reads them: without the mark of the key that reaches them.
QString plainWords(const QAction& action) {
    QString words = action.text();
    return words.remove(u'&');
}

} // namespace

AboutDialog::AboutDialog(QWidget* parent)
    : Sheet(QStringLiteral("aboutDialog"), tr("About Gantry"), parent) {
    column().addWidget(wide(tr("Version %1, with Qt %2")
                                .arg(QStringLiteral(GANTRY_VERSION), QLatin1String(qVersion()))));
    column().addWidget(wide(tr("A desktop console for release managers.")));
    column().addWidget(wide(tr("Free software under the GNU General Public License, version 3 "
                               "or later. It comes without any warranty."),
                            Colour::Quiet));
    auto* close = new ActionButton(tr("Close"));
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    addButtons({close});
}

KeySection keysOf(const QString& title, const QList<QAction*>& actions) {
    KeySection section{title, {}};
    for (const QAction* action : actions) {
        if (!action->shortcut().isEmpty() && !action->text().isEmpty())
            section.entries.append(
                {plainWords(*action), action->shortcut().toString(QKeySequence::NativeText)});
    }
    return section;
}

ShortcutsDialog::ShortcutsDialog(const QList<KeySection>& sections, QWidget* parent)
    : Sheet(QStringLiteral("shortcutsDialog"), tr("Keyboard shortcuts"), parent) {
    auto* list = new QWidget;
    auto* grid = new QGridLayout(list);
    grid->setContentsMargins(0, 0, space::l, 0);
    grid->setHorizontalSpacing(space::xxl);
    grid->setVerticalSpacing(space::s);
    grid->setColumnStretch(0, 1);
    int row = 0;
    for (const KeySection& section : sections) {
        if (section.entries.isEmpty())
            continue;
        auto* title = new TextLabel(section.title, TextRole::Title);
        title->setContentsMargins(0, row == 0 ? 0 : space::m, 0, 0);
        grid->addWidget(title, row++, 0, 1, 2);
        for (const KeySection::Entry& entry : section.entries) {
            grid->addWidget(new TextLabel(entry.words), row, 0);
            grid->addWidget(new TextLabel(entry.keys, TextRole::Mono, Colour::Quiet), row, 1,
                            Qt::AlignRight);
            ++row;
        }
    }
    grid->setRowStretch(row, 1);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(list);
    scroll->setAccessibleName(tr("Shortcuts"));
    scroll->setMinimumSize(textWidth, listHeight);
    column().addWidget(scroll, 1);
    auto* close = new ActionButton(tr("Close"));
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    addButtons({close});
    close->setFocus();
}

LeaveDialog::LeaveDialog(const QStringList& runTitles, int commands, const QStringList& steps,
                         QWidget* parent)
    : Sheet(QStringLiteral("leaveDialog"), tr("Close the window?"), parent) {
    column().addWidget(wide(explanation(runTitles, commands)));
    for (const QString& line : stepLines(steps)) {
        auto* row = new ElidedLabel(line, TextRole::Body, Colour::Text);
        row->setContentsMargins(space::l, 0, 0, 0);
        column().addWidget(row);
    }
    auto* stay = new ActionButton(tr("Keep the window"), ButtonKind::Plain);
    auto* leave = new ActionButton(leaveWords(runTitles.size(), commands), ButtonKind::Filled);
    leave->setObjectName(QStringLiteral("leaveButton"));
    stay->setObjectName(QStringLiteral("stayButton"));
    connect(stay, &QPushButton::clicked, this, &QDialog::reject);
    connect(leave, &QPushButton::clicked, this, &QDialog::accept);
    addButtons({stay, leave});
    stay->setFocus();
}

QString LeaveDialog::explanation(const QStringList& runTitles, int commands) {
    const bool isOne = runTitles.size() < 2;
    const QString titles = titleWords(runTitles);
    if (commands == 0)
        return (isOne
                    ? tr("%1: the run stays open where it stands, and nothing of it is running "
                         "now. Reopen it to go on.")
                    : tr("%1: the runs stay open where they stand, and nothing of them is running "
                         "now. Reopen them to go on."))
            .arg(titles);
    const QString goesOn =
        commands == 1
            ? tr("%1: a command is under way. It goes on without this window, and none of its "
                 "output is lost.")
                  .arg(titles)
            : tr("%1: %2 commands are under way. They go on without this window, and none of "
                 "their output is lost.")
                  .arg(titles, QString::number(commands));
    return goesOn + QLatin1Char(' ') +
           (isOne ? tr("Nothing more starts until you reopen the run.")
                  : tr("Nothing more starts until you reopen the runs."));
}

QString LeaveDialog::leaveWords(qsizetype runs, int commands) {
    if (commands > 0)
        return commands == 1 ? tr("Close and leave it running")
                             : tr("Close and leave them running");
    return runs < 2 ? tr("Close and leave the run open") : tr("Close and leave the runs open");
}

QStringList LeaveDialog::stepLines(const QStringList& steps) {
    QStringList lines;
    for (const QString& step : steps.first(std::min(shownSteps, steps.size())))
        lines.append(QStringLiteral("• ") + step.simplified());
    if (steps.size() > shownSteps)
        lines.append(tr("and %1 more").arg(steps.size() - shownSteps));
    return lines;
}

} // namespace ui
