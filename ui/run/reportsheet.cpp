// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/reportsheet.h"

#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/filefield.h"
#include "ui/widgets/monoblock.h"
#include "ui/widgets/whenfinished.h"

#include <QComboBox>
#include <QFileInfo>
#include <QLineEdit>
#include <QtConcurrentRun>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int sheetWidth = 720;
constexpr int previewLines = 18;
constexpr int previewCharacters = 60'000;

/// A file name from a title: letters, digits and dashes.
QString fileNameOf(const QString& title) {
    const QString name = fileNameFrom(title);
    return name.isEmpty() ? QStringLiteral("run-report") : name + QStringLiteral("-report");
}

} // namespace

ReportSheet::ReportSheet(app::RunService& runs, const models::RunId& run,
                         models::HealthCourse course, const QString& folder, const QString& title,
                         QWidget* parent)
    : Sheet(QStringLiteral("reportSheet"), tr("Save report"), parent)
    , m_runs(runs)
    , m_run(run)
    , m_course(std::move(course))
    , m_format(new QComboBox)
    , m_file(new FileField(FileField::Wanted::NewFile, tr("Save report")))
    , m_preview(new MonoBlock(tr("report")))
    , m_remark(paragraph({}, TextRole::Quiet, Colour::Warn))
    , m_save(new ActionButton(tr("Save report"), ButtonKind::Filled)) {
    setMinimumWidth(sheetWidth);
    addFields(folder + QLatin1Char('/') + fileNameOf(title) + QStringLiteral(".md"));
    m_save->setObjectName(QStringLiteral("reportSave"));
    addFoot(*m_save);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ReportSheet::changeSuffix);
    connect(m_file, &FileField::pathChanged, this, &ReportSheet::settle);
    connect(m_save, &ActionButton::clicked, this, &ReportSheet::save);
    whenFinished(m_runs.report(run, app::ReportFormat::Markdown), this,
                 [this](const models::Result<QByteArray>& text) {
                     if (text)
                         m_preview->setWords(QString::fromUtf8(*text).left(previewCharacters));
                     else
                         say(text.error().message);
                 });
    m_save->setFocus();
    settle();
}

void ReportSheet::addFields(const QString& path) {
    m_format->setObjectName(QStringLiteral("reportFormat"));
    m_format->addItem(tr("Markdown, to read and to file"), QStringLiteral("md"));
    m_format->addItem(tr("HTML, one page for a browser"), QStringLiteral("html"));
    m_format->addItem(tr("PDF, to print and to keep"), QStringLiteral("pdf"));
    m_format->addItem(tr("JSON, for other programs"), QStringLiteral("json"));
    addField(column(), tr("Format"), m_format);
    m_file->edit().setObjectName(QStringLiteral("reportPath"));
    m_file->setPath(path);
    m_file->setSuffix(m_format->currentData().toString());
    addField(column(), tr("File"), m_file);
    m_preview->setMaximumLines(previewLines);
    m_preview->setFixedHeight(previewLines * QFontMetrics(ui::font(TextRole::Mono)).lineSpacing());
    auto* heading = new TextLabel(tr("As Markdown it reads"), TextRole::Quiet, Colour::Quiet);
    column().addWidget(heading);
    column().addWidget(m_preview);
    m_remark->setObjectName(QStringLiteral("reportRemark"));
    m_remark->hide();
    column().addWidget(m_remark);
}

void ReportSheet::changeSuffix() {
    const QFileInfo file(m_file->path());
    const QString suffix = m_format->currentData().toString();
    m_file->setSuffix(suffix);
    m_file->setPath(file.path() + QLatin1Char('/') + file.completeBaseName() + QLatin1Char('.') +
                    suffix);
}

void ReportSheet::settle() {
    m_save->setEnabled(!m_isSaving && !m_file->path().isEmpty());
    if (!m_isSaving)
        m_remark->hide();
}

app::ReportFormat ReportSheet::format() const {
    return app::reportFormatFromName(m_format->currentData().toString())
        .value_or(app::ReportFormat::Markdown);
}

void ReportSheet::save() {
    const QString path = m_file->path();
    const Existing existing = m_file->existing();
    m_isSaving = true;
    settle();
    whenFinished(m_runs.report(m_run, format(), m_course), this,
                 [this, path, existing](const models::Result<QByteArray>& report) {
                     if (!report) {
                         finish(path, tl::unexpected(report.error()));
                         return;
                     }
                     whenFinished(QtConcurrent::run(&writeFile, path, *report, existing), this,
                                  [this, path](const models::Result<void>& written) {
                                      finish(path, written);
                                  });
                 });
}

void ReportSheet::finish(const QString& path, const models::Result<void>& written) {
    m_isSaving = false;
    settle();
    if (written) {
        Q_EMIT saved(path);
        accept();
        return;
    }
    if (written.error().code == models::ErrorCode::Refused)
        m_file->agreeToReplace();
    say(written.error().message);
}

void ReportSheet::say(const QString& text) {
    m_remark->setText(text);
    m_remark->show();
}

} // namespace ui
