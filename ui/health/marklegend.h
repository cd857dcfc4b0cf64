// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/health/timemark.h"
#include "ui/widgets/timewindow.h"

#include <QWidget>

namespace ui {

/// What the signs of the marks in sight mean; as high as a line whether there are any or not.
class MarkLegend final : public QWidget {
    Q_OBJECT

public:
    explicit MarkLegend(QWidget* parent = nullptr);

    void setMarks(const TimeMarks& marks, const TimeWindow& window);
    [[nodiscard]] const QList<MarkKind>& kinds() const { return m_kinds; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QList<MarkKind> m_kinds; ///< in their order, each once
};

} // namespace ui
