// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/temporaryhome.h"
#include "ui/log/savedfilterspanel.h"
#include "ui/theme/preferences.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLineEdit>
#include <QListView>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>

using models::LogFilter;
using ui::Preferences;
using ui::SavedFilters;
using ui::SavedFiltersPanel;

namespace {

const QString key = u"logs/filters"_qs;

LogFilter filterOf(const QString& text) {
    return *LogFilter::parse(text);
}

QStringList names(const SavedFilters& filters) {
    QStringList all;
    for (const SavedFilters::Entry& each : filters.all())
        all.append(each.name);
    return all;
}

} // namespace

class TestSavedFilters : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<SavedFilters> m_filters;
    std::unique_ptr<QWidget> m_window;
    SavedFiltersPanel* m_panel = nullptr;

    [[nodiscard]] QListView& list() { return *m_panel->findChild<QListView*>(); }
    [[nodiscard]] QLineEdit& name() {
        return *m_panel->findChild<QLineEdit*>(u"savedFilterName"_qs);
    }
    [[nodiscard]] QAbstractButton& button(const QString& text) {
        for (QAbstractButton* each : m_panel->findChildren<QAbstractButton*>()) {
            if (each->text() == text)
                return *each;
        }
        qFatal("no button %s", qPrintable(text));
    }
    void open(const QString& present) {
        m_panel->open(*m_window, filterOf(present));
        QVERIFY(QTest::qWaitForWindowExposed(m_panel));
    }
    /// As after the program was closed and opened.
    void beginAgain() {
        m_window.reset();
        m_filters.reset();
        Preferences::instance().finish();
        m_filters = std::make_unique<SavedFilters>();
        m_window = std::make_unique<QWidget>();
        m_window->resize(600, 400);
        m_window->show();
        m_panel = new SavedFiltersPanel(*m_filters, m_window.get());
    }

private Q_SLOTS:
    void init() {
        Preferences::instance().finish();
        QSettings().clear();
        beginAgain();
    }
    void cleanup() {
        m_window.reset();
        m_filters.reset();
    }

    void savesUnderANameForGood() {
        const QAbstractItemModelTester tester(
            m_filters.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        open(u"level:error -/a b/ source:\"x y\""_qs);
        QTest::keyClicks(&name(), u"  Errors, most  "_qs);
        QTest::keyClick(&name(), Qt::Key_Return);
        beginAgain();
        QCOMPARE(names(*m_filters), QStringList{u"Errors, most"_qs});
        QCOMPARE(filterOf(m_filters->all().first().text),
                 filterOf(u"level:error -/a b/ source:\"x y\""_qs));
        open(u"other"_qs);
        QSignalSpy chosen(m_panel, &SavedFiltersPanel::chosen);
        QTest::keyClick(&list(), Qt::Key_Return);
        QCOMPARE(chosen.size(), 1);
        QVERIFY(!m_panel->isVisible());
    }

    void aNameThatIsTakenIsReplaced() {
        m_filters->save(u"one"_qs, filterOf(u"a"_qs));
        m_filters->save(u"two"_qs, filterOf(u"b"_qs));
        open(u"c"_qs);
        QTest::keyClicks(&name(), u"one"_qs);
        QTest::mouseClick(&button(u"Replace filter"_qs), Qt::LeftButton);
        QCOMPARE(names(*m_filters), (QStringList{u"one"_qs, u"two"_qs}));
        QCOMPARE(m_filters->all().first().text, u"c"_qs);
    }

    void nothingIsSavedWithoutANameOrAFilter() {
        open(u"a"_qs);
        QVERIFY(!button(u"Save filter"_qs).isEnabled());
        open({});
        QTest::keyClicks(&name(), u"none"_qs);
        QTest::keyClick(&name(), Qt::Key_Return);
        QVERIFY(!button(u"Save filter"_qs).isEnabled());
        QVERIFY(m_filters->all().isEmpty());
    }

    void f2Renames() {
        m_filters->save(u"one"_qs, filterOf(u"a"_qs));
        m_filters->save(u"two"_qs, filterOf(u"b"_qs));
        open({});
        const auto rename = [this](const QString& to) {
            list().setCurrentIndex(m_filters->index(0));
            QTest::keyClick(&list(), Qt::Key_F2);
            auto* editor = list().viewport()->findChild<QLineEdit*>();
            QVERIFY(editor);
            editor->selectAll();
            QTest::keyClicks(editor, to);
            QTest::keyClick(editor, Qt::Key_Return);
        };
        rename(u"first"_qs);
        QTRY_COMPARE(names(*m_filters), (QStringList{u"first"_qs, u"two"_qs}));
        QVERIFY(m_panel->isVisible()); // Return was the editor's
        rename(u"two"_qs);             // is another's
        QCOMPARE(names(*m_filters), (QStringList{u"first"_qs, u"two"_qs}));
        beginAgain();
        QCOMPARE(names(*m_filters), (QStringList{u"first"_qs, u"two"_qs}));
    }

    void deletesAndUndoes() {
        for (const char* each : {"one", "two", "three"})
            m_filters->save(QString::fromLatin1(each), filterOf(QString::fromLatin1(each)));
        open({});
        list().setCurrentIndex(m_filters->index(1));
        QTest::keyClick(&list(), Qt::Key_Delete);
        QCOMPARE(names(*m_filters), (QStringList{u"one"_qs, u"three"_qs}));
        QTest::mouseClick(&button(u"Undo"_qs), Qt::LeftButton);
        QCOMPARE(names(*m_filters), (QStringList{u"one"_qs, u"two"_qs, u"three"_qs}));
        QTest::mouseClick(&button(u"Delete filter"_qs), Qt::LeftButton);
        beginAgain();
        QCOMPARE(names(*m_filters), (QStringList{u"one"_qs, u"three"_qs}));
    }

    void badTextIsShownWithItsReasonAndKept() {
        Preferences::instance().setValue(
            key, QStringList{u"good"_qs, u"a"_qs, u"bad"_qs, u"level:loud x"_qs, u"half"_qs});
        beginAgain();
        QCOMPARE(names(*m_filters), (QStringList{u"good"_qs, u"bad"_qs, u"half"_qs}));
        QVERIFY(m_filters->index(0).data(SavedFilters::ErrorRole).toString().isEmpty());
        QVERIFY(m_filters->index(1).data(SavedFilters::ErrorRole).toString().contains(u"loud"_qs));
        m_filters->save(u"more"_qs, filterOf(u"b"_qs));
        m_filters->remove(0);
        beginAgain();
        QCOMPARE(names(*m_filters), (QStringList{u"bad"_qs, u"half"_qs, u"more"_qs}));
        QCOMPARE(m_filters->all().first().text, u"level:loud x"_qs);
        open({});
        QSignalSpy chosen(m_panel, &SavedFiltersPanel::chosen);
        list().setCurrentIndex(m_filters->index(0));
        QTest::mouseClick(&button(u"Apply filter"_qs), Qt::LeftButton);
        QCOMPARE(chosen.first().first().toString(), u"level:loud x"_qs);
    }
};

int main(int argc, char** argv) {
    const tests::TemporaryHome home;
    QApplication application(argc, argv);
    QApplication::setOrganizationName(u"gantry-tests"_qs);
    QApplication::setApplicationName(u"tst_savedfilters"_qs);
    TestSavedFilters test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_savedfilters.moc"
