// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QWidget>

class QButtonGroup;
class QVBoxLayout;

namespace ui {

/// The way between the pages, 64 px at the left: an icon over a small word each.
class Rail : public QWidget {
    Q_OBJECT

public:
    enum class End { Head, Foot };

    explicit Rail(QWidget* parent = nullptr);

    /// Adds a place; the id comes back in pageChosen.
    QAbstractButton* addPlace(int id, const QString& iconName, const QString& word, End end);
    void setCurrent(int id);

Q_SIGNALS:
    void pageChosen(int id);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QButtonGroup* m_buttons;
    QVBoxLayout* m_head;
    QVBoxLayout* m_foot;
};

/// One place of the rail.
class RailButton final : public QAbstractButton {
    Q_OBJECT

public:
    RailButton(const QString& iconName, const QString& word, QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_iconName;
};

} // namespace ui
