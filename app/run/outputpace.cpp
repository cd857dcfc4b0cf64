// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/outputpace.h"

#include "app/run/journalwriter.h"

namespace app {

OutputPace::OutputPace(std::function<void(Place::OutputFlow)> changed)
    : m_changed(std::move(changed)) {}

void OutputPace::setJournalBehind(bool isBehind) {
    settle(isBehind, m_isViewBehind);
}

void OutputPace::noteSent(qsizetype bytes) {
    m_toBeShown += bytes;
    if (m_toBeShown > JournalWriter::muchOutput)
        settle(m_isJournalBehind, true);
}

void OutputPace::noteShown(qsizetype bytes) {
    m_toBeShown -= bytes;
    if (m_toBeShown < JournalWriter::littleOutput)
        settle(m_isJournalBehind, false);
}

void OutputPace::settle(bool isJournalBehind, bool isViewBehind) {
    const bool wasHeld = m_isJournalBehind || m_isViewBehind;
    m_isJournalBehind = isJournalBehind;
    m_isViewBehind = isViewBehind;
    const bool isHeld = m_isJournalBehind || m_isViewBehind;
    if (isHeld != wasHeld)
        m_changed(isHeld ? Place::OutputFlow::Held : Place::OutputFlow::Flowing);
}

} // namespace app
