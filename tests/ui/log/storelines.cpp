// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/log/storelines.h"

namespace tests {

void StoreLines::setSnapshot(models::LogSnapshot snapshot) {
    m_reader.setSnapshot(std::move(snapshot));
    Q_EMIT changed();
}

ui::LogRow StoreLines::row(qint64 number) {
    return {m_reader.line(number), m_reader.spans(number), 0};
}

} // namespace tests
