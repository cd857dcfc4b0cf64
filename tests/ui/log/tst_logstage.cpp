// SPDX-License-Identifier: GPL-3.0-or-later
// Lines side by side: whatever can be done to merged lines can be done there, and who goes from one
// to the other stays where they were.
#include "tests/support/stampedline.h"
#include "tests/support/temporaryhome.h"
#include "ui/log/findbar.h"
#include "ui/log/logbookmarks.h"
#include "ui/log/logcolumns.h"
#include "ui/log/logdesk.h"
#include "ui/log/loginspector.h"
#include "ui/log/logpane.h"
#include "ui/log/siftingnote.h"
#include "ui/widgets/bannerwidget.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QTest>

using models::LogChannel;
using tests::stamped;
using ui::LogBoard;
using ui::LogPane;

namespace {

constexpr int lines = 3000;

} // namespace

class TestLogStage : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<app::LogKeeper> m_keeper;
    std::unique_ptr<LogPane> m_pane;
    quint64 m_portal = 0;
    quint64 m_media = 0;

    [[nodiscard]] ui::LogColumns& columns() {
        return *m_pane->findChild<ui::LogColumns*>(u"logColumns"_qs);
    }
    [[nodiscard]] const ui::LogBookmarks& bookmarks() { return m_pane->stage().bookmarks(); }
    [[nodiscard]] QString lineAt(LogBoard& board, qint64 row) {
        return row < board.firstRow() || row >= board.endRow()
                   ? QString()
                   : QString::fromUtf8(board.row(row).line.text);
    }
    /// Of the column.
    [[nodiscard]] QString current(int index) {
        return lineAt(columns().board(index), columns().view(index).currentRow());
    }
    [[nodiscard]] QString current() { return lineAt(m_pane->board(), m_pane->view().currentRow()); }
    void press(QWidget& on, int key, Qt::KeyboardModifiers modifiers = {}) {
        on.setFocus();
        QTest::keyClick(&on, static_cast<Qt::Key>(key), modifiers);
    }
    void toggleSideBySide() {
        QTest::keyClick(m_pane.get(), Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    }
    void goTo(const QString& time) {
        m_pane->openJump();
        auto* jump = m_pane->findChild<QLineEdit*>(u"jumpField"_qs);
        jump->clear();
        QTest::keyClicks(jump, time);
        QTest::keyClick(jump, Qt::Key_Return);
    }

private Q_SLOTS:
    void init() {
        m_keeper = std::make_unique<app::LogKeeper>();
        m_portal = m_keeper->open(models::LogPrefix::DockerTimestamp);
        m_media = m_keeper->open(models::LogPrefix::DockerTimestamp);
        QByteArray portal;
        QByteArray media;
        for (int i = 0; i < lines; ++i) {
            portal += stamped(i, "p" + QByteArray::number(i));
            media += stamped(i, "m" + QByteArray::number(i));
        }
        m_keeper->append(m_portal, LogChannel::Stdout, portal);
        m_keeper->append(m_media, LogChannel::Stdout, media);
        m_pane = std::make_unique<LogPane>(*m_keeper);
        m_pane->resize(1000, 600);
        m_pane->show();
        m_pane->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
        m_pane->setSources({{m_portal, u"portal"_qs}, {m_media, u"media"_qs}});
        QTRY_COMPARE(m_pane->board().endRow(), 2 * lines);
    }
    void cleanup() {
        m_pane.reset();
        m_keeper.reset();
    }

    void whoFollowsTheEndFollowsItThere() {
        toggleSideBySide();
        QTRY_COMPARE(columns().board(0).endRow(), lines);
        QVERIFY(columns().view(0).isFollowing());
        toggleSideBySide();
        QVERIFY(m_pane->view().isFollowing());
    }

    /// A column is narrower than its words, and the window may become so.
    void theNoteOnAFilterStaysInItsView() {
        auto* note = m_pane->view().findChild<ui::SiftingNote*>();
        QVERIFY(note != nullptr);
        const QString words = u"Older lines are still being filtered"_qs;
        note->tell(words);
        for (const int width : {120, 900, 60}) {
            m_pane->view().resize(width, 300);
            QVERIFY2(m_pane->view().rect().contains(note->geometry()),
                     qPrintable(QString::number(width)));
            QVERIFY(std::abs(note->geometry().center().x() - width / 2) <= 1);
        }
        QCOMPARE(note->toolTip(), words);
    }

    void thePlaceIsKeptBothWays() {
        goTo(u"14:20:00"_qs);
        QTRY_COMPARE(current(), u"p1200"_qs);
        toggleSideBySide();
        QTRY_COMPARE(current(0), u"p1200"_qs);
        QTRY_COMPARE(current(1), u"m1200"_qs);
        // The other one leads, and what it is at is what is gone back to.
        press(columns().view(1), Qt::Key_Down);
        press(columns().view(1), Qt::Key_Down);
        QTRY_COMPARE(current(1), u"m1202"_qs);
        toggleSideBySide();
        QTRY_COMPARE(current(), u"m1202"_qs);
        QVERIFY(!m_pane->view().isFollowing());
    }

    void anotherSourceLeavesThePlace() {
        m_pane->setSources({{m_portal, u"portal"_qs}});
        QTRY_COMPARE(m_pane->board().endRow(), lines);
        goTo(u"14:20:00"_qs);
        QTRY_COMPARE(current(), u"p1200"_qs);
        m_pane->setSources({{m_portal, u"portal"_qs}, {m_media, u"media"_qs}});
        QTRY_COMPARE(m_pane->board().endRow(), 2 * lines);
        QTRY_COMPARE(current(), u"p1200"_qs);
    }

    void bookmarksAreThere() {
        toggleSideBySide();
        QTRY_COMPARE(columns().board(1).endRow(), lines);
        ui::LogView& media = columns().view(1);
        press(media, Qt::Key_Home);
        QTRY_COMPARE(current(1), u"m0"_qs);
        press(media, Qt::Key_B);
        QCOMPARE(bookmarks().all().size(), 1);
        QCOMPARE(bookmarks().all().first().text, u"m0"_qs);
        // The flag of it.
        const int height = media.viewport()->height() / media.pageRows();
        const QImage image = media.viewport()->grab().toImage();
        QVERIFY(image.pixelColor(7, height / 2) != image.pixelColor(7, height + height / 2));
        press(columns().view(0), Qt::Key_End);
        press(columns().view(0), Qt::Key_B);
        QTRY_COMPARE(bookmarks().all().size(), 2);
        // From one to the next, whichever column it is in.
        press(columns().view(0), Qt::Key_F2);
        QTRY_COMPARE(current(1), u"m0"_qs);
        QTRY_COMPARE(m_pane->stage().here().view, &media);
        press(media, Qt::Key_F2, Qt::ShiftModifier);
        QTRY_COMPARE(current(0), u"p2999"_qs);
        toggleSideBySide();
        QTRY_COMPARE(current(), u"p2999"_qs);
    }

    void aWholeLineIsShown() {
        toggleSideBySide();
        QTRY_COMPARE(columns().board(1).endRow(), lines);
        press(columns().view(1), Qt::Key_Home);
        press(columns().view(1), Qt::Key_Return);
        auto* inspector = m_pane->findChild<ui::LogInspector*>();
        QVERIFY(inspector->isVisible());
        const auto place = [inspector] {
            return inspector->findChild<QLabel*>(u"inspectorPlace"_qs)->toolTip() +
                   inspector->findChild<QLabel*>(u"inspectorPlace"_qs)->text();
        };
        QVERIFY2(place().contains(u"media"), qPrintable(place()));
        press(columns().view(0), Qt::Key_Home);
        QTRY_VERIFY2(place().contains(u"portal"), qPrintable(place()));
        press(columns().view(0), Qt::Key_Escape);
        QVERIFY(!inspector->isVisible());
    }

    void whatIsSavedAndRefusedIsToldThere() {
        m_keeper->append(m_portal, LogChannel::Stdout, QByteArray(250'000, '\n'));
        QTRY_VERIFY(m_pane->board().endRow() > 250'000);
        toggleSideBySide();
        QTRY_VERIFY(columns().board(0).endRow() > 250'000);
        columns().view(0).selectAll();
        press(columns().view(0), Qt::Key_C, Qt::ControlModifier);
        const auto* banner = m_pane->findChild<ui::BannerWidget*>(u"saveBanner"_qs);
        QTRY_VERIFY(banner->isVisible());
        QVERIFY2(banner->text().contains(u"too many to copy"), qPrintable(banner->text()));
        m_pane->desk().saveLines();
        QTRY_VERIFY(m_pane->findChild<QAbstractButton*>(u"saveSelected"_qs));
        QVERIFY(m_pane->findChild<QAbstractButton*>(u"saveSelected"_qs)->isEnabled());
    }

    void whatIsFoundIsGoneToInItsColumn() {
        toggleSideBySide();
        QTRY_COMPARE(columns().board(1).endRow(), lines);
        m_pane->focusFind();
        QTest::keyClicks(QApplication::focusWidget(), u"m77"_qs);
        QTRY_COMPARE(current(1), u"m779"_qs);
        press(columns().view(1), Qt::Key_F3, Qt::ShiftModifier);
        QTRY_COMPARE(current(1), u"m778"_qs);
    }

    void thereAreAsManyColumnsAsFit() {
        toggleSideBySide();
        QTRY_COMPARE(columns().count(), 2);
        m_pane->resize(700, 600);
        QTRY_COMPARE(columns().count(), 2);
        columns().setFixedWidth(400);
        QTRY_COMPARE(columns().count(), 1);
        columns().setFixedWidth(640);
        QTRY_COMPARE(columns().count(), 2);
        QTRY_COMPARE(columns().board(1).endRow(), lines);
    }

    /// The least that a window shows of it, beside the list of sources.
    void toolsTakeTwoRows() {
        m_pane->resize(660, 560);
        const auto* find = m_pane->findChild<ui::FindBar*>();
        const auto* first = m_pane->findChild<QAbstractButton*>(u"level1"_qs);
        QTRY_VERIFY(find->geometry().right() <= find->parentWidget()->width());
        const int row = first->height();
        QVERIFY2(find->geometry().bottom() - first->y() < 3 * row,
                 qPrintable(QString::number(find->geometry().bottom() - first->y())));
    }

    void allKeysAreTold() {
        QStringList told;
        for (const ui::KeySection::Entry& entry : m_pane->keys().entries)
            told.append(entry.keys);
        for (const QString& keys : {u"Ctrl+F"_qs, u"F3"_qs, u"Ctrl+G"_qs, u"Return"_qs, u"B"_qs,
                                    u"F2"_qs, u"Ctrl+B"_qs, u"Ctrl+E"_qs, u"Ctrl+Shift+M"_qs})
            QVERIFY2(told.contains(keys), qPrintable(told.join(u' ')));
        QCOMPARE(QSet<QString>(told.begin(), told.end()).size(), told.size());
    }
};

int main(int argc, char** argv) {
    const tests::TemporaryHome home;
    QApplication application(argc, argv);
    QApplication::setOrganizationName(u"gantry-tests"_qs);
    QApplication::setApplicationName(u"tst_logstage"_qs);
    TestLogStage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_logstage.moc"
