// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/program.h"

#include <QByteArrayList>
#include <QTemporaryDir>

namespace tests {

/// What another user, who may do nothing, sees of all processes while this lives: their arguments,
/// and what of their environments can be read, looked at every 10 ms as ps(1) would.
class ProcessWatch {
public:
    /// The test's own program with this argument and a file is the watching one.
    static constexpr char argument[] = "--watch-processes";

    /// False where this user cannot become another one.
    [[nodiscard]] bool start(const QByteArrayList& texts);
    struct Seen {
        int looks = 0;
        QByteArrayList texts; ///< that came into sight
    };
    /// Ends it.
    [[nodiscard]] Seen stop();

    /// The watching program: gives up its rights and looks until its input ends.
    static int watch(const char* textsFile);

private:
    QTemporaryDir m_folder;
    Program m_program;
};

} // namespace tests
