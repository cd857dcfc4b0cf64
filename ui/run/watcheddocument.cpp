// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/watcheddocument.h"

#include "models/run/change.h"
#include "ui/widgets/whenfinished.h"

namespace ui {
namespace {

constexpr int contextLines = 3;

} // namespace

WatchedDocument::WatchedDocument(app::RunbookService& runbooks, QObject* parent)
    : QObject(parent)
    , m_runbooks(runbooks) {
    connect(&m_runbooks, &app::RunbookService::runbookChanged, this, [this](const QString& path) {
        if (path == m_path)
            Q_EMIT changed();
    });
}

WatchedDocument::~WatchedDocument() {
    if (!m_path.isEmpty())
        m_runbooks.unwatch(m_path);
}

void WatchedDocument::watch(const QString& absolutePath, const QString& sha256) {
    const bool isOther = m_path != absolutePath;
    if (isOther && !m_path.isEmpty())
        m_runbooks.unwatch(m_path);
    m_path = absolutePath;
    if (!m_path.isEmpty() && (isOther || !sha256.isEmpty()))
        m_runbooks.watch(m_path, sha256);
}

void WatchedDocument::watch(const models::Plan& plan) {
    const models::PlanContext& context = plan.context;
    if (models::isOfAction(context))
        watch(QString());
    else
        watch(context.workspaceRoot + QLatin1Char('/') + context.runbookPath, plan.runbook.sha256);
}

void WatchedDocument::compare(const models::PlanPointer& plan) {
    whenFinished(m_runbooks.load(m_path), this,
                 [this, plan](const models::Result<models::Runbook>& now) {
                     const QString& name = plan->context.runbookPath;
                     if (now && now->sha256 == plan->runbook.sha256)
                         Q_EMIT agrees();
                     else if (now)
                         Q_EMIT differs(name, false,
                                        diffLines(QString::fromUtf8(plan->runbook.source),
                                                  QString::fromUtf8(now->source), contextLines));
                     else
                         Q_EMIT differs(name, true, {});
                 });
}

} // namespace ui
