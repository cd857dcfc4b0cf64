// SPDX-License-Identifier: GPL-3.0-or-later
// What a person does on the page of health beside pointing: keys, saving, the way to log lines.
#include "ui/health/healthpage.h"

#include "ui/health/chartexport.h"
#include "ui/health/healthranges.h"
#include "ui/health/rangebar.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/documentsfolder.h"
#include "ui/widgets/filewriting.h"
#include "ui/widgets/timeformat.h"
#include "ui/widgets/whenfinished.h"

#include <QComboBox>
#include <QFileDialog>
#include <QKeyEvent>
#include <QPointer>
#include <QtConcurrentRun>

#include <algorithm>

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr double zoomOfAKey = 2;
constexpr double panOfAKey = 0.25;

} // namespace

void HealthPage::moveCursor(int buckets) {
    const std::int64_t step = std::chrono::nanoseconds(m_picture.bucket).count();
    const models::Instant from = m_cursor.isNull() ? m_window.until() : m_cursor;
    const models::Instant at{std::clamp(from.nanoseconds + buckets * step,
                                        m_window.from().nanoseconds, m_window.until().nanoseconds)};
    setCursorTime(at);
    Q_EMIT cursorMoved(at);
}

/// Those of the bucket that is pointed at, and of the two beside it.
void HealthPage::showLogs() {
    if (m_cursor.isNull())
        return;
    const std::int64_t around = std::max<std::int64_t>(
        std::chrono::nanoseconds(m_picture.bucket).count(), std::chrono::nanoseconds(5s).count());
    Q_EMIT logsRequested({m_cursor.nanoseconds - around}, {m_cursor.nanoseconds + around});
}

void HealthPage::saveCharts() {
    auto* dialog = new QFileDialog(this, tr("Save charts"), documentsFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Picture (*.png)"), tr("Drawing (*.svg)"), tr("Values (*.csv)")});
    dialog->setDefaultSuffix(QStringLiteral("png"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.section(u'.', -1).chopped(1));
    });
    dialog->selectFile(fileNameFrom(m_environment + u' ' + m_service + QStringLiteral(" health")));
    connect(dialog, &QFileDialog::fileSelected, this, &HealthPage::save);
    dialog->open();
}

/// "Conference · prod · portal · tcp portal.example.com:5432 · 2026-11-22 13:45 to 14:00 UTC"
QString HealthPage::pictureTitle() const {
    return QStringList{m_health->workspace().name, m_services->currentText(),
                       m_probes->currentText(), formatSpan(m_window.from(), m_window.until())}
        .join(QStringLiteral(" · "));
}

/// As it is shown now. The file dialog has asked whether one that is there may be replaced.
void HealthPage::save(const QString& path) {
    QByteArray content;
    switch (chartFormatOf(path)) {
    case ChartFormat::Png:
        content = pngOf(*m_plots, pictureTitle());
        break;
    case ChartFormat::Svg:
        content = svgOf(*m_plots, pictureTitle());
        break;
    case ChartFormat::Csv:
        content = csvOf(m_picture, pictureTitle());
        break;
    }
    whenFinished(QtConcurrent::run(&writeFile, path, content, Existing::Replace), this,
                 [this, path](const models::Result<void>& written) {
                     Q_EMIT statusMessage(written ? tr("Saved %1.").arg(path)
                                                  : written.error().message);
                 });
}

void HealthPage::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Save))
        return saveCharts();
    const bool isShifted = event->modifiers().testFlag(Qt::ShiftModifier);
    const auto pan = [this](double share) {
        change([share](TimeWindow& window, models::Instant now) { window.pan(share, now); });
    };
    const auto zoom = [this](double factor) {
        const models::Instant around = m_cursor.isNull() ? m_window.until() : m_cursor;
        change([=](TimeWindow& window, models::Instant now) { window.zoom(factor, around, now); });
    };
    switch (event->key()) {
    case Qt::Key_Left:
        return isShifted ? pan(-panOfAKey) : moveCursor(-1);
    case Qt::Key_Right:
        return isShifted ? pan(panOfAKey) : moveCursor(1);
    case Qt::Key_Plus:
    case Qt::Key_Equal: // the same key without Shift, on many keyboards
    case Qt::Key_Up:
        return zoom(1 / zoomOfAKey);
    case Qt::Key_Minus:
    case Qt::Key_Down:
        return zoom(zoomOfAKey);
    case Qt::Key_End:
        return follow();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return showLogs();
    case Qt::Key_Escape:
        if (m_cursor.isNull())
            Q_EMIT closeRequested();
        else
            setCursorTime({});
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

KeySection HealthPage::keys() {
    return {tr("Health"),
            {{tr("Move the cursor"), tr("Left, Right")},
             {tr("Show earlier, later"), tr("Shift+Left, Shift+Right")},
             {tr("Zoom in, out"), tr("+, -")},
             {tr("Follow now"), tr("End")},
             {tr("Show log lines of the cursor's time"), tr("Return")},
             {tr("Save charts"), tr("Ctrl+S")},
             {tr("Take the cursor away, go back"), tr("Escape")}}};
}

PaletteEntries HealthPage::paletteEntries() {
    PaletteEntries entries;
    for (const HealthRange& range : healthRanges)
        entries.append({tr("Show %1").arg(RangeBar::tr(range.words)),
                        tr("Health"),
                        {},
                        [self = QPointer(this), length = range.length] {
                            if (self != nullptr)
                                self->setLength(length);
                        }});
    return entries;
}

} // namespace ui
