// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/welcomepage.h"

#include "app/environment/workspaceservice.h"
#include "ui/shell/dropzone.h"
#include "ui/shell/recentdelegate.h"
#include "ui/shell/recentmodel.h"
#include "ui/shell/startbutton.h"
#include "ui/theme/theme.h"
#include "ui/widgets/rowlist.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/whenfinished.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QtConcurrent>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int blockWidth = 960;
constexpr int shownRecent = 5; ///< as high as the ways to start; more scroll

QStringList missingOf(const QStringList& paths) {
    QStringList missing;
    for (const QString& path : paths) {
        if (!QFileInfo::exists(path))
            missing.append(path);
    }
    return missing;
}

} // namespace

WelcomePage::WelcomePage(app::WorkspaceService& workspaces, Demo demo, QWidget* parent)
    : QWidget(parent)
    , m_workspaces(workspaces)
    , m_recent(new RecentModel(this)) {
    setObjectName(QStringLiteral("welcomePage"));
    auto* sides = new QHBoxLayout;
    sides->setSpacing(space::xxl);
    sides->addWidget(makeStart(demo), 1);
    sides->addWidget(makeRecent(), 1);
    auto* block = new QWidget;
    block->setMaximumWidth(blockWidth);
    auto* rows = new QVBoxLayout(block);
    rows->setContentsMargins(space::xxl, space::xl, space::xxl, space::xl);
    rows->setSpacing(space::xl);
    rows->addWidget(makeHead());
    rows->addLayout(sides);
    rows->addWidget(new DropZone(tr("Or drop a folder or a Markdown file on this window")));

    // A little above the middle, where the eye looks for it.
    auto* middle = new QHBoxLayout;
    middle->addStretch(1);
    middle->addWidget(block, 1000);
    middle->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addStretch(2);
    layout->addLayout(middle);
    layout->addStretch(3);
    connect(&m_workspaces, &app::WorkspaceService::recentChanged, this, [this] {
        if (isVisible()) // else when it is shown
            refreshRecent();
    });
}

QWidget* WelcomePage::makeHead() {
    auto* head = new QWidget;
    auto* sentence = new TextLabel(
        tr("Open the Markdown checklists and deployment guides that your team has, and run them "
           "step by step. Opening runs nothing and changes no file."),
        TextRole::Body, Colour::Quiet);
    sentence->setWordWrap(true);
    auto* layout = new QVBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::s);
    layout->addWidget(new TextLabel(tr("Gantry"), TextRole::PageTitle));
    layout->addWidget(sentence);
    return head;
}

QWidget* WelcomePage::makeStart(Demo demo) {
    auto* block = new QWidget;
    auto* folder = new StartButton(QStringLiteral("folder-open"), tr("Open folder…"),
                                   tr("A workspace: runbooks, or a gantry.yaml with environments"),
                                   tr("Ctrl+O"), StartButton::Rank::First);
    folder->setObjectName(QStringLiteral("openFolder"));
    auto* file = new StartButton(QStringLiteral("document-open"), tr("Open file…"),
                                 tr("A lone Markdown file is a workspace of one"),
                                 tr("Ctrl+Shift+O"), StartButton::Rank::Other);
    file->setObjectName(QStringLiteral("openFile"));
    auto* fresh = new StartButton(QStringLiteral("list-add"), tr("New workspace…"),
                                  tr("A few questions write the first gantry.yaml"), tr("Ctrl+N"),
                                  StartButton::Rank::Other);
    fresh->setObjectName(QStringLiteral("newWorkspace"));
    auto* sample =
        new StartButton(QStringLiteral("help-hint"), tr("Open the demo"),
                        tr("Four systems at a host to try things out, in a window of its own"), {},
                        StartButton::Rank::Other);
    sample->setObjectName(QStringLiteral("openDemo"));
    if (demo == Demo::Absent)
        sample->hide();
    connect(folder, &QPushButton::clicked, this, &WelcomePage::folderRequested);
    connect(file, &QPushButton::clicked, this, &WelcomePage::fileRequested);
    connect(fresh, &QPushButton::clicked, this, &WelcomePage::newRequested);
    connect(sample, &QPushButton::clicked, this, &WelcomePage::demoRequested);
    auto* layout = new QVBoxLayout(block);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::s);
    layout->addWidget(new TextLabel(tr("Start"), TextRole::Title));
    for (QWidget* button : {folder, file, fresh, sample})
        layout->addWidget(button);
    layout->addStretch(1);
    return block;
}

QWidget* WelcomePage::makeRecent() {
    auto* block = new QWidget;
    m_view = new RowList(tr("Recent workspaces"));
    m_view->setObjectName(QStringLiteral("recentWorkspaces"));
    m_view->setMostRows(shownRecent);
    m_view->setModel(m_recent);
    m_view->setItemDelegate(new RecentDelegate(this));
    m_view->installEventFilter(this);
    const auto open = [this](const QModelIndex& index) {
        if (isVisible() && index.isValid())
            Q_EMIT pathActivated(index.data(RecentModel::PathRole).toString());
    };
    connect(m_view, &QListView::clicked, this, open);
    connect(m_view, &QListView::activated, this, open);
    m_removeHint =
        new TextLabel(tr("Delete takes one off the list"), TextRole::Quiet, Colour::Quiet);
    m_noRecent = new TextLabel(tr("Workspaces that you open will be listed here."), TextRole::Body,
                               Colour::Quiet);
    m_noRecent->setWordWrap(true);
    auto* head = new QHBoxLayout;
    head->addWidget(new TextLabel(tr("Recent"), TextRole::Title));
    head->addStretch(1);
    head->addWidget(m_removeHint);
    auto* layout = new QVBoxLayout(block);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::s);
    layout->addLayout(head);
    layout->addWidget(m_view);
    layout->addWidget(m_noRecent);
    layout->addStretch(1);
    return block;
}

void WelcomePage::refreshRecent() {
    const QStringList paths = m_workspaces.recent();
    m_recent->setPaths(paths);
    m_view->setVisible(!paths.isEmpty());
    m_removeHint->setVisible(!paths.isEmpty());
    m_noRecent->setVisible(paths.isEmpty());
    // A path on a network that is gone would hold the window: look elsewhere.
    const int request = ++m_request;
    whenFinished(QtConcurrent::run(missingOf, paths), this,
                 [this, request](const QStringList& missing) {
                     if (request == m_request)
                         m_recent->setMissing(missing);
                 });
}

void WelcomePage::removeCurrent() {
    const QModelIndex index = m_view->currentIndex();
    if (index.isValid())
        m_workspaces.removeRecent(index.data(RecentModel::PathRole).toString());
}

bool WelcomePage::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_view && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Delete) {
        removeCurrent();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void WelcomePage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refreshRecent();
}

} // namespace ui
