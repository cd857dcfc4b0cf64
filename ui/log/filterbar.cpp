// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/filterbar.h"

#include "ui/log/filterchip.h"
#include "ui/log/flowlayout.h"
#include "ui/log/sourcecolour.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>

#include <algorithm>

namespace ui {

namespace {
constexpr int leastField = 220;
constexpr int widestChip = 220;
constexpr int widestOfMany = 140;
constexpr int manyChips = 8;
} // namespace

void FilterField::keyPressEvent(QKeyEvent* event) {
    const bool isEmpty = text().isEmpty();
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        Q_EMIT committed();
    else if (isEmpty && event->key() == Qt::Key_Backspace)
        Q_EMIT lastRemoved();
    else if (isEmpty && event->key() == Qt::Key_Left)
        Q_EMIT chipsRequested();
    else
        SearchField::keyPressEvent(event);
}

FilterBar::FilterBar(QWidget* parent)
    : QWidget(parent)
    , m_flow(new FlowLayout(FlowLayout::Last::TakesTheRest))
    , m_field(new FilterField(tr("Filter lines: word, -word, /regex/, level:warning+"))) {
    setObjectName(QStringLiteral("filterBar"));
    m_field->setObjectName(QStringLiteral("filterField"));
    m_field->setAccessibleName(tr("Filter lines"));
    m_field->setMinimumWidth(leastField);
    m_flow->setContentsMargins({});
    m_flow->setSpacing(space::xs);
    m_flow->addWidget(m_field);
    setLayout(m_flow);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(m_field, &FilterField::textChanged, this, &FilterBar::textChanged);
    connect(m_field, &FilterField::committed, this, &FilterBar::commit);
    connect(m_field, &FilterField::listRequested, this, &FilterBar::linesRequested);
    connect(m_field, &FilterField::lastRemoved, this,
            [this] { remove(static_cast<int>(m_shown.size()) - 1); });
    connect(m_field, &FilterField::chipsRequested, this,
            [this] { focusChip(static_cast<int>(m_shown.size()) - 1); });
}

models::Result<models::LogFilter> FilterBar::filter() const {
    const models::Result<models::LogFilter> typed = models::LogFilter::parse(m_field->text());
    if (!typed)
        return typed;
    if (const auto compiled = models::CompiledFilter::compile(*typed); !compiled)
        return tl::unexpected(compiled.error());
    models::LogFilter whole = m_chips;
    whole.add(*typed);
    return whole;
}

void FilterBar::commit() {
    const models::Result<models::LogFilter> whole = filter();
    if (!whole)
        return; // what is wrong with it is said by who applies it
    m_field->clear();
    setChips(*whole);
}

void FilterBar::setText(const QString& text) {
    m_field->setText(text);
    m_field->setFocus();
}

void FilterBar::setChips(const models::LogFilter& filter) {
    if (m_chips == filter)
        return;
    m_chips = filter;
    showChips();
    Q_EMIT chipsChanged();
}

void FilterBar::setSources(const QStringList& names) {
    if (m_sources == names)
        return;
    m_sources = names;
    showChips();
}

void FilterBar::showChips() {
    const auto focused = std::find_if(m_shown.cbegin(), m_shown.cend(),
                                      [](const FilterChip* chip) { return chip->hasFocus(); });
    const auto at = static_cast<int>(focused - m_shown.cbegin());
    const bool hadFocus = focused != m_shown.cend();
    for (FilterChip* chip : std::as_const(m_shown)) {
        m_flow->removeWidget(chip);
        chip->hide(); // it may be what was clicked
        chip->deleteLater();
    }
    m_shown.clear();
    for (const models::LogFilter& part : m_chips.parts()) {
        const QStringList names = part.sources + part.excludedSources;
        const qsizetype source = names.isEmpty() ? -1 : m_sources.indexOf(names.first());
        auto* chip = new FilterChip(
            part, source < 0 ? QColor() : sourceColour(static_cast<int>(source)), this);
        const auto index = static_cast<int>(m_shown.size());
        m_flow->insertWidget(index, chip);
        setTabOrder(index == 0 ? m_field->previousInFocusChain() : m_shown.last(), chip);
        connectChip(*chip, index);
        m_shown.append(chip);
        chip->show();
    }
    settleWidths();
    updateGeometry();
    if (hadFocus)
        focusChip(std::min(at, static_cast<int>(m_shown.size()) - 1));
}

void FilterBar::connectChip(FilterChip& chip, int index) {
    connect(&chip, &FilterChip::clicked, this, [this, part = chip.part()] {
        models::LogFilter turned = m_chips;
        turned.turnRound(part);
        setChips(turned);
    });
    connect(&chip, &FilterChip::removeRequested, this, [this, index] { remove(index); });
    connect(&chip, &FilterChip::editRequested, this, [this, index, part = chip.part()] {
        remove(index);
        setText((m_field->text() + u' ' + part.toString()).trimmed());
    });
    connect(&chip, &FilterChip::neighbourRequested, this,
            [this, index](int direction) { focusChip(index + direction); });
}

/// Behind the last one is the field.
void FilterBar::focusChip(int index) {
    if (index >= 0 && index < m_shown.size())
        m_shown[index]->setFocus(Qt::TabFocusReason);
    else if (index != -1 || m_shown.isEmpty())
        m_field->setFocus(Qt::TabFocusReason);
}

void FilterBar::remove(int index) {
    if (index < 0 || index >= m_shown.size())
        return;
    models::LogFilter left = m_chips;
    left.remove(m_shown[index]->part());
    setChips(left);
}

/// Many chips are narrower, so that lines keep their room.
void FilterBar::settleWidths() {
    const int widest = m_shown.size() > manyChips ? widestOfMany : widestChip;
    for (FilterChip* chip : std::as_const(m_shown))
        chip->setWidest(std::min(widest, std::max(width(), leastField)));
}

void FilterBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    settleWidths();
}

} // namespace ui
