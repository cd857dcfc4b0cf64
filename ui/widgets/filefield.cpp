// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/filefield.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/actionbutton.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>

namespace ui {

FileField::FileField(Wanted wanted, const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_wanted(wanted)
    , m_title(title)
    , m_edit(new QLineEdit) {
    auto* choose =
        new ActionButton(wanted == Wanted::Folder ? tr("Choose folder…") : tr("Choose file…"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(space::s);
    row->addWidget(m_edit, 1);
    row->addWidget(choose);
    m_edit->setAccessibleName(title);
    setFocusProxy(m_edit);
    connect(choose, &ActionButton::clicked, this, &FileField::choose);
    connect(m_edit, &QLineEdit::textChanged, this, &FileField::pathChanged);
}

QString FileField::path() const {
    return m_edit->text().trimmed();
}

void FileField::setPath(const QString& path) {
    m_edit->setText(path);
}

Existing FileField::existing() const {
    return path() == m_mayReplace ? Existing::Replace : Existing::Keep;
}

void FileField::choose() {
    const QString begin = path().isEmpty() ? m_folder : path();
    auto* dialog = new QFileDialog(this, m_title, begin);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (!m_filters.isEmpty())
        dialog->setNameFilters(m_filters);
    switch (m_wanted) {
    case Wanted::NewFile:
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setDefaultSuffix(m_suffix);
        dialog->selectFile(path());
        break;
    case Wanted::File:
        dialog->setFileMode(QFileDialog::ExistingFile);
        break;
    case Wanted::Folder:
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
        break;
    }
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& chosen) {
        m_edit->setText(chosen);
        m_mayReplace = path();
    });
    dialog->open();
}

} // namespace ui
