// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/topbar.h"

#include "models/environment/workspace.h"
#include "ui/shell/searchbutton.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/textlabel.h"

#include <QAction>
#include <QActionGroup>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

namespace ui {

namespace {

constexpr int longestName = 32;

/// Names come from files: as long as they like, and "&" is no mnemonic.
QString buttonWords(const QString& name) {
    QString words = name.size() > longestName ? name.left(longestName - 1) + QChar(u'…') : name;
    return words.replace(u'&', QStringLiteral("&&"));
}

QToolButton* menuButton(QMenu* menu, const char* objectName) {
    auto* button = new QToolButton;
    button->setObjectName(QLatin1String(objectName));
    button->setMenu(menu);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace

TopBar::TopBar(QWidget* parent)
    : QWidget(parent)
    , m_workspaceMenu(new QMenu(this))
    , m_environmentMenu(new QMenu(this))
    , m_search(new SearchButton) {
    setObjectName(QStringLiteral("topBar"));
    setFixedHeight(measure::topBar);
    m_workspace = menuButton(m_workspaceMenu, "workspaceSwitcher");
    m_environment = menuButton(m_environmentMenu, "environmentSwitcher");
    m_menu = menuButton(nullptr, "mainMenuButton");
    m_menu->setIcon(icon(QStringLiteral("application-menu"), Colour::Quiet));
    m_menu->setToolButtonStyle(Qt::ToolButtonIconOnly);
    m_menu->setAccessibleName(tr("Menu"));
    m_menu->setToolTip(tr("Menu (F10)"));

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::s, space::xs, space::s, space::xs + 1);
    layout->setSpacing(space::xs);
    layout->addWidget(m_workspace);
    layout->addWidget(m_environment);
    layout->addStretch(1);
    layout->addWidget(m_search);
    layout->addWidget(m_menu);

    const auto settle = [this] {
        m_workspace->setFont(Theme::instance().font(TextRole::Body, Emphasis::Strong));
        m_environment->setFont(Theme::instance().font(TextRole::Body));
        update();
    };
    connect(&Theme::instance(), &Theme::changed, this, settle);
    settle();
    showWorkspace(nullptr, nullptr);
}

void TopBar::showWorkspace(const models::Workspace* workspace,
                           const models::Environment* environment) {
    const QString name = workspace != nullptr ? workspace->name : tr("No workspace");
    m_workspace->setText(buttonWords(name));
    m_workspace->setAccessibleName(tr("Workspace: %1").arg(name));
    m_workspace->setToolTip(workspace != nullptr ? plainToolTip(workspace->root) : QString());
    m_environment->setVisible(environment != nullptr);
    if (workspace == nullptr || environment == nullptr)
        return;
    const QString words =
        environment->isProtected ? tr("%1 (protected)").arg(environment->name) : environment->name;
    m_environment->setText(buttonWords(words));
    m_environment->setIcon(
        environment->isProtected ? icon(QStringLiteral("object-locked"), Colour::Fail) : QIcon());
    m_environment->setToolButtonStyle(environment->isProtected ? Qt::ToolButtonTextBesideIcon
                                                               : Qt::ToolButtonTextOnly);
    m_environment->setAccessibleName(tr("Environment: %1").arg(words));
    fillEnvironments(*workspace, environment->name);
}

void TopBar::fillEnvironments(const models::Workspace& workspace, const QString& current) {
    m_environmentMenu->clear();
    auto* group = new QActionGroup(m_environmentMenu);
    for (const models::Environment& environment : workspace.environments) {
        const QString name = environment.name;
        QAction* choice = m_environmentMenu->addAction(
            buttonWords(environment.isProtected ? tr("%1 (protected)").arg(name) : name), this,
            [this, name] { Q_EMIT environmentChosen(name); });
        choice->setCheckable(true);
        choice->setActionGroup(group);
        choice->setChecked(name == current);
    }
}

void TopBar::setMainMenu(QMenu* menu) {
    m_menu->setMenu(menu);
}

void TopBar::openMainMenu() {
    QMenu* menu = m_menu->menu();
    if (menu == nullptr)
        return;
    const QPoint corner = m_menu->mapToGlobal(QPoint(m_menu->width(), m_menu->height()));
    menu->popup(corner - QPoint(menu->sizeHint().width(), 0));
}

void TopBar::setSearchAction(QAction& action) {
    connect(m_search, &QToolButton::clicked, &action, &QAction::trigger);
}

void TopBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), colour(Colour::Window));
    painter.fillRect(QRect(0, height() - 1, width(), 1), colour(Colour::Line));
}

} // namespace ui
