// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/actionbutton.h"

namespace ui {

class LogView;

/// Floats over the lower edge of a view that does not follow: how many lines came since, and the
/// way to them.
class NewLinesPill final : public ActionButton {
    Q_OBJECT

public:
    /// The view is its parent.
    explicit NewLinesPill(LogView& view);

private:
    void settle();

    LogView& m_view;
};

} // namespace ui
