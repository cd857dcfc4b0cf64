// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/health/rangebar.h"

#include "ui/health/healthranges.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/timeformat.h"

#include <QButtonGroup>
#include <QHBoxLayout>

#include <array>
#include <chrono>

namespace ui {

RangeBar::RangeBar(QWidget* parent)
    : QWidget(parent)
    , m_lengths(new QButtonGroup(this))
    , m_now(new ActionButton(tr("Follow now"), ButtonKind::Plain))
    , m_span(new TextLabel({}, TextRole::Quiet)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(space::xs);
    m_lengths->setExclusive(false); // a zoom is none of them
    for (std::size_t i = 0; i < healthRanges.size(); ++i) {
        const QString words = tr(healthRanges[i].words);
        auto* button = new ActionButton(words, ButtonKind::Plain);
        button->setAccessibleName(tr("Show %1").arg(words));
        button->setCheckable(true);
        m_lengths->addButton(button, static_cast<int>(i));
        row->addWidget(button);
    }
    m_now->setObjectName(QStringLiteral("followNow"));
    row->addWidget(m_now);
    m_span->setObjectName(QStringLiteral("shownSpan"));
    row->addSpacing(space::xs);
    row->addWidget(m_span);
    connect(m_lengths, &QButtonGroup::idClicked, this, [this](int id) {
        Q_EMIT lengthChosen(healthRanges[static_cast<std::size_t>(id)].length);
    });
    connect(m_now, &ActionButton::clicked, this, &RangeBar::nowRequested);
}

void RangeBar::showWindow(const TimeWindow& window) {
    bool isOffered = false;
    for (std::size_t i = 0; i < healthRanges.size(); ++i) {
        const bool isShown = window.length() == healthRanges[i].length;
        m_lengths->button(static_cast<int>(i))->setChecked(isShown);
        isOffered = isOffered || isShown;
    }
    m_now->setEnabled(!window.isFollowing());
    QStringList words;
    if (!isOffered)
        words.append(
            formatDuration(std::chrono::duration_cast<std::chrono::milliseconds>(window.length())));
    if (!window.isFollowing()) {
        const models::Instant until = window.until();
        const bool isToday = formatDate(until) == formatDate(presentInstant());
        words.append(tr("until %1").arg(isToday ? formatTime(until) : formatDateTime(until)));
    }
    m_span->setText(words.join(u' '));
}

} // namespace ui
