// SPDX-License-Identifier: GPL-3.0-or-later
#include "logfiltertour.h"

#include "ui/log/filterbar.h"
#include "ui/log/histogramstrip.h"
#include "ui/log/logcolumns.h"
#include "ui/log/logview.h"
#include "ui/log/siftingnote.h"

#include <QLineEdit>
#include <QMenu>
#include <QTest>
#include <QToolButton>

namespace tests {

namespace {

constexpr int patienceMs = 10'000;
const QString manyWords = QStringLiteral(
    "level:info+ -source:a-source-that-nobody-follows session= -healthz "
    "\"upstream media did not answer within 3000 ms session=\" -/GET \\/v1\\/rooms/ "
    "-a-word-that-is-much-too-long-for-what-it-says-and-goes-on-for-a-while -metrics "
    "-favicon \"ERROR\"s -\"connection reset by peer\" /session=[0-9a-f]+/i");

} // namespace

LogFilterTour::LogFilterTour(ui::LogPane& pane, Photographer& camera)
    : m_pane(pane)
    , m_camera(camera) {}

bool LogFilterTour::take() {
    const qint64 all = m_pane.board().endRow();
    if (!takeAround())
        return false;
    takeChips();
    takeSaved();
    filterBy({});
    if (!QTest::qWaitFor([&] { return m_pane.board().endRow() == all; }, patienceMs) ||
        !takeTimes() || !takeJump() || !takeSideBySide())
        return false;
    return QTest::qWaitFor([&] { return m_pane.board().endRow() == all; }, patienceMs);
}

bool LogFilterTour::waitForRows(qint64 most) const {
    return QTest::qWaitFor(
        [&] { return m_pane.board().endRow() > 0 && m_pane.board().endRow() < most; }, patienceMs);
}

void LogFilterTour::filterBy(const QString& text) {
    auto& bar = child<ui::FilterBar>("filterBar");
    bar.setChips({});
    bar.field().setText(text);
    bar.commit();
}

bool LogFilterTour::takeAround() {
    const qint64 all = m_pane.board().endRow();
    QMenu* menu = child<QToolButton>("linesAround").menu();
    filterBy(QStringLiteral("level:error"));
    menu->actions()[1]->trigger();
    if (!waitForRows(all))
        return false;
    m_camera.take(QStringLiteral("logs-around"));
    auto* note = m_pane.view().findChild<ui::SiftingNote*>();
    note->tell(QStringLiteral("Older lines are still being filtered"));
    m_camera.take(QStringLiteral("logs-still-filtering"));
    note->hide();
    menu->actions()[0]->trigger();
    return true;
}

void LogFilterTour::takeChips() {
    filterBy(manyWords);
    child<ui::FilterBar>("filterBar").field().setFocus();
    QTest::keyClick(&child<ui::FilterBar>("filterBar").field(), Qt::Key_Left);
    m_camera.take(QStringLiteral("logs-chips"));
}

void LogFilterTour::takeSaved() {
    const QStringList filters{QStringLiteral("level:error"),
                              QStringLiteral("level:warning+ -retry"), manyWords};
    const QStringList names{QStringLiteral("Errors"), QStringLiteral("What needs a look"),
                            QStringLiteral("What the night shift of the conference team looks at")};
    auto& name = child<QLineEdit>("savedFilterName");
    for (qsizetype i = 0; i < names.size(); ++i) {
        filterBy(filters[i]);
        QTest::mouseClick(&child<QToolButton>("savedFiltersButton"), Qt::LeftButton);
        name.setText(names[i]);
        QTest::keyClick(&name, Qt::Key_Return);
        if (i + 1 < names.size())
            name.window()->hide();
    }
    m_camera.take(QStringLiteral("logs-saved-filters"));
    name.window()->hide();
}

bool LogFilterTour::takeTimes() {
    const qint64 all = m_pane.board().endRow();
    auto& strip = *m_pane.findChild<ui::HistogramStrip*>();
    const auto at = [&strip](double share) {
        return QPoint(int(share * strip.width()), strip.height() / 2);
    };
    QTest::mousePress(&strip, Qt::LeftButton, {}, at(0.4));
    QTest::mouseMove(&strip, at(0.5));
    QTest::mouseMove(&strip, at(0.6));
    QTest::mouseRelease(&strip, Qt::LeftButton, {}, at(0.6));
    if (!waitForRows(all))
        return false;
    m_camera.take(QStringLiteral("logs-times"));
    filterBy({});
    return QTest::qWaitFor([&] { return m_pane.board().endRow() == all; }, patienceMs);
}

bool LogFilterTour::takeJump() {
    m_pane.openJump();
    auto& field = child<QLineEdit>("jumpField");
    field.setText(QStringLiteral("noonish"));
    QTest::keyClick(&field, Qt::Key_Return);
    m_camera.take(QStringLiteral("logs-jump"));
    field.setText(QStringLiteral("-5m"));
    QTest::keyClick(&field, Qt::Key_Return);
    return QTest::qWaitFor([&field] { return !field.isVisible(); }, patienceMs);
}

bool LogFilterTour::takeSideBySide() {
    auto& button = child<QToolButton>("sideBySide");
    button.click();
    auto& columns = child<ui::LogColumns>("logColumns");
    const auto isThere = [&columns] {
        for (int i = 0; i < columns.count(); ++i) {
            if (columns.board(i).endRow() == 0)
                return false;
        }
        return columns.count() == 2;
    };
    if (!QTest::qWaitFor(isThere, patienceMs))
        return false;
    QTest::keyClick(&columns.view(0), Qt::Key_PageUp);
    QTest::keyClick(&columns.view(0), Qt::Key_PageUp);
    m_camera.take(QStringLiteral("logs-side-by-side"));
    button.click();
    return true;
}

} // namespace tests
