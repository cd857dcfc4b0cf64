// SPDX-License-Identifier: GPL-3.0-or-later
// What a run holds of its environment while it changes it.
#include "models/run/folder.h"

namespace models {

void Folder::takeLock() {
    const QString place = text(u"host");
    if (place.isEmpty())
        return;
    m_state.locks.insert(place, {m_event.at, text(u"lacking")});
    // A person gives one where the lock was not free.
    if (!text(u"reason").isEmpty())
        m_state.overrodeLock = true;
}

void Folder::releaseLock() {
    m_state.locks.remove(text(u"host"));
}

/// The journal knows that the run is closed; a host has to be told. Where there was no lock there
/// is none to give back.
void Folder::keepLocksToRelease() {
    m_state.locks.remove(localPlace);
    for (auto lock = m_state.locks.begin(); lock != m_state.locks.end();)
        lock = lock->lacking.isEmpty() ? std::next(lock) : m_state.locks.erase(lock);
}

} // namespace models
