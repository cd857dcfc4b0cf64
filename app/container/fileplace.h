// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace app {

/// How far the log under a path is read. What was read last tells whether it is still the same log
/// that stands there: logs are rotated, and cut down.
struct FilePlace {
    static constexpr qsizetype mostSeen = 256;

    bool isKnown = false;
    qint64 offset = 0; ///< in bytes, behind a whole line
    QByteArray seen;   ///< the bytes before it

    void move(QByteArrayView bytes) {
        offset += bytes.size();
        seen = bytes.size() >= mostSeen ? bytes.last(mostSeen).toByteArray()
                                        : (seen + bytes.toByteArray()).right(mostSeen);
    }
    void begin(qint64 at) {
        isKnown = true;
        offset = at;
        seen.clear();
    }
};

} // namespace app
