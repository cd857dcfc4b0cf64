// SPDX-License-Identifier: GPL-3.0-or-later
// What the command palette offers for the logs that are shown.
#include "ui/log/logpane.h"
#include "ui/log/logdesk.h"
#include "ui/log/logpanekeys.h"
#include "ui/log/savedfilterspanel.h"
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
        pane.changeChips([](models::LogFilter& filter) { filter.levels = warningAndWorse; });
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
    if (m_applied != models::LogFilter()) {
        add(tr("Clear the filter"), hint, {}, [](LogPane& pane) { pane.applySaved({}); });
        add(tr("Save this filter…"), hint, logkeys::saveFilter().toString(QKeySequence::NativeText),
            [](LogPane& pane) { pane.m_savedPanel->openToSave(*pane.m_saved, pane.m_applied); });
    }
    for (const SavedFilters::Entry& saved : m_savedFilters.all())
        add(tr("Filter lines: %1").arg(saved.name), saved.text, {},
            [text = saved.text](LogPane& pane) { pane.applySaved(text); });
    return entries;
}

} // namespace ui
