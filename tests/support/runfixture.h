// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runservice.h"
#include "tests/support/fakejournal.h"
#include "tests/support/fakeplace.h"
#include "tests/support/memorysecretstore.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <optional>

namespace tests {

/// What tests of the engine begin with: a service of runs on fakes, and one run in it. A test ends
/// the service before its hosts.
class RunFixture {
protected:
    RunFixture() = default;
    virtual ~RunFixture() = default;
    Q_DISABLE_COPY_MOVE(RunFixture)

    /// Who stands behind the name of a place.
    [[nodiscard]] virtual FakeHost& hostCalled(const QString& name) = 0;

    void openService() {
        m_service.emplace(*m_journal, m_secrets, [this](const auto&, const QString& name) {
            return std::make_unique<FakePlace>(hostCalled(name), name);
        });
    }
    /// With a journal of its own.
    void openNewService() {
        m_service.reset();
        m_journal.emplace();
        openService();
    }
    void start(const models::PlanPointer& plan) {
        QSignalSpy opened(&*m_service, &app::RunService::runOpened);
        (void)m_service->start(plan, {});
        QVERIFY(opened.wait());
        m_run = opened.first().first().value<models::RunId>();
    }
    /// As after kill -9: nothing is said to the engine, a new one takes over.
    void restart() {
        m_service.reset();
        openService();
        QSignalSpy opened(&*m_service, &app::RunService::runOpened);
        (void)m_service->open(m_run);
        QVERIFY(opened.wait());
    }

    std::optional<FakeJournal> m_journal;
    MemorySecretStore m_secrets;
    std::optional<app::RunService> m_service;
    models::RunId m_run;
};

} // namespace tests
