// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/runbookrisks.h"

#include "app/diagnostics/clock.h"
#include "app/run/whenfinished.h"
#include "app/runbook/runbookservice.h"

#include <QDir>

namespace app {

namespace {

RunbookRisks::Document documentOf(const QString& path,
                                  const models::Result<models::Runbook>& runbook) {
    if (!runbook)
        return {path, path, {}, {}, runbook.error().message};
    // What is never run has nobody who could acknowledge them.
    const bool isRun = runbook->kind == models::DocumentKind::Runbook ||
                       runbook->kind == models::DocumentKind::RollbackRunbook;
    QStringList risks;
    for (const models::Risk& risk : isRun ? runbook->risks : QList<models::Risk>()) {
        if (!risk.text.isEmpty() && !risks.contains(risk.text))
            risks.append(risk.text);
    }
    return {path,
            runbook->title.isEmpty() ? path : runbook->title,
            runbook->frontMatter.environments,
            risks,
            {}};
}

} // namespace

RunbookRisks::RunbookRisks(RunbookService& runbooks, QObject* parent)
    : QObject(parent)
    , m_runbooks(runbooks) {}

void RunbookRisks::read(const models::Workspace& workspace) {
    const int request = ++m_request;
    m_coming.clear();
    m_awaited = workspace.runbooks.size();
    if (m_awaited == 0)
        return finish();
    const QDir root(workspace.root);
    const QSet<QString> given = models::givenNames(workspace);
    for (const QString& path : workspace.runbooks) {
        whenFinished(m_runbooks.load(root.absoluteFilePath(path), given), this,
                     [this, request, path](const models::Result<models::Runbook>& runbook) {
                         if (request == m_request)
                             take(documentOf(path, runbook));
                     });
    }
}

void RunbookRisks::take(const Document& document) {
    if (!document.risks.isEmpty() || !document.problem.isEmpty())
        m_coming.insert(document.path, document);
    if (--m_awaited == 0)
        finish();
}

void RunbookRisks::finish() {
    m_documents = std::exchange(m_coming, {}).values();
    m_readAt = presentInstant();
    Q_EMIT changed();
}

} // namespace app
