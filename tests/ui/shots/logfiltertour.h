// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "photographer.h"
#include "ui/log/logpane.h"

namespace tests {

/// What a log pane is asked for, by its fields and buttons: chips, lines around hits, times, a
/// moment, sources side by side.
class LogFilterTour {
public:
    /// The pane shows two sources with warnings among their lines.
    LogFilterTour(ui::LogPane& pane, Photographer& camera);

    /// Whether all was reached. All lines are shown afterwards, as before.
    [[nodiscard]] bool take();

private:
    template <class Widget>
    [[nodiscard]] Widget& child(const char* name) const {
        return *m_pane.findChild<Widget*>(QString::fromLatin1(name));
    }
    [[nodiscard]] bool waitForRows(qint64 most) const;
    /// Makes chips of it, after those that are there are gone.
    void filterBy(const QString& text);
    [[nodiscard]] bool takeAround();
    void takeChips();
    void takeSaved();
    [[nodiscard]] bool takeTimes();
    [[nodiscard]] bool takeJump();
    [[nodiscard]] bool takeSideBySide();

    ui::LogPane& m_pane;
    Photographer& m_camera;
};

} // namespace tests
