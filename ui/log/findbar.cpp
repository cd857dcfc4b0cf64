// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/findbar.h"

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/wording.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QToolButton>

namespace ui {

namespace {

constexpr int leastWidth = 110; ///< of the field
constexpr int mostWidth = 240;

QToolButton* toolButton(const QString& iconName, const QString& name, const QString& keys) {
    auto* button = new QToolButton;
    button->setIcon(icon(iconName, Colour::Quiet));
    button->setAccessibleName(name);
    button->setToolTip(QStringLiteral("%1 (%2)").arg(name, keys));
    return button;
}

} // namespace

FindBar::FindBar(QWidget* parent)
    : QWidget(parent)
    , m_field(new SearchField(tr("Find")))
    , m_count(new TextLabel({}, TextRole::Quiet, Colour::Quiet))
    , m_previous(
          toolButton(QStringLiteral("go-previous"), tr("Previous hit"), QStringLiteral("Shift+F3")))
    , m_next(toolButton(QStringLiteral("go-next"), tr("Next hit"), QStringLiteral("F3"))) {
    m_field->setObjectName(QStringLiteral("findField"));
    m_count->setObjectName(QStringLiteral("hitCount"));
    m_field->setAccessibleName(tr("Find in the lines shown"));
    m_field->setMinimumWidth(leastWidth);
    m_field->setMaximumWidth(mostWidth);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(space::xs);
    row->addWidget(m_field, 1);
    row->addWidget(m_previous);
    row->addWidget(m_next);
    row->addWidget(m_count);
    row->addStretch();
    connect(m_field, &SearchField::textChanged, this, &FindBar::textChanged);
    connect(m_field, &SearchField::listRequested, this, &FindBar::previousRequested);
    connect(m_previous, &QToolButton::clicked, this, &FindBar::previousRequested);
    connect(m_next, &QToolButton::clicked, this, &FindBar::nextRequested);
    setHits({});
}

/// It grows where there is room.
QSize FindBar::sizeHint() const {
    return minimumSizeHint();
}

QString FindBar::text() const {
    return m_field->text();
}

void FindBar::focusField() {
    m_field->setFocus();
    m_field->selectAll();
}

void FindBar::setHits(const Hits& hits) {
    m_previous->setEnabled(hits.count > 0);
    m_next->setEnabled(hits.count > 0);
    const QLocale locale;
    QString words;
    if (hits.at > 0)
        words = tr("%1 of %2").arg(locale.toString(hits.at), locale.toString(hits.count));
    else
        words = countOf(hits.count, tr("%1 hit"), tr("%L1 hits"));
    if (!hits.isAll)
        words = hits.count > 0 ? tr("%1 so far").arg(words) : tr("Searching…");
    if (hits.unread > 0)
        words = tr("%1; %2").arg(words, countOf(hits.unread, tr("%1 line cannot be read back"),
                                                tr("%L1 lines cannot be read back")));
    m_count->setText(text().isEmpty() ? QString() : words);
}

} // namespace ui
