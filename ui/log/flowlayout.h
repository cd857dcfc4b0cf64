// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>

#include <memory>
#include <vector>

namespace ui {

/// Puts widgets side by side and goes on in the next row where the width ends; the last one takes
/// what is left of its row.
class FlowLayout final : public QLayout {
    Q_OBJECT

public:
    enum class Last { AsTheOthers, TakesTheRest };

    explicit FlowLayout(Last last = Last::AsTheOthers);
    ~FlowLayout() override;

    /// Before the widget at that index.
    void insertWidget(int index, QWidget* widget);

    void addItem(QLayoutItem* item) override;
    [[nodiscard]] int count() const override { return static_cast<int>(m_items.size()); }
    [[nodiscard]] QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    [[nodiscard]] Qt::Orientations expandingDirections() const override { return Qt::Horizontal; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize minimumSize() const override;
    [[nodiscard]] QSize sizeHint() const override;
    void setGeometry(const QRect& rect) override;

private:
    enum class Place { No, Yes };

    int flow(const QRect& rect, Place place) const;

    Last m_last;
    std::vector<std::unique_ptr<QLayoutItem>> m_items;
};

} // namespace ui
