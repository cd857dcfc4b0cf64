// SPDX-License-Identifier: GPL-3.0-or-later
#include "photographer.h"

#include <QApplication>
#include <QDialog>
#include <QPainter>
#include <QSet>
#include <QTest>
#include <QTextStream>

namespace tests {

namespace {

constexpr int patienceMs = 5000;
constexpr int equalLooks = 4;          ///< in a row, until nothing is taken to move any more
constexpr qsizetype leastColours = 12; ///< smoothed letters alone have more

bool showsSomething(const QImage& picture) {
    QSet<QRgb> colours;
    for (int y = 0; y < picture.height() && colours.size() < leastColours; ++y) {
        for (int x = 0; x < picture.width(); ++x)
            colours.insert(picture.pixel(x, y));
    }
    return colours.size() >= leastColours;
}

/// The window as it is once its layout, its timers and its hovers have come to rest. What it is
/// about to show must have arrived before.
QPixmap atRest(QWidget& window) {
    QImage last;
    int equal = 0;
    // What never rests, as a cursor that blinks, is taken as it is.
    (void)QTest::qWaitFor(
        [&] {
            const QImage now = window.grab().toImage();
            equal = now == last ? equal + 1 : 0;
            last = now;
            return equal >= equalLooks;
        },
        patienceMs);
    return QPixmap::fromImage(last);
}

} // namespace

Photographer::Photographer(const QString& folder, const QString& look, QWidget& window)
    : m_folder(folder)
    , m_look(look)
    , m_window(window) {}

void Photographer::take(const QString& name) {
    QPixmap picture = atRest(m_window);
    for (QWidget* widget : QApplication::topLevelWidgets()) {
        auto* dialog = qobject_cast<QDialog*>(widget);
        if (!dialog || !dialog->isVisible())
            continue;
        const QPixmap shown = atRest(*dialog);
        QPainter painter(&picture);
        painter.fillRect(m_window.rect(), QColor(0, 0, 0, 70));
        painter.drawPixmap((m_window.width() - shown.width()) / 2,
                           (m_window.height() - shown.height()) / 2, shown);
    }
    for (QWidget* widget : QApplication::topLevelWidgets()) {
        if (widget->windowType() == Qt::Popup && widget->isVisible())
            QPainter(&picture).drawPixmap(m_window.mapFromGlobal(widget->pos()), atRest(*widget));
    }
    const QString file = QStringLiteral("%1/%2-%3.png").arg(m_folder, name, m_look);
    if (!picture.save(file) || !showsSomething(picture.toImage())) {
        QTextStream(stderr) << "no picture: " << file << Qt::endl;
        ++m_failures;
        return;
    }
    QTextStream(stdout) << file << Qt::endl;
}

} // namespace tests
