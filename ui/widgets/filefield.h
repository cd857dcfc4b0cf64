// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/filewriting.h"

#include <QWidget>

class QLineEdit;

namespace ui {

/// A path, typed or chosen in the desktop's dialog.
class FileField final : public QWidget {
    Q_OBJECT

public:
    enum class Wanted { NewFile, File, Folder };

    /// title: of the dialog, and of what it is for.
    FileField(Wanted wanted, const QString& title, QWidget* parent = nullptr);

    [[nodiscard]] QLineEdit& edit() { return *m_edit; }
    [[nodiscard]] QString path() const;
    void setPath(const QString& path);
    /// What a file gets that is chosen without one; without its dot.
    void setSuffix(const QString& suffix) { m_suffix = suffix; }
    void setFilters(const QStringList& filters) { m_filters = filters; }
    /// Where the dialog begins while there is no path.
    void setFolder(const QString& folder) { m_folder = folder; }

    /// Whether a person agreed that what is at this path goes: the dialog asks, and so may others.
    [[nodiscard]] Existing existing() const;
    void agreeToReplace() { m_mayReplace = path(); }

Q_SIGNALS:
    void pathChanged();

private:
    void choose();

    const Wanted m_wanted;
    const QString m_title;
    QLineEdit* m_edit;
    QString m_suffix;
    QStringList m_filters;
    QString m_folder;
    QString m_mayReplace;
};

} // namespace ui
