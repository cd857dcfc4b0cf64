// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/newworkspacesheet.h"

#include "app/environment/workspaceservice.h"
#include "app/runbook/runbookservice.h"
#include "ui/shell/placerows.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/filefield.h"
#include "ui/widgets/whenfinished.h"
#include "ui/widgets/wording.h"

#include <QCheckBox>
#include <QDir>
#include <QEvent>
#include <QFileInfo>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

constexpr int sheetWidth = 640;

using Place = models::FirstFile::Place;

/// An environment of that name is the one that people depend on.
bool isLikelyProtected(const QString& name) {
    static const QStringList names{QStringLiteral("prod"), QStringLiteral("production"),
                                   QStringLiteral("live")};
    return names.contains(name.toLower());
}

QString absolutePath(const QString& path) {
    QString whole = path;
    if (whole == u'~' || whole.startsWith(QLatin1String("~/")))
        whole.replace(0, 1, QDir::homePath());
    return whole.isEmpty() ? QString() : QDir::cleanPath(QFileInfo(whole).absoluteFilePath());
}

} // namespace

NewWorkspaceSheet::NewWorkspaceSheet(app::WorkspaceService& workspaces,
                                     app::RunbookService& runbooks, const QString& folder,
                                     QWidget* parent)
    : Sheet(QStringLiteral("newWorkspaceSheet"), tr("New workspace"), parent)
    , m_workspaces(workspaces)
    , m_runbooks(runbooks)
    , m_name(new QLineEdit)
    , m_folder(new FileField(FileField::Wanted::Folder, tr("Folder of the workspace")))
    , m_runbook(new FileField(FileField::Wanted::File, tr("Runbook to start from")))
    , m_places(new PlaceRows)
    , m_contract(new QCheckBox)
    , m_thresholds(new QCheckBox)
    , m_remark(paragraph({}, TextRole::Quiet, Colour::Warn))
    , m_create(new ActionButton(tr("Create workspace"), ButtonKind::Filled)) {
    setMinimumWidth(sheetWidth);
    column().addWidget(paragraph(tr("A gantry.yaml is written into the folder, with comments on "
                                    "what may stand in it. No other file is touched."),
                                 TextRole::Body, Colour::Quiet));
    m_runbook->edit().setObjectName(QStringLiteral("newRunbook"));
    m_runbook->setFolder(folder);
    m_runbook->setFilters({tr("Runbooks (*.md *.markdown)"), tr("All files (*)")});
    addField(column(), tr("Runbook to start from (optional)"), m_runbook);
    m_folder->edit().setObjectName(QStringLiteral("newFolder"));
    m_folder->setFolder(folder);
    addField(column(), tr("Folder"), m_folder);
    m_name->setObjectName(QStringLiteral("newName"));
    addField(column(), tr("Name"), m_name);
    column().addSpacing(space::xs);
    m_places->setPlaces({{QStringLiteral("dev"), {}, false}, {QStringLiteral("prod"), {}, true}});
    column().addWidget(m_places);
    addOffers();
    m_remark->setObjectName(QStringLiteral("newRemark"));
    column().addWidget(m_remark);
    m_create->setObjectName(QStringLiteral("createWorkspace"));
    addFoot(*m_create);
    connect(m_runbook, &FileField::pathChanged, this, &NewWorkspaceSheet::readRunbook);
    connect(m_folder, &FileField::pathChanged, this, [this] {
        if (!m_name->isModified())
            m_name->setText(QFileInfo(absolutePath(m_folder->path())).fileName());
        settle();
    });
    connect(m_name, &QLineEdit::textChanged, this, &NewWorkspaceSheet::settle);
    connect(m_places, &PlaceRows::changed, this, &NewWorkspaceSheet::settle);
    connect(m_create, &ActionButton::clicked, this, &NewWorkspaceSheet::create);
    m_runbook->setFocus();
    settle();
}

/// What comes to it while it is open takes no height from its fields.
bool NewWorkspaceSheet::event(QEvent* event) {
    const bool isTaken = Sheet::event(event);
    if (event->type() == QEvent::LayoutRequest && isVisible())
        fitTo({width(), QWIDGETSIZE_MAX});
    return isTaken;
}

void NewWorkspaceSheet::addOffers() {
    m_contract->setObjectName(QStringLiteral("offerContract"));
    m_thresholds->setObjectName(QStringLiteral("offerThresholds"));
    for (QCheckBox* offer : {m_contract, m_thresholds}) {
        offer->hide();
        column().addWidget(offer);
    }
}

/// What was typed may still be on its way to a path.
void NewWorkspaceSheet::readRunbook() {
    const QString path = absolutePath(m_runbook->path());
    settle();
    if (path == m_read || !QFileInfo(path).isFile())
        return;
    whenFinished(m_runbooks.load(path), this,
                 [this, path](const models::Result<models::Runbook>& runbook) {
                     if (path != absolutePath(m_runbook->path()))
                         return;
                     m_read = path;
                     if (m_folder->path().isEmpty())
                         m_folder->setPath(QFileInfo(path).absolutePath());
                     if (!runbook)
                         say(runbook.error().message);
                     else
                         takeOffer(models::offerOf(*runbook));
                 });
}

void NewWorkspaceSheet::takeOffer(const models::RunbookOffer& offer) {
    m_offer = offer;
    if (!m_places->isTouched() &&
        (!offer.environments.isEmpty() || !offer.destinations.isEmpty())) {
        QList<Place> places;
        const QStringList names = offer.environments.isEmpty()
                                      ? QStringList{QStringLiteral("dev"), QStringLiteral("prod")}
                                      : offer.environments;
        for (const QString& name : names)
            places.append({name, {}, isLikelyProtected(name)});
        places.last().destinations = offer.destinations;
        m_places->setPlaces(places);
    }
    m_contract->setText(countOf(offer.contract.size(),
                                tr("Take %1 variable of its table as the contract of a service"),
                                tr("Take %1 variables of its table as the contract of a service")));
    m_thresholds->setText(countOf(offer.thresholds.size(),
                                  tr("Note %1 threshold of it beside the triggers"),
                                  tr("Note %1 thresholds of it beside the triggers")));
    m_contract->setVisible(!offer.contract.isEmpty());
    m_contract->setChecked(!offer.contract.isEmpty());
    m_thresholds->setVisible(!offer.thresholds.isEmpty());
    m_thresholds->setChecked(!offer.thresholds.isEmpty());
    settle();
}

QString NewWorkspaceSheet::runbookProblem() const {
    const QString path = absolutePath(m_runbook->path());
    if (path.isEmpty())
        return {};
    if (!QFileInfo(path).isFile())
        return tr("There is no runbook “%1”.").arg(path);
    const QString folder = absolutePath(m_folder->path());
    return path.startsWith(folder == u'/' ? folder : folder + u'/')
               ? QString()
               : tr("The runbook is not within the folder. Choose the folder that it is in, or one "
                    "above.");
}

models::FirstFile NewWorkspaceSheet::answers() const {
    models::FirstFile answers;
    answers.name = m_name->text().trimmed();
    answers.environments = m_places->places();
    answers.service = models::serviceNameOf(answers.name);
    if (!m_runbook->path().isEmpty())
        answers.runbook =
            QDir(absolutePath(m_folder->path())).relativeFilePath(absolutePath(m_runbook->path()));
    if (m_contract->isChecked())
        answers.contract = m_offer.contract;
    if (m_thresholds->isChecked())
        answers.thresholds = m_offer.thresholds;
    return answers;
}

void NewWorkspaceSheet::settle() {
    QString problem = m_folder->path().isEmpty() ? tr("Choose the folder.") : runbookProblem();
    if (problem.isEmpty())
        problem = models::problemOf(answers());
    say(problem);
    m_create->setEnabled(problem.isEmpty() && !m_isWriting);
}

void NewWorkspaceSheet::say(const QString& problem) {
    m_remark->setText(problem);
    m_remark->setVisible(!problem.isEmpty());
}

void NewWorkspaceSheet::create() {
    m_isWriting = true;
    settle();
    whenFinished(m_workspaces.create(absolutePath(m_folder->path()), answers()), this,
                 [this](const models::Result<QString>& folder) {
                     m_isWriting = false;
                     settle();
                     if (!folder) {
                         say(folder.error().message);
                         return;
                     }
                     Q_EMIT created(*folder);
                     accept();
                 });
}

} // namespace ui
