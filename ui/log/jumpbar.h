// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logmoment.h"

#include <QWidget>

#include <functional>

class QLineEdit;

namespace ui {

class ActionButton;
class TextLabel;

/// Takes a time to go to, and says how it is understood, or that it is not. Return goes there,
/// Escape closes it.
class JumpBar final : public QWidget {
    Q_OBJECT

public:
    /// frame: asked when something is typed; without its present and its zone.
    explicit JumpBar(std::function<models::MomentFrame()> frame, QWidget* parent = nullptr);

    void open();
    /// Plain words about where it led to.
    void tell(const QString& words);

Q_SIGNALS:
    void chosen(models::Instant at);
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] models::Result<models::Instant> moment() const;
    void explain();
    void go();
    void close();

    std::function<models::MomentFrame()> m_frame;
    QLineEdit* m_field;
    ActionButton* m_go;
    TextLabel* m_words;
};

} // namespace ui
