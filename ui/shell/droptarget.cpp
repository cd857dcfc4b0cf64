// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/droptarget.h"

#include "ui/shell/recentmodel.h"
#include "ui/shell/windowframe.h"

#include <QDropEvent>
#include <QMimeData>
#include <QUrl>
#include <QWidget>

namespace ui {

namespace {

/// The one local file or folder of a drag; empty for anything else.
QString draggedPath(const QMimeData* data) {
    const QList<QUrl> urls = data->urls();
    return urls.size() == 1 && urls.first().isLocalFile() ? urls.first().toLocalFile() : QString();
}

} // namespace

DropTarget::DropTarget(QWidget& window, WindowFrame& frame)
    : QObject(&window)
    , m_frame(frame) {
    window.setAcceptDrops(true);
    window.installEventFilter(this);
}

bool DropTarget::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::DragLeave) {
        m_frame.showDropHint({});
        return false;
    }
    if (event->type() != QEvent::DragEnter && event->type() != QEvent::Drop)
        return QObject::eventFilter(watched, event);
    auto* drop = static_cast<QDropEvent*>(event);
    const QString path = draggedPath(drop->mimeData());
    const bool isDrop = event->type() == QEvent::Drop;
    m_frame.showDropHint(
        isDrop || path.isEmpty() ? QString() : tr("Drop to open %1").arg(workspaceNameOf(path)));
    if (!path.isEmpty()) {
        drop->acceptProposedAction();
        if (isDrop)
            Q_EMIT dropped(path);
    } else {
        drop->ignore();
    }
    return true;
}

} // namespace ui
