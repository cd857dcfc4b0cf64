// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/diagnostic.h"
#include "ui/run/textdiff.h"
#include "ui/widgets/sheet.h"

namespace ui {

/// A sheet that only shows: remarks with line and column, what changed in a document, the keys.
class ListSheet final : public Sheet {
    Q_OBJECT

public:
    static void showRemarks(QWidget* parent, const QString& path,
                            const models::Diagnostics& diagnostics);
    static void showChanges(QWidget* parent, const QString& path, const QList<DiffLine>& lines);
    /// Those that steps answer to, and those of the page's actions.
    static void showKeys(QWidget* page);

private:
    ListSheet(const QString& title, const QString& explanation, QWidget* content, QWidget* parent);
};

} // namespace ui
