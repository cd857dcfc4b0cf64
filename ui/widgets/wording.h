// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace ui {

/// "1 step", "12 steps": one and many hold the number as %1. Each is a whole phrase, so that a
/// translation may order it as its language does.
[[nodiscard]] inline QString countOf(qint64 count, const QString& one, const QString& many) {
    return (count == 1 ? one : many).arg(count);
}

} // namespace ui
