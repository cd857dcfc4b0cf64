// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace ui {

/// Keys of one part of the window, for those who look them up. A value.
struct KeySection {
    struct Entry {
        QString words; ///< what they do
        QString keys;  ///< as people call them
    };

    QString title;
    QList<Entry> entries;
};

} // namespace ui
