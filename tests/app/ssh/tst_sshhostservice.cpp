// SPDX-License-Identifier: GPL-3.0-or-later
// Hosts as the window has them: passphrases in the keychain, and connections at a person's wish.
#include "app/ssh/sshhostservice.h"

#include "app/diagnostics/clock.h"
#include "app/run/enginethread.h"

#include "tests/app/ssh/sshtest.h"
#include "tests/support/memorysecretstore.h"

#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace app;
using namespace tests;

using Keep = HostService::Keep;
using State = HostLink::State;

namespace {

Lab* lab = nullptr;

/// A home whose ~/.ssh/config leads to the lab, with this key. A host that answers nothing is
/// never given up.
SshSurroundings surroundingsWith(const QString& key) {
    SshSurroundings ours = ourSurroundings();
    ours.home = QStringLiteral("/home/nobody");
    ours.variable = [](const QString&) { return std::nullopt; };
    ours.read = [config = QStringLiteral("IdentityFile %1\nUserKnownHostsFile %2\n"
                                         "ServerAliveInterval 1\nServerAliveCountMax 1000000\n")
                              .arg(lab->key(key), lab->path(QStringLiteral("known_hosts")))
                              .toUtf8()](const QString& path) -> std::optional<QByteArray> {
        return path == QLatin1String("/home/nobody/.ssh/config") ? std::optional(config)
                                                                 : std::nullopt;
    };
    return ours;
}

models::Host host(const QString& user = QStringLiteral("dash")) {
    return {user, QStringLiteral("%1@127.0.0.1:%2").arg(user).arg(lab->hostPort())};
}

/// A service with a keychain, and a person who answers what it asks.
class Desk : public QObject {
    Q_OBJECT

public:
    explicit Desk(const QString& key = QStringLiteral("person-locked"))
        : m_engine(std::make_shared<EngineThread>())
        , service(m_engine, secrets, [key] { return surroundingsWith(key); }) {
        connect(&service, &HostService::questionAsked, this, [this](const SshQuestion& question) {
            asked.append(question);
            if (!passphrases.isEmpty())
                service.answer(question.id, yes({passphrases.takeFirst()}), keep);
        });
        connect(&service, &HostService::noticed, this,
                [this](const QString& message) { noticed.append(message); });
    }

    [[nodiscard]] HostLink link(const models::Host& of = host()) const {
        for (const HostLink& one : service.links()) {
            if (one.ssh == of.ssh)
                return one;
        }
        return {};
    }
    /// Until it is connected or has failed.
    void connectTo(const models::Host& to = host()) {
        service.connectNow(to);
        QTRY_VERIFY_WITH_TIMEOUT(
            link(to).state == State::Connected || link(to).state == State::Failed, patience);
    }
    void letGo(const models::Host& of = host()) {
        service.giveUp(of.ssh);
        QTRY_COMPARE_WITH_TIMEOUT(link(of).state, State::Idle, patience);
    }

    /// A place at the host, as a run has it.
    void useInARun() {
        m_engine->postAndWait([this] { m_place = service.makePlace(host()); });
    }
    void endRun() {
        m_engine->postAndWait([this] { m_place.reset(); });
    }

    MemorySecretStore secrets;
    QList<QByteArray> passphrases; ///< that the person says, one after the other
    Keep keep = Keep::No;
    QList<SshQuestion> asked;
    QStringList noticed;

private:
    std::shared_ptr<EngineThread> m_engine;
    std::unique_ptr<Place> m_place; ///< of the engine's thread

public:
    SshHostService service;
};

QString entry() {
    const QByteArray listed = outputOf({QStringLiteral("ssh-keygen"), QStringLiteral("-lf"),
                                        lab->key(QStringLiteral("person-locked.pub"))});
    return QStringLiteral("ssh-passphrase:") + QString::fromUtf8(listed.split(' ').value(1));
}

} // namespace

class TestSshHostService : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void connectsAHostThatNothingWanted();
    void hangsUpWhatNoRunUses();
    void keepsWhatIsKnownOfAHost();
    void tellsOfAHostThatAnswersNothing();
    void usesAMendedConfiguration();
    void usesTheKeptPassphrase();
    void saysThatTheKeptOneIsWrong();
    void keepsWhatUnlockedTheKeyOnly();
    void keepsNothingUnasked();
    void tellsThatTheKeychainFails();
    void waitsForNoKeychain();
};

void TestSshHostService::connectsAHostThatNothingWanted() {
    Desk desk(QStringLiteral("person"));
    desk.connectTo();
    QCOMPARE(desk.link().state, State::Connected);
    QVERIFY(desk.link().fingerprint.startsWith(QLatin1String("SHA256:")));
    // It is this machine: what its clock is found to differ by is the line's doubt.
    QTRY_VERIFY_WITH_TIMEOUT(desk.link().clockAhead, patience);
    QVERIFY(desk.link().roundTrip.count() > 0);
    QCOMPARE(desk.link().correction().count(), 0);
    // Held until it is given up: nothing else wants it.
    desk.letGo();
}

void TestSshHostService::hangsUpWhatNoRunUses() {
    Desk desk(QStringLiteral("person"));
    desk.connectTo();
    QVERIFY(desk.link().isHeld);
    desk.service.hangUp(host().ssh);
    QTRY_COMPARE_WITH_TIMEOUT(desk.link().state, State::Idle, patience);
    QVERIFY(!desk.link().isHeld);

    desk.connectTo();
    QVERIFY(desk.link().isHeld);
    desk.useInARun();
    desk.service.hangUp(host().ssh);
    QTRY_VERIFY_WITH_TIMEOUT(!desk.link().isHeld, patience);
    QCOMPARE(desk.link().state, State::Connected);
    desk.endRun();
    QTRY_COMPARE_WITH_TIMEOUT(desk.link().state, State::Idle, patience);
    // One that a run had connected is not held to begin with.
    desk.useInARun();
    desk.connectTo();
    QCOMPARE(desk.link().state, State::Connected);
    QVERIFY(!desk.link().isHeld);
    desk.endRun();
}

void TestSshHostService::keepsWhatIsKnownOfAHost() {
    Desk desk(QStringLiteral("person"));
    desk.connectTo();
    const HostLink before = desk.link();
    desk.letGo();
    QCOMPARE(desk.link().fingerprint, before.fingerprint);
    QCOMPARE(desk.link().authentication, before.authentication);
    QCOMPARE(desk.link().address, before.address);

    Desk other(QStringLiteral("stranger"));
    other.connectTo();
    QCOMPARE(other.link().state, State::Failed);
    other.letGo();
    // Why it does not work is not forgotten with the attempt.
    QVERIFY(other.link().error);
    QCOMPARE(other.link().cause, HostLink::Cause::Denied);
    QCOMPARE(other.link().failures, 0);
}

void TestSshHostService::tellsOfAHostThatAnswersNothing() {
    Desk desk(QStringLiteral("person"));
    desk.connectTo();
    const QList<qint64> children = childrenOf(lab->hostPid());
    QVERIFY(!children.isEmpty());
    const auto signal = [&children](int number) {
        for (const qint64 child : children)
            ::kill(pid_t(child), number);
    };
    signal(SIGSTOP);
    QTRY_COMPARE_WITH_TIMEOUT(desk.link().state, State::Silent, patience);
    // Since it was asked, which was before it was told.
    QVERIFY(desk.link().since < presentInstant());
    QVERIFY(!desk.link().error);
    signal(SIGCONT);
    QTRY_COMPARE_WITH_TIMEOUT(desk.link().state, State::Connected, patience);
    desk.letGo();
}

void TestSshHostService::usesAMendedConfiguration() {
    auto key = std::make_shared<std::atomic<const char*>>("stranger");
    MemorySecretStore secrets;
    const auto engine = std::make_shared<EngineThread>();
    SshHostService service(engine, secrets,
                           [key] { return surroundingsWith(QString::fromLatin1(key->load())); });
    QList<State> states;
    connect(&service, &HostService::linkChanged, this,
            [&states](const HostLink& link) { states.append(link.state); });
    service.connectNow(host());
    QTRY_VERIFY_WITH_TIMEOUT(states.contains(State::Failed), patience);
    *key = "person";
    states.clear();
    service.connectNow(host());
    QTRY_VERIFY_WITH_TIMEOUT(states.contains(State::Connected), patience);
    // The old one, which goes meanwhile, does not show.
    QVERIFY(!states.contains(State::Failed));
    QCOMPARE(states.last(), State::Connected);
}

void TestSshHostService::usesTheKeptPassphrase() {
    Desk desk;
    desk.secrets.entries.insert(entry(), QStringLiteral("open sesame"));
    desk.connectTo();
    QCOMPARE(desk.link().state, State::Connected);
    QCOMPARE(desk.asked.size(), 0);
    QCOMPARE(desk.secrets.reads, 1);
}

void TestSshHostService::saysThatTheKeptOneIsWrong() {
    Desk desk;
    desk.secrets.entries.insert(entry(), QStringLiteral("of last year"));
    desk.passphrases = {"a slip", "open sesame"};
    desk.connectTo();
    QCOMPARE(desk.link().state, State::Connected);
    QCOMPARE(desk.asked.size(), 2);
    QCOMPARE(desk.asked.first().kept, SshQuestion::Kept::Wrong);
    QCOMPARE(desk.asked.first().round, 1);
    QCOMPARE(desk.asked.last().round, 2);
    // It was not asked to be replaced, and is not used again.
    QCOMPARE(desk.secrets.entries.value(entry()), QStringLiteral("of last year"));
    desk.letGo();
    desk.passphrases = {"open sesame"};
    desk.keep = Keep::InKeychain;
    desk.connectTo();
    QCOMPARE(desk.link().state, State::Connected);
    QCOMPARE(desk.secrets.reads, 1);
    QCOMPARE(desk.asked.size(), 3);
    // Now it was.
    QTRY_COMPARE(desk.secrets.entries.value(entry()), QStringLiteral("open sesame"));
    desk.letGo();
    desk.connectTo();
    QCOMPARE(desk.link().state, State::Connected);
    QCOMPARE(desk.asked.size(), 3);
}

void TestSshHostService::keepsWhatUnlockedTheKeyOnly() {
    Desk desk;
    desk.keep = Keep::InKeychain;
    desk.passphrases = {"a slip"};
    desk.service.connectNow(host());
    // The second question comes behind the verdict over the first answer.
    QTRY_COMPARE_WITH_TIMEOUT(desk.asked.size(), 2, patience);
    QVERIFY(desk.secrets.entries.isEmpty());
    desk.service.answer(desk.asked.last().id, yes({"open sesame"}), Keep::InKeychain);
    QTRY_COMPARE_WITH_TIMEOUT(desk.link().state, State::Connected, patience);
    QTRY_COMPARE(desk.secrets.entries.value(entry()), QStringLiteral("open sesame"));
    QCOMPARE(desk.secrets.entries.size(), 1);
    QCOMPARE(desk.noticed, QStringList());
}

void TestSshHostService::keepsNothingUnasked() {
    Desk desk;
    desk.passphrases = {"open sesame"};
    desk.connectTo();
    desk.letGo(); // behind the verdict
    QVERIFY(desk.secrets.entries.isEmpty());
}

void TestSshHostService::tellsThatTheKeychainFails() {
    Desk desk;
    desk.secrets.failWith(
        {models::ErrorCode::Refused, QStringLiteral("The keychain did not give access."), {}});
    desk.passphrases = {"open sesame"};
    desk.keep = Keep::InKeychain;
    desk.connectTo();
    QCOMPARE(desk.link().state, State::Connected);
    QCOMPARE(desk.asked.size(), 1);
    QTRY_COMPARE(desk.noticed.size(), 2);
    QVERIFY(desk.noticed.first().contains(QStringLiteral("was not asked")));
    QVERIFY(desk.noticed.last().contains(QStringLiteral("was not kept")));
    // Said once: it will go on failing.
    desk.letGo();
    desk.passphrases = {"open sesame"};
    desk.keep = Keep::No;
    desk.connectTo();
    QCOMPARE(desk.link().state, State::Connected);
    QCOMPARE(desk.noticed.size(), 2);
}

/// A keychain that waits for its owner holds nobody up, and still helps when it comes.
void TestSshHostService::waitsForNoKeychain() {
    Desk desk;
    desk.secrets.entries.insert(entry(), QStringLiteral("open sesame"));
    desk.secrets.hold();
    desk.service.connectNow(host());
    QTRY_COMPARE_WITH_TIMEOUT(desk.asked.size(), 1, patience);
    QSignalSpy withdrawn(&desk.service, &HostService::questionWithdrawn);
    desk.secrets.release();
    QTRY_COMPARE_WITH_TIMEOUT(desk.link().state, State::Connected, patience);
    QCOMPARE(withdrawn.size(), 1);
    QCOMPARE(withdrawn.first().first().toULongLong(), desk.asked.first().id);
}

int main(int argc, char** argv) {
    return runWithLab(argc, argv, [&](Lab& started) {
        lab = &started;
        TestSshHostService test;
        return QTest::qExec(&test, argc, argv);
    });
}

#include "tst_sshhostservice.moc"
