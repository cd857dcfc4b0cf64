// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logsaver.h"
#include "ui/log/savelogsheet.h"

#include <QPointer>

namespace ui {

class BannerWidget;
class LogBoard;
class LogStage;
class LogView;

/// The way of lines into a file: asks what to save, saves it, and tells how it goes.
class LogSavingFlow final : public QObject {
    Q_OBJECT

public:
    /// All outlive it. banner: where it tells.
    LogSavingFlow(LogStage& stage, BannerWidget& banner);

    /// Opens the sheet over this window; nothing while lines are being saved.
    void ask(QWidget* window);
    [[nodiscard]] bool isSaving() const { return m_saver.isSaving(); }

private:
    void begin(SaveLogSheet::Extent extent, app::LogSaving saving);
    void tellProgress(qint64 done);
    void tellEnd(const models::Result<app::LogSaver::Saved>& saved);

    LogStage& m_stage;
    BannerWidget& m_banner;
    QPointer<SaveLogSheet> m_sheet; ///< until it is known that the file can be written
    QPointer<LogBoard> m_board;     ///< of the lines that were selected when it was asked
    QPointer<LogView> m_view;
    QString m_name;
    qint64 m_count = 0;
    app::LogSaver m_saver;
};

} // namespace ui
