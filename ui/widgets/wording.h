// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

namespace ui {

/// "1 step", "12 steps": one and many hold the number as %1. Each is a whole phrase, so that a
/// translation may order it as its language does.
[[nodiscard]] inline QString countOf(qint64 count, const QString& one, const QString& many) {
    return (count == 1 ? one : many).arg(count);
}

/// "4 of 10 done, 2 not passed"; the last part where there are any.
[[nodiscard]] inline QString progressWords(int done, int failed, int total) {
    const QString counts =
        QCoreApplication::translate("ui::Wording", "%1 of %2 done").arg(done).arg(total);
    return failed == 0 ? counts
                       : QCoreApplication::translate("ui::Wording", "%1, %2 not passed")
                             .arg(counts)
                             .arg(failed);
}

} // namespace ui
