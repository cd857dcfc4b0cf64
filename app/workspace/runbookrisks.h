// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/workspace.h"

#include <QObject>

namespace app {

class RunbookService;

/// The risks that the runbooks of a workspace name. Main thread; reading is off it.
class RunbookRisks final : public QObject {
    Q_OBJECT

public:
    struct Document {
        QString path; ///< relative to the workspace
        QString title;
        QStringList environments; ///< that it is for; empty: all
        QStringList risks;
        QString problem; ///< why it could not be read; empty: it was
    };

    /// runbooks outlives it.
    explicit RunbookRisks(RunbookService& runbooks, QObject* parent = nullptr);

    /// Reads those of this workspace; changed follows when all were. What was read before stands
    /// until then.
    void read(const models::Workspace& workspace);
    /// Documents that name none are left out, unless they have a problem.
    [[nodiscard]] const QList<Document>& documents() const { return m_documents; }
    /// When they were read; null: not yet.
    [[nodiscard]] models::Instant readAt() const { return m_readAt; }

Q_SIGNALS:
    void changed();

private:
    void take(const Document& document);
    void finish();

    RunbookService& m_runbooks;
    QList<Document> m_documents;
    models::Instant m_readAt;
    QMap<QString, Document> m_coming; ///< by path
    qsizetype m_awaited = 0;
    int m_request = 0; ///< answers to earlier ones are dropped
};

} // namespace app
