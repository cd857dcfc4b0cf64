// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logsaver.h"
#include "ui/widgets/sheet.h"

#include <QList>

#include <optional>

class QCheckBox;
class QComboBox;
class QRadioButton;

namespace ui {

class ActionButton;
class FileField;

/// Asks which lines of a log to save, how, and where to.
class SaveLogSheet final : public Sheet {
    Q_OBJECT

public:
    enum class Extent { All, Shown, Selected };

    /// How many lines each extent has; none: it is not offered.
    struct Offer {
        qint64 all = 0;
        std::optional<qint64> shown;
        std::optional<qint64> selected;
        QStringList sources;
    };

    /// folder: where the file is proposed.
    SaveLogSheet(const Offer& offer, const QString& folder, QWidget* parent);

    /// It did not work: the sheet stays for another answer.
    void refuse(const models::Error& error);

Q_SIGNALS:
    void saveRequested(ui::SaveLogSheet::Extent extent, app::LogSaving::Times times,
                       const QString& path, app::LogSaving::Existing existing);

private:
    void addExtents(const Offer& offer);
    void addFile(const QString& path);
    void takeSuffix();
    void settle();
    void save();

    struct Choice {
        Extent extent = Extent::All;
        QRadioButton* button = nullptr;
    };
    QList<Choice> m_extents;
    bool m_areMerged;
    QCheckBox* m_times;
    TextLabel* m_explanation;
    QComboBox* m_format;
    FileField* m_file;
    TextLabel* m_remark;
    ActionButton* m_save;
};

} // namespace ui
