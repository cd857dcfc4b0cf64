// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/openquestions.h"

#include <QCoreApplication>
#include <QFileDialog>

namespace ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(OpenQuestions)
};

QFileDialog* makeDialog(QWidget* window, const QString& title, const QString& name,
                        const std::function<void(const QString&)>& chosen) {
    auto* dialog = new QFileDialog(window, title);
    dialog->setObjectName(name);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QFileDialog::fileSelected, window, chosen);
    return dialog;
}

} // namespace

void askForFolder(QWidget* window, const std::function<void(const QString&)>& chosen) {
    QFileDialog* dialog =
        makeDialog(window, Words::tr("Open folder"), QStringLiteral("folderDialog"), chosen);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->open();
}

void askForFile(QWidget* window, const std::function<void(const QString&)>& chosen) {
    QFileDialog* dialog =
        makeDialog(window, Words::tr("Open file"), QStringLiteral("fileDialog"), chosen);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({Words::tr("Runbooks and workspaces (*.md *.markdown gantry.yaml)"),
                            Words::tr("All files (*)")});
    dialog->open();
}

} // namespace ui
