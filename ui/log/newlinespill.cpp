// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/newlinespill.h"

#include "ui/log/logview.h"
#include "ui/theme/theme.h"
#include "ui/widgets/wording.h"

namespace ui {

NewLinesPill::NewLinesPill(LogView& view)
    : ActionButton({}, ButtonKind::Filled, &view)
    , m_view(view) {
    setObjectName(QStringLiteral("newLinesPill"));
    hide();
    // It tells of another size as well.
    connect(&view, &LogView::followingChanged, this, &NewLinesPill::settle);
    connect(this, &ActionButton::clicked, &view, &LogView::follow);
}

void NewLinesPill::settle() {
    const qint64 count = m_view.newRows();
    setVisible(count > 0);
    if (count == 0)
        return;
    setText(countOf(count, tr("%1 new line"), tr("%L1 new lines")));
    adjustSize();
    move((m_view.width() - width()) / 2, m_view.height() - height() - space::m);
    raise();
}

} // namespace ui
