// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/distrustsheet.h"

#include "app/workspace/openworkspace.h"
#include "ui/environment/trustsheet.h"
#include "ui/widgets/actionbutton.h"

#include <QVBoxLayout>

namespace ui {

namespace {
constexpr QSize mostSize(560, 420);
} // namespace

void DistrustSheet::ask(app::OpenWorkspace& workspace, QWidget* window) {
    (new DistrustSheet(workspace, window))->open();
}

DistrustSheet::DistrustSheet(app::OpenWorkspace& workspace, QWidget* window)
    : Sheet(QStringLiteral("distrustSheet"), tr("Stop trusting %1").arg(workspace.name()), window) {
    const QString asked = TrustSheet::countsOf(workspace.workspace());
    column().addWidget(paragraph(asked.isEmpty()
                                     ? tr("Nothing of the workspace runs by itself any more.")
                                     : tr("These stop at once: %1. What they found last stays, "
                                          "with its age.")
                                           .arg(asked)));
    column().addWidget(paragraph(
        tr("Steps that you start still run, and logs that you opened go on. An open run learns "
           "nothing more: its gates and triggers are not known.")));
    column().addWidget(paragraph(tr("To trust it again, review it on the page of environments."),
                                 TextRole::Body, Colour::Quiet));
    auto* stop = new ActionButton(tr("Stop trusting workspace"), ButtonKind::Filled);
    stop->setObjectName(QStringLiteral("distrustWorkspace"));
    auto* keep = new ActionButton(tr("Keep trusting workspace"), ButtonKind::Plain);
    connect(stop, &ActionButton::clicked, this, &QDialog::accept);
    connect(keep, &ActionButton::clicked, this, &QDialog::reject);
    connect(this, &QDialog::accepted, &workspace,
            [&workspace] { workspace.health().distrustWorkspace(); });
    connect(&workspace, &QObject::destroyed, this, &QDialog::reject);
    addButtons({keep, stop});
    fitTo(mostSize);
}

} // namespace ui
