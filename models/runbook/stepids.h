// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/runbook.h"

#include <QHash>

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
    std::vector<quint32> m_sectionHash;
    std::vector<quint32> m_stepHash;
    QHash<quint32, int> m_seen; ///< ids differ where the ends of their hashes do
};

} // namespace models
