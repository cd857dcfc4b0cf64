// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runservice.h"
#include "ui/widgets/sheet.h"

class QLineEdit;

namespace ui {

class ActionButton;
class FileField;

/// Gives a run to a colleague as a file: to whom, and where the file goes.
class HandOverSheet final : public Sheet {
    Q_OBJECT

public:
    /// runs outlives the sheet. folder: where files are offered to be saved.
    HandOverSheet(app::RunService& runs, const models::RunId& run, const QString& folder,
                  const QString& title, QWidget* parent);

Q_SIGNALS:
    void handedOver(const QString& to, const QString& path);

private:
    void handOver();
    void write(const QString& path, const QByteArray& file);
    void settle();
    void say(const QString& text);

    app::RunService& m_runs;
    const models::RunId m_run;
    QLineEdit* m_to;
    FileField* m_file;
    TextLabel* m_remark;
    ActionButton* m_confirm;
    bool m_isBusy = false;
};

/// Takes up what a colleague handed over.
class TakeOverSheet final : public Sheet {
    Q_OBJECT

public:
    /// runs outlives the sheet. path: empty: it is chosen here.
    TakeOverSheet(app::RunService& runs, const QString& path, QWidget* parent);

Q_SIGNALS:
    void takenOver(const models::RunId& run);

private:
    void takeOver();
    void settle();

    app::RunService& m_runs;
    FileField* m_file;
    TextLabel* m_remark;
    ActionButton* m_confirm;
    bool m_isBusy = false;
};

} // namespace ui
