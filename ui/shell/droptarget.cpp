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

/// The local files and folders of a drag; none where anything else is among them.
QStringList draggedPaths(const QMimeData* data) {
    QStringList paths;
    for (const QUrl& url : data->urls()) {
        if (!url.isLocalFile())
            return {};
        paths.append(url.toLocalFile());
    }
    return paths;
}

QString hintFor(const QStringList& paths) {
    if (paths.isEmpty())
        return {};
    return paths.size() == 1 ? DropTarget::tr("Drop to open %1").arg(workspaceNameOf(paths.first()))
                             : DropTarget::tr("Drop to open all %1").arg(paths.size());
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
    const QStringList paths = draggedPaths(drop->mimeData());
    const bool isDrop = event->type() == QEvent::Drop;
    m_frame.showDropHint(isDrop ? QString() : hintFor(paths));
    if (!paths.isEmpty()) {
        drop->acceptProposedAction();
        if (isDrop)
            Q_EMIT dropped(paths);
    } else {
        drop->ignore();
    }
    return true;
}

} // namespace ui
