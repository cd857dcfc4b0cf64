// SPDX-License-Identifier: GPL-3.0-or-later
#include "walk.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDialog>
#include <QTest>
#include <QTextStream>

namespace tests {

namespace {

constexpr int patienceMs = 60'000;

} // namespace

bool waitFor(const char* what, const std::function<bool()>& condition) {
    if (QTest::qWaitFor(condition, patienceMs))
        return true;
    QTextStream(stderr) << "not reached: " << what << Qt::endl;
    return false;
}

bool press(const char* buttonName) {
    const QString name = QString::fromLatin1(buttonName);
    for (QWidget* window : QApplication::topLevelWidgets()) {
        for (auto* button : window->findChildren<QAbstractButton*>(name)) {
            if (button->isVisible() && button->isEnabled()) {
                QTest::mouseClick(button, Qt::LeftButton);
                return true;
            }
        }
    }
    QTextStream(stderr) << "no button: " << buttonName << Qt::endl;
    return false;
}

void closeDialogs() {
    for (QWidget* widget : QApplication::topLevelWidgets()) {
        if (auto* dialog = qobject_cast<QDialog*>(widget); dialog && dialog->isVisible())
            dialog->reject();
    }
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

} // namespace tests
