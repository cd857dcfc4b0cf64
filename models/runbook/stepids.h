// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/runbook.h"

#include <vector>

namespace models {

/// Names steps so that a step keeps its id while the document changes elsewhere: the section path,
/// the titles of the steps above and the title make it, and an ordinal parts equal ones.
class StepIds {
public:
    /// The sections are complete, with their titles and parents. `expected` is about how many steps
    /// there will be.
    StepIds(const QList<Section>& sections, qsizetype expected);

    /// Of the next step in document order, whose title, section and parent are set.
    [[nodiscard]] StepId next(const Step& step);

private:
    /// How many steps had this end of a hash so far: ids differ where these do.
    struct Seen {
        quint32 hash = 0;
        int count = 0; ///< 0: free
    };

    [[nodiscard]] int& countOf(quint32 hash);
    [[nodiscard]] Seen& slotOf(quint32 hash);

    std::vector<quint32> m_sectionHash;
    std::vector<quint32> m_stepHash;
    std::vector<Seen> m_seen; ///< open addressing; a power of two, at most half full
    std::size_t m_used = 0;
};

} // namespace models
