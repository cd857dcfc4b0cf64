// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logdesk.h"

#include "ui/log/logsavingflow.h"
#include "ui/theme/icon.h"
#include "ui/widgets/bannerwidget.h"

#include <QToolButton>
#include <QVBoxLayout>

namespace ui {

LogDesk::LogDesk(LogBoard& board, LogView& view, QWidget* parent)
    : QWidget(parent)
    , m_banner(new BannerWidget)
    , m_saving(std::make_unique<LogSavingFlow>(board, view, *m_banner)) {
    m_banner->setObjectName(QStringLiteral("saveBanner"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_banner);
}

LogDesk::~LogDesk() = default;

QList<QToolButton*> LogDesk::buttons() {
    auto* save = new QToolButton;
    save->setObjectName(QStringLiteral("saveLog"));
    save->setIcon(icon(QStringLiteral("document-save"), Colour::Quiet));
    save->setAccessibleName(tr("Save lines"));
    save->setToolTip(tr("Save lines… (Ctrl+S)"));
    connect(save, &QToolButton::clicked, this, &LogDesk::saveLines);
    return {save};
}

void LogDesk::saveLines() {
    m_saving->ask(window());
}

} // namespace ui
