// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logreader.h"
#include "ui/log/loglines.h"

namespace tests {

/// All lines of one store, as its last snapshot has them.
class StoreLines final : public ui::LogLines {
    Q_OBJECT

public:
    using ui::LogLines::LogLines;

    /// A later one of the same store, or the first.
    void setSnapshot(models::LogSnapshot snapshot);

    [[nodiscard]] qint64 firstRow() const override { return m_reader.snapshot().firstLine(); }
    [[nodiscard]] qint64 endRow() const override { return m_reader.snapshot().lineCount(); }
    [[nodiscard]] ui::LogRow row(qint64 number) override;

private:
    models::LogReader m_reader;
};

} // namespace tests
