// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/reportsheet.h"

#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/filewriting.h"
#include "ui/widgets/monoblock.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/whenfinished.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
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

TextLabel* labelFor(const QString& text, QWidget* field) {
    auto* label = new TextLabel(text, TextRole::Quiet, Colour::Quiet);
    label->setBuddy(field);
    field->setAccessibleName(text);
    return label;
}

} // namespace

ReportSheet::ReportSheet(app::RunService& runs, const models::RunId& run,
                         models::HealthCourse course, const QString& folder, const QString& title,
                         QWidget* parent)
    : QDialog(parent)
    , m_runs(runs)
    , m_run(run)
    , m_course(std::move(course))
    , m_format(new QComboBox)
    , m_path(new QLineEdit)
    , m_preview(new MonoBlock(tr("report")))
    , m_remark(new TextLabel({}, TextRole::Quiet, Colour::Warn))
    , m_save(new ActionButton(tr("Save report"), ButtonKind::Filled)) {
    setObjectName(QStringLiteral("reportSheet"));
    setWindowTitle(tr("Save report"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(sheetWidth);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::xl, space::xl, space::xl, space::l);
    column->setSpacing(space::s);
    column->addWidget(new TextLabel(tr("Save report"), TextRole::Title));
    addFields(folder + QLatin1Char('/') + fileNameOf(title) + QStringLiteral(".md"));
    addButtons();
    connect(m_format, &QComboBox::currentIndexChanged, this, &ReportSheet::changeSuffix);
    connect(m_path, &QLineEdit::textChanged, this, &ReportSheet::settle);
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
    auto* column = static_cast<QVBoxLayout*>(layout());
    m_format->setObjectName(QStringLiteral("reportFormat"));
    m_format->addItem(tr("Markdown, to read and to file"), QStringLiteral("md"));
    m_format->addItem(tr("HTML, one page for a browser"), QStringLiteral("html"));
    m_format->addItem(tr("PDF, to print and to keep"), QStringLiteral("pdf"));
    m_format->addItem(tr("JSON, for other programs"), QStringLiteral("json"));
    column->addWidget(labelFor(tr("Format"), m_format));
    column->addWidget(m_format);
    m_path->setObjectName(QStringLiteral("reportPath"));
    m_path->setText(path);
    auto* choose = new ActionButton(tr("Choose file…"));
    connect(choose, &ActionButton::clicked, this, &ReportSheet::choosePath);
    auto* row = new QHBoxLayout;
    row->addWidget(m_path, 1);
    row->addWidget(choose);
    column->addWidget(labelFor(tr("File"), m_path));
    column->addLayout(row);
    m_preview->setMaximumLines(previewLines);
    m_preview->setFixedHeight(previewLines * QFontMetrics(ui::font(TextRole::Mono)).lineSpacing());
    auto* heading = new TextLabel(tr("As Markdown it reads"), TextRole::Quiet, Colour::Quiet);
    column->addWidget(heading);
    column->addWidget(m_preview);
    m_remark->setObjectName(QStringLiteral("reportRemark"));
    m_remark->setWordWrap(true);
    m_remark->hide();
    column->addWidget(m_remark);
}

void ReportSheet::addButtons() {
    auto* cancel = new ActionButton(tr("Cancel"), ButtonKind::Quiet);
    connect(cancel, &ActionButton::clicked, this, &QDialog::reject);
    m_save->setObjectName(QStringLiteral("reportSave"));
    m_save->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_save);
    static_cast<QVBoxLayout*>(layout())->addLayout(buttons);
}

void ReportSheet::choosePath() {
    auto* dialog = new QFileDialog(this, tr("Save report"), m_path->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(m_format->currentData().toString());
    dialog->selectFile(m_path->text());
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        m_path->setText(path);
        m_mayReplace = path; // the file dialog asked
    });
    dialog->open();
}

void ReportSheet::changeSuffix() {
    const QFileInfo file(m_path->text());
    m_path->setText(file.path() + QLatin1Char('/') + file.completeBaseName() + QLatin1Char('.') +
                    m_format->currentData().toString());
}

void ReportSheet::settle() {
    m_save->setEnabled(!m_isSaving && !m_path->text().trimmed().isEmpty());
    if (!m_isSaving)
        m_remark->hide();
}

app::ReportFormat ReportSheet::format() const {
    return app::reportFormatFromName(m_format->currentData().toString())
        .value_or(app::ReportFormat::Markdown);
}

void ReportSheet::save() {
    const QString path = m_path->text().trimmed();
    const Existing existing = path == m_mayReplace ? Existing::Replace : Existing::Keep;
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
        m_mayReplace = path;
    say(written.error().message);
}

void ReportSheet::say(const QString& text) {
    m_remark->setText(text);
    m_remark->show();
}

} // namespace ui
