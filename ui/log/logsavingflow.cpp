// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logsavingflow.h"

#include "ui/log/logstage.h"
#include "ui/log/logwords.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/bannerwidget.h"
#include "ui/widgets/documentsfolder.h"
#include "ui/widgets/wording.h"

#include <QFileInfo>
#include <QLocale>

namespace ui {

LogSavingFlow::LogSavingFlow(LogStage& stage, BannerWidget& banner)
    : m_stage(stage)
    , m_banner(banner) {
    connect(&m_saver, &app::LogSaver::progressed, this, &LogSavingFlow::tellProgress);
    connect(&m_saver, &app::LogSaver::finished, this, &LogSavingFlow::tellEnd);
}

void LogSavingFlow::ask(QWidget* window) {
    if (m_saver.isSaving() || m_sheet != nullptr)
        return;
    LogBoard& board = m_stage.board();
    m_board = m_stage.here().board;
    m_view = m_stage.here().view;
    const app::LogSaving all = board.everything();
    const qint64 shown = board.endRow() - board.firstRow();
    const auto selected = m_view->selectedRows();
    SaveLogSheet::Offer offer;
    offer.all = all.lineCount();
    for (const app::LogSaving::Source& source : all.sources)
        offer.sources.append(source.name);
    if (shown != offer.all)
        offer.shown = shown;
    if (m_view->hasSelection())
        offer.selected = selected->second - selected->first + 1;
    m_sheet = new SaveLogSheet(offer, documentsFolder(), window);
    connect(m_sheet, &SaveLogSheet::saveRequested, this,
            [this](SaveLogSheet::Extent extent, app::LogSaving::Times times, const QString& path,
                   app::LogSaving::Existing existing) {
                app::LogSaving saving;
                saving.times = times;
                saving.path = path;
                saving.existing = existing;
                begin(extent, saving);
            });
    m_sheet->open();
}

void LogSavingFlow::begin(SaveLogSheet::Extent extent, app::LogSaving saving) {
    app::LogSaving lines;
    switch (extent) {
    case SaveLogSheet::Extent::All:
        lines = m_stage.board().everything();
        break;
    case SaveLogSheet::Extent::Shown:
        lines = m_stage.board().saving(m_stage.board().firstRow(), m_stage.board().endRow());
        break;
    case SaveLogSheet::Extent::Selected:
        if (m_board == nullptr || m_view == nullptr || !m_view->hasSelection()) {
            m_sheet->refuse({models::ErrorCode::NotFound,
                             tr("The lines that were selected are not shown any more. Select them "
                                "again, or save all that are shown."),
                             {}});
            return;
        }
        const auto rows = m_view->selectedRows();
        lines = m_board->saving(rows->first, rows->second + 1);
        break;
    }
    saving.sources = std::move(lines.sources);
    saving.lines = std::move(lines.lines);
    saving.markerWords = &markerWords;
    m_name = QFileInfo(saving.path).fileName();
    m_count = saving.lineCount();
    m_saver.save(saving);
}

void LogSavingFlow::tellProgress(qint64 done) {
    if (m_sheet != nullptr) {
        m_sheet->accept();
        m_sheet = nullptr;
        m_banner.showMessage(BannerWidget::Level::Info, {});
        ActionButton* cancel = m_banner.addAction(tr("Cancel saving"));
        cancel->setObjectName(QStringLiteral("cancelSaving"));
        connect(cancel, &ActionButton::clicked, &m_saver, &app::LogSaver::cancel);
    }
    m_banner.setText(
        tr("Saving %1: %2 %").arg(m_name).arg(m_count > 0 ? 100 * done / m_count : 100));
}

void LogSavingFlow::tellEnd(const models::Result<app::LogSaver::Saved>& saved) {
    if (!saved && m_sheet != nullptr) {
        m_sheet->refuse(saved.error());
        return;
    }
    if (!saved) {
        const bool isAsked = saved.error().code == models::ErrorCode::Cancelled;
        m_banner.showMessage(isAsked ? BannerWidget::Level::Info : BannerWidget::Level::Error,
                             saved.error().message);
        return;
    }
    QString words = tr("%1 saved as %2 (%3).")
                        .arg(countOf(saved->lines, tr("%1 line"), tr("%L1 lines")), saved->path,
                             QLocale().formattedDataSize(saved->bytes));
    if (saved->leftOut > 0)
        words += u' ' + countOf(saved->leftOut, tr("%1 note of a gap or an end was left out."),
                                tr("%L1 notes of gaps and ends were left out."));
    m_banner.showMessage(BannerWidget::Level::Info, words);
}

} // namespace ui
