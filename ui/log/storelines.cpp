// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/storelines.h"

namespace ui {

void StoreLines::setSnapshot(models::LogSnapshot snapshot) {
    m_reader.setSnapshot(std::move(snapshot));
    Q_EMIT changed();
}

LogRow StoreLines::row(qint64 number) {
    return {m_reader.line(number), m_reader.spans(number), 0};
}

} // namespace ui
