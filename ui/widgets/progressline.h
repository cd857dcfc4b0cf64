// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace ui {

/// How much of something is done, as a 4 px line: passed, then failed, then what is left. In doubt
/// (setBusy) a piece of it moves, or stands still where motion is reduced.
class ProgressLine : public QWidget {
    Q_OBJECT

public:
    explicit ProgressLine(QWidget* parent = nullptr);

    void setProgress(int done, int failed, int total);
    enum class Activity { Idle, Busy };
    void setActivity(Activity activity);

    [[nodiscard]] QSize sizeHint() const override;

    /// The same line for delegates, 4 px high in the middle of rect.
    static void paint(QPainter& painter, const QRect& rect, int done, int failed, int total);

protected:
    void paintEvent(QPaintEvent* event) override;
    void timerEvent(QTimerEvent* event) override;

private:
    int m_done = 0;
    int m_failed = 0;
    int m_total = 0;
    int m_timer = 0;
};

} // namespace ui
