// SPDX-License-Identifier: GPL-3.0-or-later
// What the command palette and the list of keys tell of the logs that are shown.
#include "ui/log/filterhead.h"
#include "ui/log/logdesk.h"
#include "ui/log/logpane.h"
#include "ui/log/logpanekeys.h"
#include "ui/widgets/wording.h"

#include <QPointer>
#include <QToolButton>

namespace ui {

namespace {
constexpr models::LevelSet warningAndWorse =
    0xffU & ~((1U << static_cast<unsigned>(models::LogLevel::Warning)) - 1);
}

PaletteEntries LogPane::paletteEntries() {
    PaletteEntries entries = m_desk->paletteEntries();
    const auto add = [this, &entries](const QString& title, const QString& hint,
                                      const QString& keys, auto act) {
        entries.append({title, hint, keys, [self = QPointer(this), act] {
                            if (self)
                                act(*self);
                        }});
    };
    const QString hint = tr("Logs");
    add(tr("Show warnings and worse"), hint, {}, [](LogPane& pane) {
        pane.m_filter->change([](models::LogFilter& filter) { filter.levels = warningAndWorse; });
    });
    add(tr("Go to a time…"), hint, logkeys::jump().toString(QKeySequence::NativeText),
        [](LogPane& pane) { pane.openJump(); });
    const bool isMerged = arrangement() == Arrangement::Merged;
    add(isMerged ? tr("Show sources side by side") : tr("Show sources merged by time"), hint,
        logkeys::sideBySide().toString(QKeySequence::NativeText), [isMerged](LogPane& pane) {
            pane.setArrangement(isMerged ? Arrangement::SideBySide : Arrangement::Merged);
        });
    for (const int lines : linesAround)
        add(lines == 0
                ? tr("Show no lines around hits")
                : countOf(lines, tr("Show %1 line around hits"), tr("Show %1 lines around hits")),
            hint, {}, [lines](LogPane& pane) { pane.setAround(lines); });
    if (m_filter->filter() != models::LogFilter()) {
        add(tr("Clear the filter"), hint, {}, [](LogPane& pane) { pane.m_filter->useSaved({}); });
        add(tr("Save this filter…"), hint, logkeys::saveFilter().toString(QKeySequence::NativeText),
            [](LogPane& pane) { pane.m_filter->askToSave(); });
    }
    for (const SavedFilters::Entry& saved : m_filter->saved().all())
        add(tr("Filter lines: %1").arg(saved.name), saved.text, {},
            [text = saved.text](LogPane& pane) { pane.m_filter->useSaved(text); });
    return entries;
}

KeySection LogPane::keys() {
    KeySection section{tr("Logs, while lines are shown"), {}};
    const auto add = [&section](const QString& words, const QKeySequence& keys) {
        section.entries.append({words, keys.toString(QKeySequence::NativeText)});
    };
    add(tr("Find in the lines shown"), QKeySequence::Find);
    add(tr("Go to next hit"), logkeys::next());
    add(tr("Go to previous hit"), logkeys::previous());
    add(tr("Filter lines"), logkeys::filter());
    add(tr("Save this filter"), logkeys::saveFilter());
    section.entries.append({tr("Show lines of one level"), tr("Alt+1 to Alt+5")});
    add(tr("Go to a time"), logkeys::jump());
    add(tr("Show sources side by side"), logkeys::sideBySide());
    add(tr("Follow the newest lines"), Qt::Key_End);
    add(tr("Select all lines"), QKeySequence::SelectAll);
    for (const QAction* action : view().actions()) {
        if (const QString keys = logkeys::keysOf(*action); !keys.isEmpty())
            section.entries.append({logkeys::wordsOf(*action), keys});
    }
    return section;
}

} // namespace ui
