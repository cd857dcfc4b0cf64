// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/filterhead.h"

#include "ui/log/filterbar.h"
#include "ui/log/flowlayout.h"
#include "ui/log/levelbuttons.h"
#include "ui/log/logpanekeys.h"
#include "ui/log/savedfilterspanel.h"
#include "ui/log/sourcechooser.h"
#include "ui/theme/theme.h"
#include "ui/widgets/textlabel.h"

#include <QToolButton>
#include <QVBoxLayout>

namespace ui {

namespace {
constexpr std::chrono::milliseconds typingPause{200};
}

FilterHead::FilterHead(QWidget* parent)
    : QWidget(parent)
    , m_bar(new FilterBar)
    , m_complaint(new TextLabel({}, TextRole::Quiet, Colour::Warn))
    , m_tools(new FlowLayout(FlowLayout::Last::TakesTheRest))
    , m_levels(new LevelButtons(this))
    , m_chooser(new SourceChooser)
    , m_saved(new QToolButton)
    , m_savedPanel(new SavedFiltersPanel(m_savedFilters, this)) {
    m_complaint->setObjectName(QStringLiteral("filterComplaint"));
    m_complaint->setWordWrap(true);
    m_complaint->hide();
    fillSaved();
    auto* tools = new QWidget;
    m_tools->setContentsMargins({});
    m_tools->setSpacing(space::xs);
    tools->setLayout(m_tools);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    tools->setSizePolicy(policy);
    for (QToolButton* button : m_levels->buttons())
        addTool(button);
    addTool(m_chooser);
    addTool(m_saved);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::m, space::s, space::m, space::s);
    column->setSpacing(space::s);
    column->addWidget(m_bar);
    column->addWidget(m_complaint);
    column->addWidget(tools);
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingPause);
    connectParts();
}

void FilterHead::fillSaved() {
    m_saved->setObjectName(QStringLiteral("savedFiltersButton"));
    m_saved->setText(tr("Saved filters"));
    m_saved->setToolTip(tr("Choose a saved filter, or save this one (%1)")
                            .arg(logkeys::saveFilter().toString(QKeySequence::NativeText)));
}

void FilterHead::addTool(QWidget* tool) {
    m_tools->addWidget(tool);
}

void FilterHead::connectParts() {
    connect(&m_typing, &QTimer::timeout, this, &FilterHead::takeTyped);
    connect(m_bar, &FilterBar::textChanged, this, &FilterHead::settleSoon);
    connect(m_bar, &FilterBar::chipsChanged, this, &FilterHead::takeChips);
    connect(m_bar, &FilterBar::linesRequested, this, &FilterHead::linesRequested);
    connect(m_levels, &LevelButtons::chosen, this, [this](models::LevelSet levels) {
        change([levels](models::LogFilter& filter) { filter.levels = levels; });
    });
    connect(m_chooser, &SourceChooser::chosen, this, [this](const QStringList& names) {
        change([&names](models::LogFilter& filter) {
            filter.sources = names;
            for (const QString& name : names)
                filter.excludedSources.removeAll(name);
        });
    });
    connect(m_saved, &QToolButton::clicked, this,
            [this] { m_savedPanel->open(*m_saved, m_filter); });
    connect(m_savedPanel, &SavedFiltersPanel::chosen, this, &FilterHead::useSaved);
}

void FilterHead::setSources(const QStringList& names) {
    m_bar->setSources(names);
    m_chooser->setSources(names);
}

void FilterHead::focusField() {
    m_bar->field().setFocus();
}

void FilterHead::askToSave() {
    m_savedPanel->openToSave(*m_saved, m_filter);
}

void FilterHead::settleSoon() {
    m_typing.start();
}

void FilterHead::change(const std::function<void(models::LogFilter&)>& change) {
    models::LogFilter chips = m_bar->chips();
    change(chips);
    m_bar->setChips(chips);
}

/// What cannot be understood comes into the field, to be mended there.
void FilterHead::useSaved(const QString& text) {
    const models::Result<models::LogFilter> filter = models::LogFilter::parse(text);
    m_bar->field().clear();
    if (filter && models::CompiledFilter::compile(*filter)) {
        m_bar->setChips(*filter);
        m_bar->field().setFocus();
    } else {
        m_bar->setChips({});
        m_bar->setText(text);
    }
}

void FilterHead::complain(const QString& words) {
    m_complaint->setText(words);
    m_complaint->show();
}

void FilterHead::takeTyped() {
    const models::Result<models::LogFilter> filter = m_bar->filter();
    if (filter)
        apply(*filter);
    else
        complain(filter.error().message);
}

/// A chip counts also while what is typed beside it cannot be understood.
void FilterHead::takeChips() {
    m_levels->setLevels(m_bar->chips().levels);
    m_chooser->setChosen(m_bar->chips().sources);
    const models::Result<models::LogFilter> filter = m_bar->filter();
    apply(filter ? *filter : m_bar->chips());
    if (!filter)
        complain(filter.error().message);
}

void FilterHead::apply(const models::LogFilter& filter) {
    m_typing.stop();
    if (filter != m_filter) {
        const auto compiled = models::CompiledFilter::compile(filter);
        if (!compiled) {
            complain(compiled.error().message);
            return;
        }
        m_filter = filter;
        m_compiled = filter.takesEveryLine() ? nullptr : *compiled;
        Q_EMIT changed();
    }
    m_complaint->hide();
    Q_EMIT settled();
}

} // namespace ui
