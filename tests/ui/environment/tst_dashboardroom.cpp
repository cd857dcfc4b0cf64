// SPDX-License-Identifier: GPL-3.0-or-later
// What has which room on the page of environments where several workspaces are open.
#include "tests/ui/environment/pagetest.h"
#include "ui/environment/environmentcolumn.h"
#include "ui/environment/servicedetail.h"
#include "ui/environment/trustsheet.h"
#include "ui/environment/versionmatrix.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/bannerwidget.h"

#include <QApplication>
#include <QListView>
#include <QMenu>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>

namespace tests {

namespace {

constexpr int patience = 30'000; ///< ms

models::Workspace shop(const QString& name) {
    QByteArray yaml = "gantry: 1\nenvironments:\n  prod: { services: {\n";
    for (int i = 0; i < 8; ++i)
        yaml +=
            "    service-" + QByteArray::number(i) + ": { health: { tcp: \"127.0.0.1:1\" } },\n";
    models::Workspace workspace = models::parseWorkspace(yaml + "    cron: {} } }\n");
    workspace.id = workspace.name = name;
    // Trust is remembered from one test to the next.
    workspace.root =
        QStringLiteral("/srv/%1/%2").arg(QLatin1String(QTest::currentTestFunction()), name);
    return workspace;
}

} // namespace

class TestDashboardRoom : public PageTest {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { ui::Theme::instance().install(*qApp); }
    void init() { QVERIFY(showPage({1200, 700})); }
    void cleanup() { dropPage(); }

    /// A notice of each would leave the services no room.
    void severalThatAreNotTrustedAskInOneLine() {
        for (const QString& name : {QStringLiteral("Shop"), QStringLiteral("Fish & Chips")})
            m_open->take(shop(name));
        auto* joined = m_page->findChild<ui::BannerWidget*>(QStringLiteral("joinedTrustBanner"));
        QVERIFY(joined->isVisible());
        QVERIFY2(joined->text().startsWith(QStringLiteral("2 workspaces are not trusted.")),
                 qPrintable(joined->text()));
        const auto own = m_page->findChildren<ui::BannerWidget*>(QStringLiteral("trustBanner"));
        QCOMPARE(own.size(), 2);
        for (const ui::BannerWidget* banner : own)
            QVERIFY(!banner->isVisible());
        // Each is asked about by itself, and the last one has its own notice again.
        const QList<QAction*> ways =
            joined->findChild<QMenu*>(QStringLiteral("untrustedWorkspaces"))->actions();
        QCOMPARE(ways.size(), 2);
        QCOMPARE(ways.last()->text(), QStringLiteral("Fish && Chips"));
        ways.last()->trigger();
        auto* sheet = m_page->findChild<ui::TrustSheet*>();
        QVERIFY(sheet != nullptr);
        QTest::mouseClick(sheet->findChild<ui::ActionButton*>(QStringLiteral("trustWorkspace")),
                          Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(joined->isHidden(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(own.first()->isVisible(), patience);
        QVERIFY2(own.first()->text().contains(QStringLiteral("Shop")),
                 qPrintable(own.first()->text()));
        QVERIFY(!own.last()->isVisible());
    }

    void theDetailIsALineUntilAServiceIsChosen() {
        m_open->take(shop(QStringLiteral("Shop")));
        const auto* detail = m_page->findChild<ui::ServiceDetail*>();
        QTRY_COMPARE_WITH_TIMEOUT(detail->height(), 56, patience);
        QListView& services =
            m_page->findChild<ui::EnvironmentColumn*>(QStringLiteral("environment-prod"))->list();
        services.setCurrentIndex(services.model()->index(0, 0));
        QTRY_VERIFY_WITH_TIMEOUT(detail->height() > 56, patience);
    }

    /// Two bars beside one another: which one moves the services nobody can tell.
    void whatIsToldOfAServiceLeavesTheColumnsTheirHeight() {
        m_page->resize(960, 576); // what a window of 1024 x 640 gives it
        for (const char* name : {"Shop", "Library"}) {
            models::Workspace workspace = shop(QLatin1String(name));
            models::Trigger trigger;
            trigger.name = QStringLiteral("Away");
            trigger.when = QStringLiteral("1 > 2");
            workspace.environments.first().triggers = {trigger, trigger, trigger};
            m_health->trust.vouchFor(workspace.root);
            m_open->take(workspace);
        }
        QListView& services =
            m_page->findChild<ui::EnvironmentColumn*>(QStringLiteral("environment-prod"))->list();
        services.setCurrentIndex(services.model()->index(0, 0));
        const auto* detail = m_page->findChild<ui::ServiceDetail*>();
        QTRY_VERIFY_WITH_TIMEOUT(detail->height() > 56, patience);
        const auto* area = m_page->findChild<QScrollArea*>(QStringLiteral("environmentColumns"));
        QTRY_COMPARE_WITH_TIMEOUT(area->verticalScrollBar()->maximum(), 0, patience);
        QVERIFY(detail->height() > 56);
        // Nor in as little room as the page takes at all.
        m_page->resize(960, 1);
        QTRY_COMPARE_WITH_TIMEOUT(area->verticalScrollBar()->maximum(), 0, patience);
    }

    /// Who looks at a service wants to see the others, too.
    void servicesHaveMoreRoomThanTriggers() {
        m_page->resize(960, 520);
        models::Workspace workspace = shop(QStringLiteral("Shop"));
        models::Trigger trigger;
        trigger.when = QStringLiteral("1 > 2");
        for (const char* name : {"Away", "Slow", "Errors"}) {
            trigger.name = QLatin1String(name);
            workspace.environments.first().triggers.append(trigger);
        }
        m_health->trust.vouchFor(workspace.root);
        m_open->take(workspace);
        auto* column =
            m_page->findChild<ui::EnvironmentColumn*>(QStringLiteral("environment-prod"));
        column->list().setCurrentIndex(column->list().model()->index(0, 0));
        const auto* conditions = column->findChild<QListView*>(QStringLiteral("conditions"));
        QVERIFY(conditions != nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(conditions->isVisible(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(column->list().height() > conditions->parentWidget()->height(),
                                 patience);
        // A quarter at most, where one of them fits into it.
        QTRY_VERIFY_WITH_TIMEOUT(conditions->viewport()->height() > 0, patience);
        QTRY_VERIFY_WITH_TIMEOUT(conditions->viewport()->height() <=
                                     std::max(column->height() / 4, conditions->sizeHintForRow(0)),
                                 4'000);
    }

    /// What is told above all takes its height from the detail.
    void aHighBannerLeavesTheColumnsTheirHeight() {
        m_page->resize(960, 576);
        models::Workspace workspace = shop(QStringLiteral("Shop"));
        models::Trigger trigger;
        trigger.name = QStringLiteral("Away");
        trigger.when = QStringLiteral("1 > 2");
        workspace.environments.first().triggers = {trigger, trigger, trigger};
        m_open->take(workspace).takeProblem(QStringLiteral("It is broken. ").repeated(20));
        QListView& services =
            m_page->findChild<ui::EnvironmentColumn*>(QStringLiteral("environment-prod"))->list();
        services.setCurrentIndex(services.model()->index(0, 0));
        auto* banner = m_page->findChild<ui::BannerWidget*>(QStringLiteral("problemBanner"));
        QTRY_VERIFY_WITH_TIMEOUT(banner->height() > 56, patience);
        const auto* area = m_page->findChild<QScrollArea*>(QStringLiteral("environmentColumns"));
        QTRY_COMPARE_WITH_TIMEOUT(area->verticalScrollBar()->maximum(), 0, patience);
        QCOMPARE(m_page->height(), 576);
        // A window is made no higher by what its pages want.
        QVERIFY2(m_page->minimumSizeHint().height() <= 576,
                 qPrintable(QString::number(m_page->minimumSizeHint().height())));
    }

    /// The versions of many workspaces keep their rows, and the page of them scrolls.
    void manyMatricesScroll() {
        for (int i = 0; i < 6; ++i)
            m_open->take(shop(QStringLiteral("Shop %1").arg(i)));
        m_page->findChild<QAbstractButton*>(QStringLiteral("showVersions"))->click();
        const auto matrices = m_page->findChildren<ui::VersionMatrix*>();
        QCOMPARE(matrices.size(), 6);
        for (const ui::VersionMatrix* matrix : matrices)
            QTRY_VERIFY_WITH_TIMEOUT(matrix->viewport()->height() >= 4 * matrix->rowHeight(0),
                                     patience);
        QWidget* area = matrices.first()->parentWidget();
        while (area != nullptr && qobject_cast<QScrollArea*>(area) == nullptr)
            area = area->parentWidget();
        QVERIFY(area != nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(
            qobject_cast<QScrollArea*>(area)->verticalScrollBar()->maximum() > 0, patience);
    }
};

} // namespace tests

QTEST_MAIN(tests::TestDashboardRoom)
#include "tst_dashboardroom.moc"
