// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/siftingnote.h"

#include "ui/log/logboard.h"
#include "ui/log/logview.h"
#include "ui/theme/theme.h"
#include "ui/widgets/wording.h"

#include <QEvent>

#include <algorithm>

namespace ui {

namespace {
constexpr std::chrono::milliseconds patience{200}; ///< what is over sooner is not told
}

SiftingNote::SiftingNote(LogBoard& board, LogView& view)
    : Chip({}, Colour::Quiet, Look::Tinted, &view)
    , m_board(board)
    , m_view(view) {
    setObjectName(QStringLiteral("siftingNote"));
    hide();
    view.installEventFilter(this);
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this,
            [this] { tell(tr("Older lines are still being filtered")); });
    for (const auto signal : {&LogLines::changed, &LogLines::reset})
        connect(&board, signal, this, &SiftingNote::settle);
}

void SiftingNote::settle() {
    if (m_board.isSifting()) {
        if (!m_patience.isActive() && isHidden())
            m_patience.start();
        return;
    }
    m_patience.stop();
    hide();
    if (const qint64 unread = m_board.unsiftedLines(); unread > 0)
        tell(countOf(unread, tr("%1 line cannot be read back and is left out"),
                     tr("%L1 lines cannot be read back and are left out")));
}

void SiftingNote::tell(const QString& words) {
    setText(words);
    setToolTip(words);
    place();
    show();
    raise();
}

bool SiftingNote::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize)
        place();
    return Chip::eventFilter(watched, event);
}

void SiftingNote::place() {
    const QSize wanted = sizeHint();
    resize(std::clamp(m_view.width() - 2 * space::m, 0, wanted.width()), wanted.height());
    move((m_view.width() - width()) / 2, space::m);
}

} // namespace ui
