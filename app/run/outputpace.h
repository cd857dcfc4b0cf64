// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/place.h"

#include <functional>

namespace app {

/// Says when output is to wait at its place, which has room for it: while the journal, or who shows
/// it, is behind. Engine's thread.
class OutputPace {
public:
    /// changed: called with each change of it.
    explicit OutputPace(std::function<void(Place::OutputFlow)> changed);

    /// Whether more waits to be written than is to be kept in memory.
    void setJournalBehind(bool isBehind);
    /// So many bytes went to be shown, or are off the hands of who shows them.
    void noteSent(qsizetype bytes);
    void noteShown(qsizetype bytes);

private:
    void settle(bool isJournalBehind, bool isViewBehind);

    std::function<void(Place::OutputFlow)> m_changed;
    bool m_isJournalBehind = false;
    bool m_isViewBehind = false;
    qsizetype m_toBeShown = 0;
};

} // namespace app
