// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/contract/contractservice.h"
#include "tests/support/fakevariables.h"
#include "tests/support/temporaryhome.h"

#include <QSet>
#include <QSignalSpy>
#include <QTest>

using app::ContractService;
using models::Verdict;
using models::Workspace;
using tests::FakeVariables;

namespace {

const QString prod = QStringLiteral("prod");
const QString books = QStringLiteral("books");

Workspace library() {
    Workspace workspace = models::parseWorkspace(R"(gantry: 1
id: library
name: Library
environments:
  dev:
    services:
      books: { env_from: { file: /srv/dev/.env } }
  prod:
    hosts: { web-1: {}, web-2: {} }
    services:
      books:
        hosts: [web-1, web-2]
        container: books
        contract: { SECRET_KEY: { required: true } }
      cron: {}
isolation: [ { distinct: [DATABASE_URL], between: [dev, prod] } ]
)");
    workspace.root = QStringLiteral("/srv/library");
    return workspace;
}

} // namespace

class TestContractService : public QObject {
    Q_OBJECT

    models::ContractStanding standing() {
        return m_service->standing(prod, books, m_now).value_or(models::ContractStanding());
    }
    /// Answers every check, and every comparison by where it was asked.
    void answer(const QByteArray& checked, char inDev, char inProd) {
        for (const FakeVariables::Asked& asked : std::exchange(m_checker->asked, {})) {
            const char digit = asked.host.ssh.isEmpty() ? inDev : inProd;
            asked.done(asked.arguments.first() == u"check"
                           ? checked
                           : "1 " + QByteArray(64, digit) + "\nend\n");
        }
    }

private Q_SLOTS:
    void init() {
        m_checker = std::make_unique<FakeVariables>();
        m_trust = std::make_unique<app::TrustKeeper>();
        m_service =
            std::make_unique<ContractService>(*m_checker, *m_trust, [this] { return m_now; });
        m_workspace = library();
        QCOMPARE(m_workspace.diagnostics.size(), 0);
    }
    void cleanup() { m_service.reset(); }

    void nothingIsCheckedWithoutTrust() {
        m_service->watch(m_workspace);
        m_service->checkNow();
        QVERIFY(m_checker->asked.empty());
        QCOMPARE(standing().verdict, Verdict::Unknown);
        QCOMPARE(m_service->isolation().size(), 1U);
        QCOMPARE(m_service->isolation()[0].verdict, Verdict::Unknown);
        m_trust->trust(m_workspace);
        QVERIFY(!m_checker->asked.empty());
        m_trust->distrust(m_workspace);
    }

    void everyPlaceIsChecked() {
        m_trust->vouchFor(m_workspace.root);
        QSignalSpy changed(m_service.get(), &ContractService::changed);
        m_service->watch(m_workspace);
        // Two hosts are checked, and three places compared.
        QCOMPARE(m_checker->asked.size(), 5U);
        QCOMPARE(m_checker->asked.front().askedBy, models::AskedBy::Program);
        QCOMPARE(m_checker->asked.back().askedBy, models::AskedBy::Program);
        answer("1 pass\nend\n", 'a', 'b');
        QVERIFY(!changed.isEmpty());
        QCOMPARE(standing().verdict, Verdict::Pass);
        QCOMPARE(standing().places.size(), 2);
        QCOMPARE(m_service->isolation()[0].verdict, Verdict::Pass);
        QVERIFY(!m_service->standing(prod, QStringLiteral("cron"), m_now));
        m_service->checkNow();
        QCOMPARE(m_checker->asked.front().askedBy, models::AskedBy::Person);
        QCOMPARE(m_checker->asked.back().askedBy, models::AskedBy::Person);
        answer("1 absent\nend\n", 'a', 'a');
        QCOMPARE(standing().verdict, Verdict::Fail);
        QCOMPARE(m_service->isolation()[0].verdict, Verdict::Fail);
    }

    void everyComparisonHasASaltOfItsOwn() {
        m_trust->vouchFor(m_workspace.root);
        m_service->watch(m_workspace);
        m_service->checkNow();
        QMap<QByteArray, int> salts;
        for (const FakeVariables::Asked& asked : m_checker->asked) {
            if (asked.arguments.first() == u"compare")
                ++salts[asked.input];
            else
                QVERIFY(asked.input.isEmpty());
        }
        QCOMPARE(salts.size(), 2);
        QCOMPARE(salts.values(), QList<int>({3, 3}));
        QCOMPARE(salts.firstKey().size(), 64);
    }

    void anAnswerToAnEarlierWorkspaceIsDropped() {
        m_trust->vouchFor(m_workspace.root);
        m_service->watch(m_workspace);
        auto asked = std::exchange(m_checker->asked, {});
        m_service->watch({});
        QVERIFY(!m_service->standing(prod, books, m_now));
        asked[0].done(QByteArray("1 pass\nend\n"));
        m_service.reset();
        asked[1].done(QByteArray("1 pass\nend\n"));
    }

private:
    const tests::TemporaryHome m_home;
    models::Instant m_now{1'800'000'000'000'000'000};
    std::unique_ptr<FakeVariables> m_checker;
    std::unique_ptr<app::TrustKeeper> m_trust;
    std::unique_ptr<ContractService> m_service;
    Workspace m_workspace;
};

QTEST_GUILESS_MAIN(TestContractService)
#include "tst_contractservice.moc"
