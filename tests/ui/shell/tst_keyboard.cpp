// SPDX-License-Identifier: GPL-3.0-or-later
// The window without a mouse, and for those who hear it: every control has a name, Tab reaches all
// of every page and leaves it again, and Escape ends what asks.
#include "tests/support/temporaryhome.h"
#include "tests/ui/shell/shellfixture.h"
#include "ui/shell/rail.h"
#include "ui/theme/theme.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QTableView>
#include <QTest>

#include <algorithm>

using Page = ui::MainWindow::Page;

namespace tests {

namespace {

constexpr int patience = 30'000; ///< ms
constexpr int mostPresses = 200; ///< more than any page has controls

constexpr auto workspace =
    "gantry: 1\n"
    "id: keyboard\n"
    "name: Portal\n"
    "environments:\n"
    "  prod:\n"
    "    protected: true\n"
    "    promote_from: dev\n"
    "    hosts: { web-1: { ssh: deploy@web-1 } }\n"
    "    default_host: web-1\n"
    "    services:\n"
    "      portal:\n"
    "        health: [ { http: \"https://portal.example.com/\" }, { tls: "
    "\"portal.example.com:443\" } ]\n"
    "        version: { http: \"https://portal.example.com/version\", field: commit }\n"
    "        logs: { file: /var/log/portal.log }\n"
    "        actions: { restart: systemctl restart portal }\n"
    "      worker: { health: { http: \"https://worker.example.com/\" } }\n"
    "    triggers: [ { name: Slow, when: \"p95(portal.http.total, 5m) > 1s\" } ]\n"
    "  dev: { services: { portal: { version: { http: \"https://dev.example.com/version\", field: "
    "commit } } } }\n"
    "risks: [ { text: Sessions are cut } ]\n";

QString nameOf(const QWidget& widget) {
    return QLatin1String(widget.metaObject()->className()) + u' ' + widget.objectName() + u' ' +
           widget.accessibleName() + QStringLiteral(" in ") +
           (widget.parentWidget() != nullptr ? widget.parentWidget()->objectName() : QString());
}

/// What a visible control is, where it has neither name nor words; else nothing.
QStringList namelessControl(const QWidget& widget) {
    const auto* button = qobject_cast<const QAbstractButton*>(&widget);
    const bool isControl = button != nullptr ||
                           qobject_cast<const QLineEdit*>(&widget) != nullptr ||
                           qobject_cast<const QComboBox*>(&widget) != nullptr ||
                           qobject_cast<const QAbstractSpinBox*>(&widget) != nullptr ||
                           qobject_cast<const QAbstractItemView*>(&widget) != nullptr ||
                           qobject_cast<const QPlainTextEdit*>(&widget) != nullptr;
    // What a spin box or a table makes for itself speaks through it.
    const bool isPart = qobject_cast<const QAbstractSpinBox*>(widget.parentWidget()) != nullptr ||
                        qobject_cast<const QTableView*>(widget.parentWidget()) != nullptr;
    if (!isControl || isPart || !widget.isVisible() || !widget.accessibleName().isEmpty() ||
        (button != nullptr && !button->text().isEmpty()))
        return {};
    return {nameOf(widget)};
}

/// One of several that are chosen among: Tab leads to one of them, and arrows to the others.
bool isAmongOthersOf(const QWidget& widget, const QSet<QWidget*>& reached) {
    const auto isChoice = [&widget](const QWidget* each) {
        const auto* button = qobject_cast<const QAbstractButton*>(each);
        return button != nullptr && button->isCheckable() &&
               each->parentWidget() == widget.parentWidget();
    };
    return isChoice(&widget) && std::any_of(reached.begin(), reached.end(), isChoice);
}

/// Whether Tab is to lead there.
bool wantsTab(const QWidget& widget) {
    return widget.isVisible() && widget.isEnabled() && widget.focusProxy() == nullptr &&
           (widget.focusPolicy() & Qt::TabFocus) != 0 && !widget.visibleRegion().isEmpty() &&
           qobject_cast<const QHeaderView*>(&widget) == nullptr;
}

} // namespace

class TestKeyboard : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        ui::Theme::instance().install(*qApp);
        ui::Theme::instance().setMotion(ui::Motion::Reduced);
    }
    void init() {
        m_fixture = std::make_unique<ShellFixture>();
        m_fixture->write(QStringLiteral("portal/gantry.yaml"), workspace);
        const QString runbook =
            m_fixture->write(QStringLiteral("portal/release.md"),
                             "# Release\n\n## Deploy\n\n- [ ] Tell the team\n\n- [ ] Start it\n\n"
                             "  ```sh\n  ./start\n  ```\n\n## Rollback\n\n- [ ] Stop it\n");
        m_folder = QFileInfo(runbook).canonicalPath();
        window().resize(1440, 900);
        window().show();
        window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
    }
    void cleanup() { m_fixture.reset(); }

    void everyControlHasAName_data() { pages(); }
    void everyControlHasAName() {
        QVERIFY(go());
        QStringList nameless;
        for (const QWidget* widget : window().findChildren<QWidget*>())
            nameless += namelessControl(*widget);
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u'\n')));
    }

    void tabReachesAllOfAPageAndLeavesIt_data() { pages(); }
    void tabReachesAllOfAPageAndLeavesIt() {
        QVERIFY(go());
        QSet<QWidget*> wanted;
        for (QWidget* widget : window().findChildren<QWidget*>()) {
            if (wantsTab(*widget))
                wanted.insert(widget);
        }
        for (const Qt::Key key : {Qt::Key_Tab, Qt::Key_Backtab}) {
            QSet<QWidget*> reached;
            for (int press = 0; press < mostPresses; ++press) {
                QWidget* const focused = QApplication::focusWidget();
                QTest::keyClick(focused != nullptr ? focused : &window(), key);
                reached.insert(QApplication::focusWidget());
            }
            QStringList missed;
            for (const QWidget* widget : wanted - reached) {
                if (!isAmongOthersOf(*widget, reached))
                    missed.append(nameOf(*widget));
            }
            QVERIFY2(missed.isEmpty(), qPrintable(missed.join(u'\n')));
        }
    }

    void arrowsGoOnWithinTheRail() {
        window().openPath(m_folder);
        QTRY_COMPARE_WITH_TIMEOUT(window().page(), Page::Workspace, patience);
        const auto places = window().findChild<ui::Rail*>()->findChildren<ui::RailButton*>();
        places[0]->setFocus();
        QTest::keyClick(places[0], Qt::Key_Down);
        QCOMPARE(window().page(), Page::Environments);
    }

    void everySheetAnswersToReturnAndEscape_data() {
        QTest::addColumn<QString>("action");
        for (const char* action : {"New workspace…", "Keyboard shortcuts", "About Gantry"})
            QTest::newRow(action) << QString::fromUtf8(action);
    }
    void everySheetAnswersToReturnAndEscape() {
        QFETCH(const QString, action);
        for (QAction* each : window().actions()) {
            if (each->text() == action)
                each->trigger();
        }
        QTRY_VERIFY_WITH_TIMEOUT(QApplication::activeModalWidget() != nullptr, patience);
        const QPointer<QWidget> sheet = QApplication::activeModalWidget();
        const auto buttons = sheet->findChildren<QPushButton*>();
        QVERIFY(std::any_of(buttons.begin(), buttons.end(), [](const QPushButton* button) {
            return button->isVisible() && button->isDefault();
        }));
        QStringList nameless;
        for (const QWidget* widget : sheet->findChildren<QWidget*>())
            nameless += namelessControl(*widget);
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u'\n')));
        QTest::keyClick(sheet, Qt::Key_Escape);
        QTRY_VERIFY_WITH_TIMEOUT(sheet == nullptr || !sheet->isVisible(), patience);
    }

private:
    [[nodiscard]] ui::MainWindow& window() { return m_fixture->window(); }
    static void pages() {
        QTest::addColumn<Page>("page");
        QTest::addColumn<QString>("part"); ///< a button that shows another part of it
        const auto row = [](const char* name, Page page, const char* part = "") {
            QTest::newRow(name) << page << QString::fromLatin1(part);
        };
        row("welcome", Page::Welcome);
        row("workspace", Page::Workspace);
        row("environments", Page::Environments);
        row("versions", Page::Environments, "showVersions");
        row("health", Page::Health);
        row("runs", Page::Runs);
        row("runbook", Page::Run);
        row("logs", Page::Logs);
        row("hosts", Page::Hosts);
        row("settings", Page::Settings);
    }
    /// To the page of the row, of a workspace that is open and trusted but for the first one.
    [[nodiscard]] bool go() {
        QFETCH(const Page, page);
        QFETCH(const QString, part);
        if (page == Page::Welcome)
            return window().page() == Page::Welcome;
        m_fixture->health().trust.vouchFor(m_folder);
        window().openPath(m_folder);
        if (!QTest::qWaitFor([&] { return window().page() == Page::Workspace; }, patience))
            return false;
        if (page == Page::Run)
            window().openRunbook(QStringLiteral("release.md"));
        else
            window().showPage(page);
        if (!part.isEmpty())
            window().findChild<QAbstractButton*>(part)->click();
        const auto isRead = [this] {
            const auto* list = window().findChild<QAbstractItemView*>(QStringLiteral("stepView"));
            return window().page() != Page::Run || list == nullptr || list->model() == nullptr ||
                   list->model()->rowCount() > 0;
        };
        return window().page() == page && QTest::qWaitFor(isRead, patience);
    }

    std::unique_ptr<ShellFixture> m_fixture;
    QString m_folder;
};

} // namespace tests

int main(int argc, char** argv) {
    const tests::TemporaryHome home;
    QApplication application(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("gantry"));
    QCoreApplication::setApplicationName(QStringLiteral("gantry"));
    tests::TestKeyboard test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_keyboard.moc"
