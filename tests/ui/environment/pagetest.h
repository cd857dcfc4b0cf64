// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workspace/openworkspaces.h"
#include "tests/support/fakehealth.h"
#include "tests/support/fakelogservice.h"
#include "tests/support/idleruns.h"
#include "tests/support/temporaryhome.h"
#include "ui/environment/environmentpage.h"

#include <QTest>

namespace tests {

/// What tests of the page of environments have behind it: nothing is open, and nobody answers but
/// the test.
class PageTest : public QObject {
protected:
    /// Whether it is on screen.
    [[nodiscard]] bool showPage(const QSize& size) {
        m_health = std::make_unique<FakeHealth>();
        m_open = std::make_unique<app::OpenWorkspaces>(m_files, m_health->parts(m_logs));
        m_runs = std::make_unique<IdleRuns>(m_health->journal);
        m_page = std::make_unique<ui::EnvironmentPage>(*m_open, m_runs->feed, m_runs->runbooks);
        m_page->resize(size);
        m_page->show();
        return QTest::qWaitForWindowExposed(m_page.get());
    }
    void dropPage() {
        m_page.reset();
        m_runs.reset();
        m_open.reset();
        m_health.reset();
    }

    const TemporaryHome m_home;
    std::unique_ptr<FakeHealth> m_health;
    FakeLogService m_logs;
    app::WorkspaceService m_files;
    std::unique_ptr<app::OpenWorkspaces> m_open;
    std::unique_ptr<IdleRuns> m_runs;
    std::unique_ptr<ui::EnvironmentPage> m_page;
};

} // namespace tests
