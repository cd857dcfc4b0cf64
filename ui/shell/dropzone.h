// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace ui {

/// Shows that files can be dropped here. The window takes the drop wherever it happens.
class DropZone final : public QWidget {
    Q_OBJECT

public:
    explicit DropZone(const QString& words, QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_words;
};

} // namespace ui
