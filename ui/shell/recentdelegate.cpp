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

QString homeShortened(const QString& path) {
    const QString home = QDir::homePath();
    return path.startsWith(home + u'/') ? u'~' + path.mid(home.size()) : path;
}

} // namespace

void RecentDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const {
    painter->save();
    rowpaint::ground(*painter, option);
    QRect rect = option.rect.adjusted(space::m, 0, -space::m, 0);
    const bool isFile = index.data(RecentModel::IsFileRole).toBool();
    const bool missing = index.data(RecentModel::MissingRole).toBool();
    const QRect sign(rect.left(), rect.center().y() - 7, measure::glyph, measure::glyph);
    icon(isFile ? QStringLiteral("text-x-generic") : QStringLiteral("folder"), Colour::Quiet)
        .paint(painter, sign);
    rect.setLeft(sign.right() + space::m);
    if (missing) {
        const QString words = tr("not found");
        const int width = Chip::widthOf(words);
        Chip::paint(*painter, QRect(rect.right() - width + 1, rect.top(), width, rect.height()),
                    words, colour(Colour::Warn), Chip::Look::Outlined);
        rect.setRight(rect.right() - width - space::m);
    }
    rowpaint::twoLines(*painter, rect, index.data().toString(),
                       homeShortened(index.data(RecentModel::PathRole).toString()));
    painter->restore();
}

QSize RecentDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {200, rowpaint::twoLineHeight()};
}

} // namespace ui
