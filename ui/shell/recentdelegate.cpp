// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/recentdelegate.h"

#include "ui/shell/recentmodel.h"
#include "ui/theme/icon.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/rowpaint.h"

#include <QDir>
#include <QPainter>

namespace ui {

namespace {

constexpr int leastWidth = 200;

QString homeShortened(const QString& path) {
    const QString home = QDir::homePath();
    return path.startsWith(home + u'/') ? u'~' + path.mid(home.size()) : path;
}

} // namespace

RecentDelegate::RecentDelegate(QObject* parent)
    : RowDelegate(leastWidth, parent) {}

void RecentDelegate::paintRow(QPainter& painter, QRect rect, const QModelIndex& index) const {
    rect.adjust(space::m, 0, -space::m, 0);
    const bool isFile = index.data(RecentModel::IsFileRole).toBool();
    const bool missing = index.data(RecentModel::MissingRole).toBool();
    rowpaint::sign(
        painter, rect,
        icon(isFile ? QStringLiteral("text-x-generic") : QStringLiteral("folder"), Colour::Quiet));
    if (missing) {
        const QString words = tr("not found");
        const int width = Chip::widthOf(words);
        Chip::paint(painter, QRect(rect.right() - width + 1, rect.top(), width, rect.height()),
                    words, colour(Colour::Warn), Chip::Look::Outlined);
        rect.setRight(rect.right() - width - space::m);
    }
    rowpaint::twoLines(painter, rect, index.data().toString(),
                       homeShortened(index.data(RecentModel::PathRole).toString()));
}

} // namespace ui
