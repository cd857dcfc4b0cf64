// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/preflight/preflight.h"

#include <QScrollArea>

namespace ui {

class VerdictGrid;

/// The lines of a preflight, as they come: verdict, what it is about, why, and what mends it.
class PreflightView final : public QScrollArea {
    Q_OBJECT

public:
    explicit PreflightView(QWidget* parent = nullptr);

    void setLines(const std::vector<models::PreflightLine>& lines);

private:
    void build();
    void addLine(VerdictGrid& grid, const models::PreflightLine& line);

    std::vector<models::PreflightLine> m_lines;
};

} // namespace ui
