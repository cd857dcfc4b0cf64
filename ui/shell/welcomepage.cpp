// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/welcomepage.h"

#include "app/environment/workspaceservice.h"
#include "ui/shell/recentdelegate.h"
#include "ui/shell/recentmodel.h"
#include "ui/shell/rowlist.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/whenfinished.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QtConcurrent>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int columnWidth = 600;

QStringList missingOf(const QStringList& paths) {
    QStringList missing;
    for (const QString& path : paths) {
        if (!QFileInfo::exists(path))
            missing.append(path);
    }
    return missing;
}

} // namespace

WelcomePage::WelcomePage(app::WorkspaceService& workspaces, Example example, QWidget* parent)
    : QWidget(parent)
    , m_workspaces(workspaces)
    , m_recent(new RecentModel(this)) {
    setObjectName(QStringLiteral("welcomePage"));
    auto* column = new QWidget;
    column->setMaximumWidth(columnWidth);
    auto* rows = new QVBoxLayout(column);
    rows->setContentsMargins(space::xl, space::xl, space::xl, space::xl);
    rows->setSpacing(space::xxl);
    rows->addWidget(makeStart(example));
    m_recentBlock = makeRecent();
    rows->addWidget(m_recentBlock, 1);
    rows->addStretch(0);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, space::xxl, 0, 0);
    layout->addStretch(1);
    layout->addWidget(column, 4);
    layout->addStretch(1);
    connect(&m_workspaces, &app::WorkspaceService::recentChanged, this,
            &WelcomePage::refreshRecent);
    refreshRecent();
}

QWidget* WelcomePage::makeStart(Example example) {
    auto* block = new QWidget;
    auto* folder = new ActionButton(tr("Open folder…"), ButtonKind::Filled);
    auto* file = new ActionButton(tr("Open file…"));
    auto* exampleButton = new ActionButton(tr("Open the example workspace"), ButtonKind::Quiet);
    exampleButton->setVisible(example == Example::Offered);
    connect(folder, &QPushButton::clicked, this, &WelcomePage::folderRequested);
    connect(file, &QPushButton::clicked, this, &WelcomePage::fileRequested);
    connect(exampleButton, &QPushButton::clicked, this, &WelcomePage::exampleRequested);
    auto* sentence = new TextLabel(
        tr("Open the Markdown checklists and deployment guides that your team has, and run them "
           "step by step. Opening runs nothing and changes no file."),
        TextRole::Body, Colour::Quiet);
    sentence->setWordWrap(true);
    auto* hint = new TextLabel(tr("Or drop a folder or a Markdown file on this window."),
                               TextRole::Quiet, Colour::Quiet);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::s);
    buttons->addWidget(folder);
    buttons->addWidget(file);
    buttons->addWidget(exampleButton);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(block);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::m);
    layout->addWidget(new TextLabel(tr("Gantry"), TextRole::PageTitle));
    layout->addWidget(sentence);
    layout->addSpacing(space::xs);
    layout->addLayout(buttons);
    layout->addWidget(hint);
    return block;
}

QWidget* WelcomePage::makeRecent() {
    auto* block = new QWidget;
    m_view = new RowList(tr("Recent workspaces"));
    m_view->setObjectName(QStringLiteral("recentWorkspaces"));
    m_view->setModel(m_recent);
    m_view->setItemDelegate(new RecentDelegate(this));
    m_view->installEventFilter(this);
    const auto open = [this](const QModelIndex& index) {
        if (isVisible() && index.isValid())
            Q_EMIT pathActivated(index.data(RecentModel::PathRole).toString());
    };
    connect(m_view, &QListView::clicked, this, open);
    connect(m_view, &QListView::activated, this, open);
    auto* head = new QHBoxLayout;
    head->addWidget(new TextLabel(tr("Recent"), TextRole::Title));
    head->addStretch(1);
    head->addWidget(
        new TextLabel(tr("Delete takes one off the list"), TextRole::Quiet, Colour::Quiet));
    auto* layout = new QVBoxLayout(block);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::s);
    layout->addLayout(head);
    layout->addWidget(m_view);
    layout->addStretch(1);
    return block;
}

void WelcomePage::refreshRecent() {
    const QStringList paths = m_workspaces.recent();
    m_recent->setPaths(paths);
    m_recentBlock->setVisible(!paths.isEmpty());
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
