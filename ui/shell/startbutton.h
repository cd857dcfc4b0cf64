// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

namespace ui {

/// One way to begin: an icon, what it does, a sentence about it, and its key. Only one of a page
/// is the first choice.
class StartButton final : public QPushButton {
    Q_OBJECT

public:
    enum class Rank { First, Other };

    StartButton(const QString& iconName, const QString& text, const QString& explanation,
                const QString& key, Rank rank, QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_iconName;
    QString m_explanation;
    QString m_key;
    Rank m_rank;
};

} // namespace ui
