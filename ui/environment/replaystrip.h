// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/conditionreplay.h"

#include <QWidget>

namespace ui {

/// A stretch of time on which it stands where a condition would have held: full height where it
/// holds, a low line where it does not, and a hatch where it is not known.
class ReplayStrip final : public QWidget {
    Q_OBJECT

public:
    explicit ReplayStrip(QWidget* parent = nullptr);

    void setSpans(std::vector<models::ReplaySpan> spans);
    /// "It would have held twice, for 3 min in all, the last time from 14:02:10 on; 12 min are not
    /// known."
    [[nodiscard]] QString words() const;

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<models::ReplaySpan> m_spans;
};

} // namespace ui
