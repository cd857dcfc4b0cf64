// SPDX-License-Identifier: GPL-3.0-or-later
// From a service on the page of logs to a run that is recorded, by real clicks.
#include "tests/support/temporaryhome.h"
#include "tests/ui/shell/shellfixture.h"
#include "ui/log/logpage.h"
#include "ui/run/actionsheet.h"
#include "ui/run/runpage.h"
#include "ui/widgets/bannerwidget.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QTest>
#include <QTreeView>

using namespace tests;
using ui::MainWindow;

class TestLogActions : public QObject {
    Q_OBJECT

private:
    TemporaryHome m_home;
    std::unique_ptr<ShellFixture> m_fixture;

    [[nodiscard]] MainWindow& window() { return m_fixture->window(); }
    [[nodiscard]] QTreeView& tree() { return *window().findChild<QTreeView*>(u"logSources"_qs); }
    [[nodiscard]] ui::BannerWidget& banner() {
        return *window().findChild<ui::BannerWidget*>(u"actionBanner"_qs);
    }
    void choose(const QString& name) {
        const QModelIndex index = tree()
                                      .model()
                                      ->match(tree().model()->index(0, 0), Qt::DisplayRole, name, 1,
                                              Qt::MatchExactly | Qt::MatchRecursive)
                                      .value(0);
        QVERIFY(index.isValid());
        tree().setCurrentIndex(index);
    }
    void click(const QString& name) {
        auto* button = window().findChild<QAbstractButton*>(name);
        QVERIFY2(button && button->isVisible(), qPrintable(name));
        QTest::mouseClick(button, Qt::LeftButton);
    }
    [[nodiscard]] models::RunId onlyRun() {
        const auto runs = m_fixture->runs().runs();
        return QTest::qWaitFor([&] { return runs.isFinished(); }) && runs.result() &&
                       runs.result()->size() == 1
                   ? runs.result()->first().id
                   : models::RunId();
    }

private Q_SLOTS:
    void init() {
        m_fixture = std::make_unique<ShellFixture>();
        m_fixture->write(u"shop/gantry.yaml"_qs,
                         "gantry: 1\nname: Shop\nenvironments:\n  dev:\n    services:\n"
                         "      portal:\n        container: shop-portal\n"
                         "        actions: { restart: docker restart shop-portal }\n"
                         "      mail: { container: mail }\n"
                         "runbooks: [ '*.md' ]\n");
        window().resize(1280, 800);
        window().show();
        QVERIFY(QTest::qWaitForWindowExposed(&window()));
        window().openPath(m_fixture->write(u"shop/note.md"_qs, "# Note\n").section(u'/', 0, -2));
        QTRY_VERIFY(window().windowTitle().startsWith(u"Shop"_qs));
        window().showPage(MainWindow::Page::Logs);
    }
    void cleanup() { m_fixture.reset(); }

    void anActionIsARunOfItsOwn() {
        choose(u"portal"_qs);
        QTRY_VERIFY(window().findChild<QAbstractButton*>(u"restartService"_qs));
        QTRY_VERIFY(window().findChild<QAbstractButton*>(u"restartService"_qs)->isVisible());
        click(u"restartService"_qs);
        QVERIFY(window().findChild<ui::ActionSheet*>());
        click(u"runAction"_qs);
        QTRY_COMPARE(banner().text(), u"Restart portal at local: running."_qs);
        click(u"showActionRun"_qs);
        auto* page = window().findChild<ui::RunPage*>();
        QTRY_COMPARE(page->title(), u"Restart portal"_qs);
        QTRY_VERIFY(page->isRunUnderWay());
        const models::RunId run = page->run();
        // It was made for the run: nothing on disk can have changed.
        for (const ui::BannerWidget* other : page->findChildren<ui::BannerWidget*>())
            QVERIFY2(!other->isVisible(), qPrintable(other->text()));
        m_fixture->runs().cancelStep(run, page->state().plan->steps.first().step.id);
        QTRY_VERIFY(banner().text().contains(u"failed"_qs));
        QTRY_VERIFY2(banner().text().contains(u"Its last line: under way"_qs),
                     qPrintable(banner().text()));
        QTRY_VERIFY(!page->isRunUnderWay());
        QCOMPARE(page->state().outcome, models::RunOutcome::Failed);
        QCOMPARE(onlyRun(), run);
    }

    void saysWhichKeyBringsMore() {
        const auto hint = [this] { return window().findChild<QLabel*>(u"actionHint"_qs)->text(); };
        choose(u"portal"_qs);
        QTRY_COMPARE(hint(), u"Add stop, start, pull, recreate to the “actions” of portal in "
                             "gantry.yaml to have them here too."_qs);
        choose(u"mail"_qs);
        QTRY_VERIFY2(hint().contains(u"restart, stop"_qs) && hint().contains(u"mail"_qs),
                     qPrintable(hint()));
        QTRY_VERIFY(!window().findChild<QAbstractButton*>(u"restartService"_qs));
    }
};

QTEST_MAIN(TestLogActions)
#include "tst_logactions.moc"
