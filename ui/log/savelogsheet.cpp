// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/savelogsheet.h"

#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/filefield.h"
#include "ui/widgets/wording.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QLineEdit>
#include <QRadioButton>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int sheetWidth = 560;
constexpr int mostNameLetters = 60;
constexpr QLatin1String plainSuffix(".log");
constexpr QLatin1String packedSuffix(".log.zst");

/// "portal-20261121-140211": a source chose the name, so of it only what any file system takes.
QString fileNameOf(const QStringList& sources) {
    static const QRegularExpression other(QStringLiteral("[^\\p{L}\\p{N}._]+"));
    QString name = sources.size() == 1 ? sources.first() : QStringLiteral("logs");
    for (const QLatin1String suffix : {QLatin1String(".zst"), QLatin1String(".gz"), plainSuffix}) {
        if (name.endsWith(suffix, Qt::CaseInsensitive))
            name.chop(suffix.size());
    }
    name = name.replace(other, QStringLiteral("-")).left(mostNameLetters);
    while (name.startsWith(u'-') || name.startsWith(u'.'))
        name.remove(0, 1);
    return (name.isEmpty() ? QStringLiteral("log") : name) +
           QDateTime::currentDateTime().toString(QStringLiteral("-yyyyMMdd-HHmmss")) + plainSuffix;
}

} // namespace

SaveLogSheet::SaveLogSheet(const Offer& offer, const QString& folder, QWidget* parent)
    : Sheet(QStringLiteral("saveLogSheet"), tr("Save lines"), parent)
    , m_areMerged(offer.sources.size() > 1)
    , m_times(new QCheckBox(tr("Put the time before each line")))
    , m_explanation(paragraph({}, TextRole::Quiet, Colour::Quiet))
    , m_format(new QComboBox)
    , m_file(new FileField(FileField::Wanted::NewFile, tr("Save lines")))
    , m_remark(paragraph({}, TextRole::Quiet, Colour::Warn))
    , m_save(new ActionButton(tr("Save lines"), ButtonKind::Filled)) {
    setMinimumWidth(sheetWidth);
    addExtents(offer);
    column().addSpacing(space::s);
    m_times->setObjectName(QStringLiteral("saveTimes"));
    m_times->setChecked(m_areMerged);
    column().addWidget(m_times);
    m_explanation->setObjectName(QStringLiteral("saveExplanation"));
    column().addWidget(m_explanation);
    column().addSpacing(space::s);
    addFile(folder + QLatin1Char('/') + fileNameOf(offer.sources));
    m_save->setObjectName(QStringLiteral("saveLines"));
    addFoot(*m_save);
    connect(m_times, &QCheckBox::toggled, this, &SaveLogSheet::settle);
    connect(m_file, &FileField::pathChanged, this, &SaveLogSheet::settle);
    connect(m_format, &QComboBox::activated, this, &SaveLogSheet::takeSuffix);
    connect(m_save, &ActionButton::clicked, this, &SaveLogSheet::save);
    settle();
    m_save->setFocus();
}

void SaveLogSheet::addExtents(const Offer& offer) {
    const auto add = [this](Extent extent, const QString& words, const char* name) {
        auto* button = new QRadioButton(words, this); // one of them, from the first on
        button->setObjectName(QLatin1String(name));
        button->setChecked(true); // the last one that is offered is what was meant most likely
        m_extents.append({extent, button});
        column().addWidget(button);
    };
    const QString whose = offer.sources.size() == 1
                              ? tr("this log")
                              : countOf(offer.sources.size(), tr("%1 log"), tr("these %1 logs"));
    add(Extent::All,
        tr("All of %1: %2").arg(whose, countOf(offer.all, tr("%1 line"), tr("%L1 lines"))),
        "saveAll");
    if (offer.shown)
        add(Extent::Shown,
            tr("What the filter shows: %1")
                .arg(countOf(*offer.shown, tr("%1 line"), tr("%L1 lines"))),
            "saveShown");
    if (offer.selected)
        add(Extent::Selected,
            tr("What is selected: %1")
                .arg(countOf(*offer.selected, tr("%1 line"), tr("%L1 lines"))),
            "saveSelected");
}

void SaveLogSheet::addFile(const QString& path) {
    m_format->setObjectName(QStringLiteral("saveFormat"));
    m_format->addItem(tr("As it is (.log)"), plainSuffix);
    m_format->addItem(tr("Packed with zstd (.log.zst)"), packedSuffix);
    addField(column(), tr("Format"), m_format);
    m_file->edit().setObjectName(QStringLiteral("savePath"));
    m_file->setPath(path);
    addField(column(), tr("File"), m_file);
    m_remark->setObjectName(QStringLiteral("saveRemark"));
    m_remark->hide();
    column().addWidget(m_remark);
}

/// The name follows the format.
void SaveLogSheet::takeSuffix() {
    QString path = m_file->path();
    for (const QLatin1String suffix : {QLatin1String(".zst"), plainSuffix}) {
        if (path.endsWith(suffix, Qt::CaseInsensitive))
            path.chop(suffix.size());
    }
    m_file->setPath(path + m_format->currentData().toString());
}

/// And the format follows the name.
void SaveLogSheet::settle() {
    const QString path = m_file->path();
    m_format->setCurrentIndex(path.endsWith(QLatin1String(".zst"), Qt::CaseInsensitive) ? 1 : 0);
    m_explanation->setText(
        m_areMerged ? m_times->isChecked()
                          ? tr("Each line has its time in UTC and the name of its log in front.")
                          : tr("Each line has the name of its log in front.")
        : m_times->isChecked()
            ? tr("Each line has its time in UTC in front.")
            : tr("Lines are saved byte for byte as the program wrote them. Notes of gaps are left "
                 "out."));
    m_file->setSuffix(m_format->currentData().toString().mid(1));
    m_save->setEnabled(!path.isEmpty());
    m_remark->hide();
}

void SaveLogSheet::save() {
    const QString path = m_file->path();
    const auto chosen =
        std::find_if(m_extents.cbegin(), m_extents.cend(),
                     [](const Choice& choice) { return choice.button->isChecked(); });
    m_save->setEnabled(false);
    Q_EMIT saveRequested(
        chosen->extent,
        m_times->isChecked() ? app::LogSaving::Times::With : app::LogSaving::Times::Without, path,
        m_file->existing() == Existing::Replace ? app::LogSaving::Existing::Replace
                                                : app::LogSaving::Existing::Keep);
}

void SaveLogSheet::refuse(const models::Error& error) {
    settle();
    if (error.code == models::ErrorCode::Refused)
        m_file->agreeToReplace();
    m_remark->setText(error.message);
    m_remark->show();
    adjustSize();
}

} // namespace ui
