// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace app {

/// Tells the consoles that have one database open from one another as a whole: shared while it is
/// open, exclusive while it is put aside. The kernel gives it back when the process dies.
class PresenceLock {
public:
    PresenceLock() = default;
    ~PresenceLock();
    PresenceLock(const PresenceLock&) = delete;
    PresenceLock& operator=(const PresenceLock&) = delete;

    /// path: of the lock's own file, which is made where it is missing.
    [[nodiscard]] bool share(const QString& path);
    /// False while another console has the database open.
    [[nodiscard]] bool makeExclusive();
    void release();

private:
    int m_file = -1;
};

} // namespace app
