// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/handoversheet.h"

#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/filefield.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/whenfinished.h"

#include <QFile>
#include <QLineEdit>
#include <QtConcurrentRun>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int sheetWidth = 560;
/// Of a file that holds a run.
constexpr qint64 mostBytes = 2LL * 1024 * 1024 * 1024;
const QString suffix = QStringLiteral("gantry-run");

models::Result<QByteArray> readRun(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > mostBytes)
        return models::failure(
            models::ErrorCode::NotReadable,
            HandOverSheet::tr("%1 cannot be read: %2").arg(path, file.errorString()));
    return file.readAll();
}

} // namespace

HandOverSheet::HandOverSheet(app::RunService& runs, const models::RunId& run, const QString& folder,
                             const QString& title, QWidget* parent)
    : Sheet(QStringLiteral("handOverSheet"), tr("Hand over run"), parent)
    , m_runs(runs)
    , m_run(run)
    , m_to(new QLineEdit)
    , m_file(new FileField(FileField::Wanted::NewFile, tr("Hand over run")))
    , m_remark(paragraph({}, TextRole::Quiet, Colour::Warn))
    , m_confirm(new ActionButton(tr("Hand over run"), ButtonKind::Filled)) {
    setMinimumWidth(sheetWidth);
    column().addWidget(paragraph(
        tr("The run goes into a file, with everything that is recorded of it. Whoever takes it "
           "over there drives it; here it can only be read from then on. Secrets are not in it.")));
    m_to->setObjectName(QStringLiteral("handOverTo"));
    addField(column(), tr("To whom"), m_to);
    const QString name = fileNameFrom(title);
    m_file->edit().setObjectName(QStringLiteral("handOverPath"));
    m_file->setSuffix(suffix);
    m_file->setPath(folder + QLatin1Char('/') + (name.isEmpty() ? QStringLiteral("run") : name) +
                    QLatin1Char('.') + suffix);
    addField(column(), tr("File"), m_file);
    m_remark->setObjectName(QStringLiteral("handOverRemark"));
    m_remark->hide();
    column().addWidget(m_remark);
    m_confirm->setObjectName(QStringLiteral("handOverConfirm"));
    addFoot(*m_confirm);
    connect(m_to, &QLineEdit::textChanged, this, &HandOverSheet::settle);
    connect(m_file, &FileField::pathChanged, this, &HandOverSheet::settle);
    connect(m_confirm, &ActionButton::clicked, this, &HandOverSheet::handOver);
    m_to->setFocus();
    settle();
}

void HandOverSheet::settle() {
    m_confirm->setEnabled(!m_isBusy && !m_to->text().trimmed().isEmpty() &&
                          !m_file->path().isEmpty());
}

/// Recorded before it is written: two consoles never drive it. The file can be had again.
void HandOverSheet::handOver() {
    m_isBusy = true;
    settle();
    whenFinished(m_runs.handOver(m_run, m_to->text()), this,
                 [this, path = m_file->path()](const models::Result<QByteArray>& file) {
                     if (file)
                         write(path, *file);
                     else
                         say(file.error().message);
                 });
}

void HandOverSheet::write(const QString& path, const QByteArray& file) {
    whenFinished(QtConcurrent::run(&writeFile, path, file, m_file->existing()), this,
                 [this, path](const models::Result<void>& written) {
                     if (written) {
                         Q_EMIT handedOver(m_to->text().trimmed(), path);
                         accept();
                         return;
                     }
                     if (written.error().code == models::ErrorCode::Refused)
                         m_file->agreeToReplace();
                     say(written.error().message);
                 });
}

void HandOverSheet::say(const QString& text) {
    m_isBusy = false;
    m_remark->setText(text);
    m_remark->show();
    settle();
}

TakeOverSheet::TakeOverSheet(app::RunService& runs, const QString& path, QWidget* parent)
    : Sheet(QStringLiteral("takeOverSheet"), tr("Take over run"), parent)
    , m_runs(runs)
    , m_file(new FileField(FileField::Wanted::File, tr("Take over run")))
    , m_remark(paragraph({}, TextRole::Quiet, Colour::Warn))
    , m_confirm(new ActionButton(tr("Take over run"), ButtonKind::Filled)) {
    setMinimumWidth(sheetWidth);
    column().addWidget(
        paragraph(tr("A colleague's run goes on here. Its record is verified first; from then on "
                     "this console drives it, with your account and your keys.")));
    m_file->edit().setObjectName(QStringLiteral("takeOverPath"));
    m_file->setFilters({tr("Runs (*.%1)").arg(suffix)});
    m_file->setPath(path);
    addField(column(), tr("File"), m_file);
    m_remark->setObjectName(QStringLiteral("takeOverRemark"));
    m_remark->hide();
    column().addWidget(m_remark);
    m_confirm->setObjectName(QStringLiteral("takeOverConfirm"));
    addFoot(*m_confirm);
    connect(m_file, &FileField::pathChanged, this, &TakeOverSheet::settle);
    connect(m_confirm, &ActionButton::clicked, this, &TakeOverSheet::takeOver);
    settle();
}

void TakeOverSheet::settle() {
    m_confirm->setEnabled(!m_isBusy && !m_file->path().isEmpty());
}

void TakeOverSheet::takeOver() {
    m_isBusy = true;
    settle();
    const auto fail = [this](const models::Error& error) {
        m_isBusy = false;
        m_remark->setText(error.message);
        m_remark->show();
        settle();
    };
    whenFinished(QtConcurrent::run(&readRun, m_file->path()), this,
                 [this, fail](const models::Result<QByteArray>& file) {
                     if (!file) {
                         fail(file.error());
                         return;
                     }
                     whenFinished(m_runs.takeOver(*file), this,
                                  [this, fail](const models::Result<models::RunId>& run) {
                                      if (!run) {
                                          fail(run.error());
                                          return;
                                      }
                                      Q_EMIT takenOver(*run);
                                      accept();
                                  });
                 });
}

} // namespace ui
