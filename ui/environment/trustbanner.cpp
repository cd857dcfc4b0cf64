// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/trustbanner.h"

#include "app/workspace/openworkspace.h"
#include "ui/environment/workspaceboard.h"
#include "ui/widgets/actionbutton.h"

#include <QMenu>
#include <QPointer>

#include <algorithm>
#include <iterator>

namespace ui {

TrustBanner::TrustBanner(QWidget* parent)
    : BannerWidget(parent) {
    setObjectName(QStringLiteral("joinedTrustBanner"));
}

void TrustBanner::settle(const QList<WorkspaceBoard*>& boards) {
    QList<WorkspaceBoard*> asking;
    std::copy_if(boards.begin(), boards.end(), std::back_inserter(asking),
                 [](const WorkspaceBoard* board) { return board->asksTrust(); });
    const bool isJoined = asking.size() > 1;
    QStringList names;
    for (WorkspaceBoard* board : boards)
        board->setTrustJoined(isJoined);
    for (const WorkspaceBoard* board : std::as_const(asking))
        names.append(board->workspace().name());
    if (!isJoined)
        names.clear();
    if (names == std::exchange(m_asking, names))
        return;
    if (!isJoined) {
        hide();
        return;
    }
    showMessage(Level::Warning,
                tr("%1 workspaces are not trusted. Nothing of them runs by itself until you have "
                   "reviewed what that is.")
                    .arg(asking.size()));
    ActionButton* const review = addAction(tr("Review workspaces…"));
    auto* menu = new QMenu(review);
    menu->setObjectName(QStringLiteral("untrustedWorkspaces"));
    for (WorkspaceBoard* board : std::as_const(asking)) {
        // What stands behind an "&" is no shortcut.
        const QString name = board->workspace().name().replace(u'&', QStringLiteral("&&"));
        menu->addAction(name, board, [guarded = QPointer(board)] {
            if (guarded != nullptr)
                guarded->askTrust();
        });
    }
    review->setMenu(menu);
}

} // namespace ui
