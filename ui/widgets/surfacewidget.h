// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QWidget>

namespace ui {

/// A plain ground in the surface colour, or that of what floats over it; unlike a background role it leaves its children's words in
/// their own colours.
class SurfaceWidget final : public QWidget {
    Q_OBJECT

public:
    explicit SurfaceWidget(QWidget* parent = nullptr)
        : QWidget(parent) {}
    explicit SurfaceWidget(Colour ground)
        : m_ground(ground) {}

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Colour m_ground = Colour::Surface;
};

} // namespace ui
