// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runservice.h"
#include "ui/widgets/sheet.h"

class QComboBox;

namespace ui {

class ActionButton;
class FileField;
class MonoBlock;

/// Saves the report of a run: format, place, and how it will read. The file is written off the
/// window's thread; one that is there already is replaced only when asked for twice.
class ReportSheet final : public Sheet {
    Q_OBJECT

public:
    /// runs outlives the sheet. folder is where the file is proposed, title what it is named after.
    ReportSheet(app::RunService& runs, const models::RunId& run, models::HealthCourse course,
                const QString& folder, const QString& title, QWidget* parent);

Q_SIGNALS:
    void saved(const QString& path);

private:
    void addFields(const QString& path);
    void changeSuffix();
    void settle();
    void save();
    void finish(const QString& path, const models::Result<void>& written);
    void say(const QString& text);
    [[nodiscard]] app::ReportFormat format() const;

    app::RunService& m_runs;
    models::RunId m_run;
    models::HealthCourse m_course;
    QComboBox* m_format;
    FileField* m_file;
    MonoBlock* m_preview;
    TextLabel* m_remark;
    ActionButton* m_save;
    bool m_isSaving = false;
};

} // namespace ui
