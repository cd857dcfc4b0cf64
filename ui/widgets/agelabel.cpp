// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/agelabel.h"

#include "ui/widgets/clock.h"
#include "ui/widgets/timeformat.h"

namespace ui {

AgeLabel::AgeLabel(QWidget* parent)
    : TextLabel({}, TextRole::Quiet, Colour::Quiet, parent) {
    connect(&Clock::instance(), &Clock::ticked, this, &AgeLabel::settleText);
    connect(&Theme::instance(), &Theme::changed, this, [this] { setMoment(m_moment); });
}

void AgeLabel::setMoment(models::Instant moment) {
    m_moment = moment;
    setToolTip(formatDateTime(moment));
    settleText(presentInstant());
}

void AgeLabel::settleText(models::Instant now) {
    const QString words = formatAge(m_moment, now);
    if (words != text())
        setText(words);
}

} // namespace ui
