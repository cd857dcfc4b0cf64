// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logdesk.h"

#include "ui/log/bookmarklist.h"
#include "ui/log/bookmarktrack.h"
#include "ui/log/logbookmarks.h"
#include "ui/log/loginspector.h"
#include "ui/log/logpanekeys.h"
#include "ui/log/logsavingflow.h"
#include "ui/log/logstage.h"
#include "ui/theme/icon.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/bannerwidget.h"
#include "ui/widgets/splitpane.h"
#include "ui/widgets/wording.h"

#include <QAction>
#include <QPointer>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int viewHeight = 420;
constexpr int inspectorHeight = 190;

using logkeys::keysOf;
using logkeys::wordsOf;

QToolButton* buttonFor(QAction& action, const QString& iconName) {
    auto* button = new QToolButton;
    button->setObjectName(action.objectName());
    button->setIcon(icon(iconName, Colour::Quiet));
    button->setAccessibleName(wordsOf(action));
    button->setToolTip(QStringLiteral("%1 (%2)").arg(wordsOf(action), keysOf(action)));
    button->setCheckable(action.isCheckable());
    QObject::connect(button, &QToolButton::clicked, &action, &QAction::trigger);
    QObject::connect(&action, &QAction::toggled, button, &QToolButton::setChecked);
    return button;
}

} // namespace

LogDesk::LogDesk(LogStage& stage, QWidget* parent)
    : QWidget(parent)
    , m_stage(stage)
    , m_inspector(new LogInspector)
    , m_banner(new BannerWidget)
    , m_saving(std::make_unique<LogSavingFlow>(stage, *m_banner)) {
    m_banner->setObjectName(QStringLiteral("saveBanner"));
    m_inspector->hide();
    auto* panes = new SplitPane(Qt::Vertical, QStringLiteral("logLines"));
    panes->addWidget(&stage);
    panes->addWidget(m_inspector);
    panes->setCollapsible(0, false);
    panes->setStretchFactor(0, 1);
    panes->restoreSizes({viewHeight, inspectorHeight});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(panes, 1);
    column->addWidget(m_banner);
    makeActions();
    connectActions();
    connectParts();
}

LogDesk::~LogDesk() = default;

/// In the order of the menu.
void LogDesk::makeActions() {
    using Keys = QList<QKeySequence>;
    m_copy = add(tr("Copy"), Keys{QKeySequence::Copy}, "copyLines");
    m_copyWithTimes =
        add(tr("Copy with times"), Keys{Qt::CTRL | Qt::SHIFT | Qt::Key_C}, "copyLinesWithTimes");
    m_details = add(tr("Show whole line\tReturn"), {}, "showWholeLine");
    m_details->setCheckable(true);
    m_bookmark = add(tr("Set or remove bookmark\tB"), {}, "toggleBookmark");
    m_nextBookmark = add(tr("Go to next bookmark"), Keys{Qt::Key_F2}, "nextBookmark");
    m_previousBookmark =
        add(tr("Go to previous bookmark"), Keys{Qt::SHIFT | Qt::Key_F2}, "previousBookmark");
    m_showBookmarks = add(tr("Show bookmarks"), Keys{Qt::CTRL | Qt::Key_B}, "showBookmarks");
    m_save = add(tr("Save lines…"), {}, "saveLog");
    for (QAction* action : {m_nextBookmark, m_previousBookmark, m_showBookmarks}) {
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        parentWidget()->addAction(action);
    }
}

/// Keys hold while the lines have the focus.
QAction* LogDesk::add(const QString& words, const QList<QKeySequence>& keys, const char* name) {
    auto* action = new QAction(words, this);
    action->setObjectName(QLatin1String(name));
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WidgetShortcut);
    m_actions.append(action);
    return action;
}

void LogDesk::connectActions() {
    connect(m_copy, &QAction::triggered, this,
            [this] { m_stage.here().view->copy(LogView::Times::Without); });
    connect(m_copyWithTimes, &QAction::triggered, this,
            [this] { m_stage.here().view->copy(LogView::Times::With); });
    connect(m_details, &QAction::toggled, this, &LogDesk::showInspector);
    connect(m_bookmark, &QAction::triggered, this, [this] {
        const LogSpot here = m_stage.here();
        here.bookmarks->toggle(here.view->currentRow());
    });
    connect(m_nextBookmark, &QAction::triggered, this,
            [this] { m_stage.goToRow(m_stage.track().next(m_stage.currentRow())); });
    connect(m_previousBookmark, &QAction::triggered, this,
            [this] { m_stage.goToRow(m_stage.track().previous(m_stage.currentRow())); });
    connect(m_showBookmarks, &QAction::triggered, this, &LogDesk::openBookmarks);
    connect(m_save, &QAction::triggered, this, &LogDesk::saveLines);
}

void LogDesk::connectParts() {
    connect(m_inspector, &LogInspector::closed, this, [this] {
        m_details->setChecked(false);
        m_stage.focusLines();
    });
    connect(&m_stage, &LogStage::hereChanged, this, &LogDesk::inspect);
    connect(&m_stage.board(), &LogBoard::reset, this, &LogDesk::inspect);
    connect(&m_stage.bookmarks(), &LogBookmarks::lost, this, [this](int count) {
        say(countOf(count, tr("The line of %1 bookmark is gone."),
                    tr("The lines of %L1 bookmarks are gone.")));
    });
    connect(&m_stage, &LogStage::viewMade, this, [this](LogView* view) { serve(*view); });
    serve(m_stage.view());
}

void LogDesk::serve(LogView& view) {
    view.addActions(m_actions);
    view.setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(&view, &LogView::copyRefused, this, [this](qint64 rows) {
        if (say(tr("%L1 lines are too many to copy. Save them to a file.").arg(rows)))
            connect(m_banner->addAction(tr("Save lines…")), &ActionButton::clicked, this,
                    &LogDesk::saveLines);
    });
    connect(&view, &LogView::wholeLineRequested, m_details, &QAction::trigger);
    connect(&view, &LogView::bookmarkRequested, m_bookmark, &QAction::trigger);
    connect(&view, &LogView::escaped, this, [this] { m_details->setChecked(false); });
}

QList<QToolButton*> LogDesk::buttons() {
    m_bookmarksButton = buttonFor(*m_showBookmarks, QStringLiteral("bookmarks"));
    auto* save = buttonFor(*m_save, QStringLiteral("document-save"));
    save->setToolTip(tr("Save lines… (Ctrl+S)")); // a key of the window
    return {buttonFor(*m_details, QStringLiteral("documentinfo")), m_bookmarksButton, save};
}

PaletteEntries LogDesk::paletteEntries() const {
    PaletteEntries entries;
    for (QAction* action : {m_details, m_bookmark, m_nextBookmark, m_previousBookmark,
                            m_showBookmarks, m_copyWithTimes}) {
        entries.append(
            {wordsOf(*action), tr("Logs"), keysOf(*action), [guarded = QPointer(action)] {
                 if (guarded)
                     guarded->trigger();
             }});
    }
    return entries;
}

void LogDesk::saveLines() {
    m_saving->ask(window());
}

void LogDesk::showInspector(bool isShown) {
    m_inspector->setVisible(isShown);
    inspect();
}

void LogDesk::inspect() {
    if (!m_inspector->isVisibleTo(this))
        return;
    const LogSpot here = m_stage.here();
    const qint64 row = here.view->currentRow();
    if (row < here.board->firstRow() || row >= here.board->endRow()) {
        m_inspector->showNothing();
        return;
    }
    const LogRow shown = here.board->row(row);
    m_inspector->showRow(shown, here.board->sources()[shown.source].name);
}

void LogDesk::openBookmarks() {
    if (m_list == nullptr) {
        m_list = new BookmarkList(m_stage.bookmarks(), this);
        connect(m_list, &BookmarkList::chosen, this, &LogDesk::goToBookmark);
    }
    const QWidget* under = this;
    if (m_bookmarksButton != nullptr)
        under = m_bookmarksButton;
    m_list->open(*under);
}

void LogDesk::goToBookmark(int index) {
    if (index < 0 || index >= m_stage.bookmarks().all().size())
        return;
    const QString refusal = m_stage.track().refusal(index);
    if (!refusal.isEmpty()) {
        say(refusal);
        return;
    }
    m_stage.goToRow(m_stage.track().rows()[static_cast<size_t>(index)]);
    m_stage.focusLines();
}

/// Not over what is told of a file that is being saved.
bool LogDesk::say(const QString& words) {
    if (m_saving->isSaving())
        return false;
    m_banner->showMessage(BannerWidget::Level::Info, words);
    return true;
}

} // namespace ui
