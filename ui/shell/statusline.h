// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

class QToolButton;

namespace ui {

class ElidedLabel;
class TextLabel;

/// The foot of the window, 24 px: where commands run, which run is under way, and the time.
class StatusLine : public QWidget {
    Q_OBJECT

public:
    explicit StatusLine(QWidget* parent = nullptr);

    void setPlace(const QString& words);
    /// Empty: no run under way.
    void setRun(const QString& words);
    /// Shown for some seconds in the middle.
    void showMessage(const QString& words);

Q_SIGNALS:
    void runClicked();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    TextLabel* m_place;
    QToolButton* m_run;
    ElidedLabel* m_message;
    TextLabel* m_time;
    QTimer m_fade;
};

} // namespace ui
