// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/siftingnote.h"

#include "ui/log/logboard.h"
#include "ui/log/logview.h"
#include "ui/theme/theme.h"

namespace ui {

namespace {
constexpr std::chrono::milliseconds patience{200}; ///< what is over sooner is not told
}

SiftingNote::SiftingNote(LogBoard& board, LogView& view)
    : Chip(tr("Older lines are still being filtered"), Colour::Quiet, Look::Tinted, &view)
    , m_board(board)
    , m_view(view) {
    setObjectName(QStringLiteral("siftingNote"));
    hide();
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        resize(sizeHint());
        move((m_view.width() - width()) / 2, space::m);
        show();
        raise();
    });
    for (const auto signal : {&LogLines::changed, &LogLines::reset})
        connect(&board, signal, this, &SiftingNote::settle);
}

void SiftingNote::settle() {
    if (!m_board.isSifting()) {
        m_patience.stop();
        hide();
    } else if (!m_patience.isActive() && isHidden()) {
        m_patience.start();
    }
}

} // namespace ui
