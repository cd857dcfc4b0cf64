// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QTime>

namespace tests {

/// A line as container runtimes give it, its time in front: so many seconds after 14:00 UTC of
/// 2026-11-21.
inline QByteArray stamped(int second, const QByteArray& text) {
    const QByteArray at = QTime(14, 0).addSecs(second).toString(Qt::ISODate).toLatin1();
    return "2026-11-21T" + at + ".000000000Z " + text + '\n';
}

} // namespace tests
