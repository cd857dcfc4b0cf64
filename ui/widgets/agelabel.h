// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/textlabel.h"

#include "models/core/instant.h"

namespace ui {

/// How long ago something was, kept current: "12 s ago". The moment itself is in the tool tip.
class AgeLabel : public TextLabel {
    Q_OBJECT

public:
    explicit AgeLabel(QWidget* parent = nullptr);

    void setMoment(models::Instant moment);

private:
    void settleText(models::Instant now);

    models::Instant m_moment;
};

} // namespace ui
