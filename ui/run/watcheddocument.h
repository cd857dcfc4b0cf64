// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/runbook/runbookservice.h"
#include "models/run/plan.h"
#include "ui/run/textdiff.h"

#include <QObject>

namespace ui {

/// The file behind the document of a page, one at a time: whether it still is what the page has.
class WatchedDocument final : public QObject {
    Q_OBJECT

public:
    /// runbooks outlives it.
    explicit WatchedDocument(app::RunbookService& runbooks, QObject* parent = nullptr);
    ~WatchedDocument() override;

    /// None where the path is empty. With a hash, also what changed since that version.
    void watch(const QString& absolutePath, const QString& sha256 = {});
    /// That of the plan; none where an action's document was made for its run.
    void watch(const models::Plan& plan);
    /// Reads it, and says whether it still is the plan's.
    void compare(const models::PlanPointer& plan);

Q_SIGNALS:
    void changed();
    void agrees();
    /// name: of the file; changes: none where it is gone.
    void differs(const QString& name, bool isGone, const QList<ui::DiffLine>& changes);

private:
    app::RunbookService& m_runbooks;
    QString m_path;
};

} // namespace ui
