// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <memory>

class QToolButton;

namespace ui {

class BannerWidget;
class LogBoard;
class LogSavingFlow;
class LogView;

/// What a person does with lines, at the foot of a log pane: saves them.
class LogDesk final : public QWidget {
    Q_OBJECT

public:
    /// Both outlive it.
    LogDesk(LogBoard& board, LogView& view, QWidget* parent = nullptr);
    ~LogDesk() override;

    /// For the head of the pane.
    [[nodiscard]] QList<QToolButton*> buttons();
    void saveLines();

private:
    BannerWidget* m_banner;
    std::unique_ptr<LogSavingFlow> m_saving;
};

} // namespace ui
