// SPDX-License-Identifier: GPL-3.0-or-later
// Lines into a file, by mouse and keys.
#include "tests/support/fakelogservice.h"
#include "tests/support/logcontent.h"
#include "tests/support/temporaryhome.h"
#include "ui/log/logpage.h"
#include "ui/log/logpane.h"
#include "ui/log/logview.h"
#include "ui/log/savelogsheet.h"
#include "ui/widgets/bannerwidget.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>

using ui::LogPage;
using ui::SaveLogSheet;

namespace {
constexpr int limit = 20'000;
}

class TestLogSavingFlow : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<tests::FakeLogs> m_logs;
    std::unique_ptr<LogPage> m_page;
    std::unique_ptr<QTemporaryDir> m_folder;

    [[nodiscard]] QString path(const QString& name) const { return m_folder->filePath(name); }
    [[nodiscard]] QByteArray content(const QString& name) const {
        return tests::contentOf(path(name));
    }
    void openLog(const QString& name, const QByteArray& bytes) {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
        file.close();
        const qint64 before = m_page->pane().board().endRow();
        m_page->openFile(file.fileName());
        QTRY_COMPARE(m_page->pane().board().endRow(), before + bytes.count('\n'));
    }
    [[nodiscard]] SaveLogSheet* sheet() const {
        auto* shown = m_page->findChild<SaveLogSheet*>();
        return shown != nullptr && shown->isVisible() ? shown : nullptr;
    }
    void click(QWidget& where, const char* name) {
        auto* button = where.findChild<QAbstractButton*>(QLatin1String(name));
        QVERIFY2(button && button->isVisible() && button->isEnabled(), name);
        QTest::mouseClick(button, Qt::LeftButton, {}, QPoint(8, button->height() / 2));
    }
    void ask() {
        click(*m_page, "saveLog");
        QTRY_VERIFY(sheet());
    }
    void type(const QString& name) {
        auto* field = sheet()->findChild<QLineEdit*>(u"savePath"_qs);
        field->selectAll();
        QTest::keyClicks(field, path(name));
    }
    [[nodiscard]] QString banner() const {
        const auto* shown = m_page->findChild<ui::BannerWidget*>(u"saveBanner"_qs);
        return shown->isVisible() ? shown->text() : QString();
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_logs = std::make_unique<tests::FakeLogs>();
        m_page = std::make_unique<LogPage>(m_logs->follower);
        m_page->resize(1100, 700);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    }
    void cleanup() {
        m_page.reset();
        m_logs.reset();
    }

    void savesAllOfALogAsItIs() {
        const QByteArray bytes("2026-11-21T14:00:00Z \x1b[31mERROR\x1b[0m one\r\n\xff two\n");
        openLog(u"portal.log"_qs, bytes);
        ask();
        QVERIFY(!sheet()->findChild<QAbstractButton*>(u"saveShown"_qs));
        QVERIFY(sheet()->findChild<QLineEdit*>(u"savePath"_qs)->text().contains(u"/portal-"));
        type(u"saved.log"_qs);
        click(*sheet(), "saveLines");
        QTRY_COMPARE_WITH_TIMEOUT(
            banner(),
            u"2 lines saved as %1 (%2)."_qs.arg(path(u"saved.log"_qs),
                                                QLocale().formattedDataSize(bytes.size())),
            limit);
        QVERIFY(!sheet());
        QCOMPARE(content(u"saved.log"_qs), bytes);
    }

    void savesWhatTheFilterShows() {
        openLog(u"portal.log"_qs, "INFO one\nERROR two\nINFO three\nERROR four\n");
        QTest::keyClicks(m_page->pane().findChild<QLineEdit*>(u"filterField"_qs), u"error"_qs);
        QTest::keyClick(m_page->pane().findChild<QLineEdit*>(u"filterField"_qs), Qt::Key_Return);
        QTRY_COMPARE(m_page->pane().board().endRow(), 2);
        ask();
        QVERIFY(sheet()->findChild<QAbstractButton*>(u"saveShown"_qs)->isChecked());
        type(u"some.log"_qs);
        click(*sheet(), "saveLines");
        QTRY_VERIFY_WITH_TIMEOUT(banner().startsWith(u"2 lines saved"), limit);
        QCOMPARE(content(u"some.log"_qs), "ERROR two\nERROR four\n");
        ask();
        click(*sheet(), "saveAll");
        type(u"all.log"_qs);
        click(*sheet(), "saveLines");
        QTRY_COMPARE_WITH_TIMEOUT(content(u"all.log"_qs).count('\n'), 4, limit);
    }

    void savesTheSelectionPacked() {
        openLog(u"portal.log"_qs, "one\ntwo\nthree\nfour\n");
        ui::LogView& view = m_page->pane().view();
        view.goTo(1);
        QTest::keyClick(&view, Qt::Key_Down, Qt::ShiftModifier);
        ask();
        QVERIFY(sheet()->findChild<QAbstractButton*>(u"saveSelected"_qs)->isChecked());
        type(u"some.log.zst"_qs);
        click(*sheet(), "saveLines");
        QTRY_COMPARE_WITH_TIMEOUT(content(u"some.log.zst"_qs), "two\nthree\n", limit);
        QFile file(path(u"some.log.zst"_qs));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().startsWith("\x28\xb5\x2f\xfd"));
        // And opens again.
        m_page->openFile(file.fileName());
        QTRY_COMPARE(m_logs->follower.logs().last().state, app::LogFollower::Log::State::Read);
        QTRY_COMPARE(m_page->pane().board().endRow(), 6);
    }

    void namesTheLogsOfAMergedView() {
        openLog(u"portal.log"_qs, "2026-11-21T14:00:00Z one\n2026-11-21T14:00:02Z three\n");
        openLog(u"media.log"_qs, "2026-11-21T14:00:01Z two\n");
        ask();
        click(*sheet(), "saveTimes"); // they have times of their own
        type(u"merged.log"_qs);
        click(*sheet(), "saveLines");
        QTRY_COMPARE_WITH_TIMEOUT(content(u"merged.log"_qs),
                                  "portal.log | 2026-11-21T14:00:00Z one\n"
                                  "media.log | 2026-11-21T14:00:01Z two\n"
                                  "portal.log | 2026-11-21T14:00:02Z three\n",
                                  limit);
    }

    void asksBeforeItReplacesAFile() {
        openLog(u"portal.log"_qs, "one\n");
        ask();
        type(u"portal.log"_qs);
        click(*sheet(), "saveTimes");
        click(*sheet(), "saveLines");
        const auto* remark = sheet()->findChild<QLabel*>(u"saveRemark"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(remark->isVisible(), limit);
        QVERIFY(remark->text().contains(u"is there already"));
        QCOMPARE(content(u"portal.log"_qs), "one\n");
        click(*sheet(), "saveTimes");
        click(*sheet(), "saveLines");
        QTRY_VERIFY_WITH_TIMEOUT(banner().startsWith(u"1 line saved"), limit);
        QVERIFY(!sheet());
    }

    void saysWhereItCannotSave() {
        openLog(u"portal.log"_qs, "one\n");
        ask();
        type(u"nowhere/saved.log"_qs);
        click(*sheet(), "saveLines");
        const auto* remark = sheet()->findChild<QLabel*>(u"saveRemark"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(remark->isVisible(), limit);
        QVERIFY(remark->text().contains(path(u"nowhere/saved.log"_qs)));
        type(u"saved.log"_qs);
        QVERIFY(!remark->isVisible());
        click(*sheet(), "saveLines");
        QTRY_COMPARE_WITH_TIMEOUT(content(u"saved.log"_qs), "one\n", limit);
    }

    void theFormatAndTheNameGoTogether() {
        openLog(u"portal.log"_qs, "one\n");
        ask();
        auto* field = sheet()->findChild<QLineEdit*>(u"savePath"_qs);
        QWidget* format = sheet()->findChild<QWidget*>(u"saveFormat"_qs);
        QTest::keyClick(format, Qt::Key_Down);
        QVERIFY2(field->text().endsWith(u".log.zst"), qPrintable(field->text()));
        QTest::keyClick(format, Qt::Key_Up);
        QVERIFY2(field->text().endsWith(u".log"), qPrintable(field->text()));
        QTest::keyClick(sheet(), Qt::Key_Escape);
        QTRY_VERIFY(!sheet());
    }
};

int main(int argc, char** argv) {
    const tests::TemporaryHome home;
    QApplication application(argc, argv);
    TestLogSavingFlow tests;
    return QTest::qExec(&tests, argc, argv);
}

#include "tst_logsavingflow.moc"
