// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/promotionarrow.h"

#include "app/version/versionservice.h"
#include "ui/environment/versionwords.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/wording.h"

#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int arrowWidth = 84;
constexpr qsizetype mostLines = 8;

} // namespace

PromotionArrow::PromotionArrow(const app::VersionService& versions, const models::Environment& to,
                               QWidget* parent)
    : QWidget(parent)
    , m_versions(versions)
    , m_from(to.promoteFrom)
    , m_to(to.name)
    , m_services(to.serviceNames())
    , m_column(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("promotion-") + to.name);
    setFixedWidth(arrowWidth);
    m_column->setContentsMargins({});
    m_column->setSpacing(space::xs);
}

/// Of each service whose versions differ or cannot be compared: its name, and how far.
QStringList PromotionArrow::linesOf(models::Instant now) const {
    QStringList lines;
    for (const QString& service : m_services) {
        const auto standing = m_versions.standing(m_to, service, now);
        if (!standing || !standing->promoted)
            continue;
        if (const QString ahead = aheadWords(*standing->promoted); !ahead.isEmpty())
            lines.append(QStringLiteral("%1 %2").arg(service, ahead));
    }
    return lines;
}

void PromotionArrow::settle(models::Instant now) {
    const QStringList lines = linesOf(now);
    if (lines == m_shown && m_column->count() > 0)
        return;
    m_shown = lines;
    while (QLayoutItem* item = m_column->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_column->addSpacing(space::m);
    auto* arrow = new TextLabel(QStringLiteral("→"), TextRole::Title, Colour::Quiet);
    arrow->setAlignment(Qt::AlignHCenter);
    m_column->addWidget(arrow);
    for (const QString& line : lines.mid(0, mostLines)) {
        auto* label = new ElidedLabel(line, TextRole::Quiet, Colour::Text);
        label->setAlignment(Qt::AlignHCenter);
        m_column->addWidget(label);
    }
    if (lines.size() > mostLines) {
        auto* more = new TextLabel(tr("and %1 more").arg(lines.size() - mostLines), TextRole::Quiet,
                                   Colour::Quiet);
        more->setAlignment(Qt::AlignHCenter);
        m_column->addWidget(more);
    }
    m_column->addStretch(1);
    const QString words =
        lines.isEmpty()
            ? tr("%1 to %2: no version is known to be ahead").arg(m_from, m_to)
            : tr("%1 to %2, ahead: %3").arg(m_from, m_to, lines.join(QStringLiteral(", ")));
    setToolTip(plainToolTip(words));
    setAccessibleName(words);
}

} // namespace ui
