// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/temporaryhome.h"
#include "tests/ui/shell/shellfixture.h"
#include "ui/environment/distrustsheet.h"
#include "ui/environment/trustsheet.h"
#include "ui/theme/preferences.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/bannerwidget.h"
#include "ui/widgets/elidedlabel.h"

#include <QAction>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSettings>
#include <QTest>

using ui::Page;

namespace tests {

namespace {

constexpr int patience = 30'000;

} // namespace

/// How a person comes to trust a workspace in the window, and takes that back.
class TestTrustFlows : public QObject {
    Q_OBJECT

private:
    const TemporaryHome m_home;
    std::unique_ptr<ShellFixture> m_fixture;

    [[nodiscard]] ui::MainWindow& window() { return m_fixture->window(); }
    [[nodiscard]] app::OpenWorkspace& shop() { return *m_fixture->open().all().front(); }
    template <class T>
    T* find(const char* name) {
        return window().findChild<T*>(QLatin1String(name));
    }
    QAction& action(const QString& text) {
        const QList<QAction*> actions = window().actions();
        return **std::find_if(actions.begin(), actions.end(),
                              [&text](const QAction* each) { return each->text() == text; });
    }
    void press(QWidget* in, const char* name) {
        QTest::mouseClick(in->findChild<ui::ActionButton*>(QLatin1String(name)), Qt::LeftButton);
    }
    /// The sheet that is open; nullptr: none.
    template <class T>
    T* sheet() {
        for (T* each : window().findChildren<T*>()) {
            if (each->isVisible())
                return each;
        }
        return nullptr;
    }
    QString line() {
        auto* line = find<QWidget>("trustLine");
        return line->isVisible() ? line->findChild<ui::ElidedLabel*>()->fullText() : QString();
    }
    void open() {
        const QString file = m_fixture->write(
            QStringLiteral("shop/gantry.yaml"),
            "gantry: 1\nid: shop\nname: shop\nenvironments:\n  prod:\n    services:\n"
            "      portal:\n        health: { http: \"http://shop.example.com/\", every: 10s }\n"
            "        version: { http: \"http://shop.example.com/version\" }\n");
        window().openPath(QFileInfo(file).canonicalPath());
        QTRY_COMPARE_WITH_TIMEOUT(window().page(), Page::Workspace, patience);
    }

private Q_SLOTS:
    void initTestCase() { ui::Theme::instance().install(*qApp); }
    void init() {
        ui::Preferences::instance().finish();
        QSettings().remove(QStringLiteral("window"));
        m_fixture = std::make_unique<ShellFixture>();
        window().show();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
    }
    void cleanup() { m_fixture.reset(); }

    void itIsGivenAndTakenBackWhereTheWorkspaceIsTold() {
        open();
        QVERIFY2(line().startsWith(QStringLiteral("Not trusted")), qPrintable(line()));
        QVERIFY(!action(QStringLiteral("Stop trusting workspace…")).isEnabled());
        press(find<QWidget>("trustLine"), "askTrust");
        QVERIFY(sheet<ui::TrustSheet>() != nullptr);
        press(sheet<ui::TrustSheet>(), "trustWorkspace");
        QVERIFY(shop().isTrusted());
        QCOMPARE(line(), QStringLiteral("Trusted, so these run by themselves: 1 probe, "
                                        "1 look-up of versions"));
        QTRY_VERIFY(sheet<ui::TrustSheet>() == nullptr);

        press(find<QWidget>("trustLine"), "askTrust");
        auto* asked = sheet<ui::DistrustSheet>();
        QVERIFY(asked != nullptr);
        QString words;
        for (const QLabel* label : asked->findChildren<QLabel*>())
            words += label->text();
        QVERIFY2(words.contains(QStringLiteral("1 probe, 1 look-up of versions")),
                 qPrintable(words));
        asked->reject();
        QVERIFY(shop().isTrusted());
        QTRY_VERIFY(sheet<ui::DistrustSheet>() == nullptr);
        press(find<QWidget>("trustLine"), "askTrust");
        press(sheet<ui::DistrustSheet>(), "distrustWorkspace");
        QVERIFY(!shop().isTrusted());
        QVERIFY2(line().startsWith(QStringLiteral("Not trusted")), qPrintable(line()));
    }

    void theMenuTakesItBack() {
        open();
        shop().health().trustWorkspace();
        QAction& stop = action(QStringLiteral("Stop trusting workspace…"));
        QVERIFY(stop.isEnabled());
        const QList<QMenu*> menus = window().findChildren<QMenu*>();
        QVERIFY(std::any_of(menus.begin(), menus.end(), [&stop](const QMenu* menu) {
            return menu->actions().contains(&stop);
        }));
        stop.trigger();
        press(sheet<ui::DistrustSheet>(), "distrustWorkspace");
        QVERIFY(!shop().isTrusted());
        QVERIFY(!stop.isEnabled());
        window().showPage(Page::Environments);
        QVERIFY(find<ui::BannerWidget>("trustBanner")->isVisible());
    }

    void thePaletteTakesItBack() {
        open();
        shop().health().trustWorkspace();
        QTest::keyClick(&window(), Qt::Key_K, Qt::ControlModifier);
        auto* palette = find<QWidget>("commandPalette");
        auto* field = palette->findChild<QLineEdit*>();
        QTRY_VERIFY(field->hasFocus());
        QTest::keyClicks(field, QStringLiteral("stop trusting workspace: shop"));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(sheet<ui::DistrustSheet>() != nullptr);
        press(sheet<ui::DistrustSheet>(), "distrustWorkspace");
        QVERIFY(!shop().isTrusted());
    }

    void theQuestionGoesWithItsWorkspace() {
        open();
        shop().health().trustWorkspace();
        action(QStringLiteral("Stop trusting workspace…")).trigger();
        QVERIFY(sheet<ui::DistrustSheet>() != nullptr);
        m_fixture->open().close(shop());
        QTRY_VERIFY_WITH_TIMEOUT(sheet<ui::DistrustSheet>() == nullptr, patience);
    }
};

} // namespace tests

QTEST_MAIN(tests::TestTrustFlows)
#include "tst_trustflows.moc"
