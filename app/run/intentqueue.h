// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/intent.h"

#include <algorithm>
#include <deque>
#include <utility>

namespace app {

/// Intents that wait for their turn: what was asked for first is decided first, also where it was
/// put back meanwhile.
class IntentQueue {
public:
    [[nodiscard]] bool isEmpty() const { return m_intents.empty(); }
    /// Behind all others.
    void add(Intent intent) {
        intent.turn = ++m_lastTurn;
        m_intents.push_back(std::move(intent));
    }
    /// One that was taken, to where it stood.
    void putBack(Intent intent) {
        const auto later =
            std::find_if(m_intents.cbegin(), m_intents.cend(),
                         [&intent](const Intent& waiting) { return waiting.turn > intent.turn; });
        m_intents.insert(later, std::move(intent));
    }
    /// The first; there has to be one.
    [[nodiscard]] Intent take() {
        Intent first = std::move(m_intents.front());
        m_intents.pop_front();
        return first;
    }

private:
    std::deque<Intent> m_intents; ///< in order of their turns
    qint64 m_lastTurn = 0;
};

} // namespace app
