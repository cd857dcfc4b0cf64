// SPDX-License-Identifier: GPL-3.0-or-later
// A host that a person has given up, and all that would look at it by itself.
#include "app/container/placecontainers.h"
#include "app/contract/placevariables.h"
#include "app/engineparts.h"
#include "app/health/placeprober.h"
#include "app/run/enginethread.h"

#include "tests/app/ssh/sshtest.h"
#include "tests/support/fakejournal.h"
#include "tests/support/memorysecretstore.h"
#include "tests/support/tcpproxy.h"

#include <QTest>

#include <optional>

using namespace app;
using namespace tests;
using namespace std::chrono_literals;

using State = HostLink::State;

namespace {

Lab* lab = nullptr;

/// Nothing is asked over the network.
class NoNetwork final : public Prober {
public:
    void probe(const ProbeTask& task, Done done) override {
        Q_UNUSED(task)
        Q_UNUSED(done)
    }
};

SshSurroundings surroundings() {
    SshSurroundings ours = ourSurroundings();
    ours.home = u"/home/nobody"_qs;
    ours.variable = [](const QString&) { return std::nullopt; };
    ours.read = [config =
                     u"IdentityFile %1\nUserKnownHostsFile %2\nHostKeyAlias [127.0.0.1]:%3\n"_qs
                         .arg(lab->key(u"person"_qs), lab->path(u"known_hosts"_qs))
                         .arg(lab->hostPort())
                         .toUtf8()](const QString& path) -> std::optional<QByteArray> {
        return path == u"/home/nobody/.ssh/config" ? std::optional(config) : std::nullopt;
    };
    return ours;
}

} // namespace

class TestGivenUpHosts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void areLeftAloneUntilAPersonAsks();

private:
    [[nodiscard]] HostLink link() const;
    [[nodiscard]] models::ProbeReply probe(Prober& prober) const;
    void giveUp();

    TcpProxy m_proxy{lab->hostPort()};
    models::Host m_host{u"web-1"_qs, u"dash@127.0.0.1:%1"_qs.arg(m_proxy.port())};
    FakeJournal m_journal;
    MemorySecretStore m_secrets;
    EngineParts m_engine{m_journal, m_secrets, &surroundings};
};

HostLink TestGivenUpHosts::link() const {
    return m_engine.hosts.links().value(0);
}

models::ProbeReply TestGivenUpHosts::probe(Prober& prober) const {
    models::Probe command;
    command.kind = models::Probe::Kind::Command;
    command.target = u"true"_qs;
    command.timeLimit = 60s;
    std::optional<models::ProbeReply> answer;
    prober.probe({command, {m_host}, {}},
                 [&answer](const models::ProbeReply& reply) { answer = reply; });
    [&] { QTRY_VERIFY_WITH_TIMEOUT(answer, patience); }();
    return answer.value_or(models::ProbeReply());
}

/// While it is away.
void TestGivenUpHosts::giveUp() {
    m_proxy.setRefusing(true);
    m_proxy.cut();
    QTRY_COMPARE_WITH_TIMEOUT(link().state, State::Waiting, patience);
    m_engine.hosts.giveUp(m_host.ssh);
    QTRY_COMPARE_WITH_TIMEOUT(link().state, State::Failed, patience);
    m_proxy.setRefusing(false);
}

void TestGivenUpHosts::areLeftAloneUntilAPersonAsks() {
    using Stream = LogStreamState::State;
    NoNetwork network;
    PlaceProber prober(m_engine.thread, placesOf(m_engine), network);
    PlaceVariables variables(m_engine.thread, placesOf(m_engine));
    PlaceContainers containers(m_engine.thread, reachesOf(m_engine));
    QCOMPARE(probe(prober).outcome, models::ProbeReply::Outcome::Answered);
    LogSource source;
    source.kind = LogSource::Kind::Command;
    source.host = m_host;
    source.command = u"while :; do echo tick; sleep 0.2; done"_qs;
    const quint64 stream = m_engine.logs.follow(source);
    QTRY_COMPARE_WITH_TIMEOUT(m_engine.logs.state(stream).state, Stream::Following, patience);

    giveUp();
    const int accepted = m_proxy.accepted();
    const auto isGivenUp = [](const QString& words) { return words.contains(u"was given up"); };
    const models::ProbeReply reply = probe(prober);
    QCOMPARE(reply.outcome, models::ProbeReply::Outcome::NotProbed);
    QVERIFY2(isGivenUp(reply.reason), qPrintable(reply.reason));
    QString checked;
    variables.check(m_host, models::AskedBy::Program, {}, {},
                    [&checked](const models::Result<QByteArray>& answer) {
                        checked = answer ? u"answered"_qs : answer.error().message;
                    });
    QTRY_VERIFY2_WITH_TIMEOUT(isGivenUp(checked), qPrintable(checked), patience);
    QString found;
    containers.look(m_host, {u"portal"_qs, {}, {}}, 60s,
                    [&found](const models::Result<models::Container>& container) {
                        found = container ? u"found"_qs : container.error().message;
                    });
    QTRY_VERIFY2_WITH_TIMEOUT(isGivenUp(found), qPrintable(found), patience);
    QTRY_COMPARE_WITH_TIMEOUT(m_engine.logs.state(stream).state, Stream::Failed, patience);
    QVERIFY(isGivenUp(m_engine.logs.state(stream).error->message));
    source.askedBy = models::AskedBy::Program;
    const quint64 begun = m_engine.logs.follow(source);
    QTRY_COMPARE_WITH_TIMEOUT(m_engine.logs.state(begun).state, Stream::Failed, patience);
    QVERIFY(isGivenUp(m_engine.logs.state(begun).error->message));
    QCOMPARE(link().state, State::Failed);
    QCOMPARE(m_proxy.accepted(), accepted);

    // A person asks for it: all go on.
    m_engine.hosts.connectNow(m_host);
    QTRY_COMPARE_WITH_TIMEOUT(m_engine.logs.state(stream).state, Stream::Following, patience);
    QTRY_COMPARE_WITH_TIMEOUT(m_engine.logs.state(begun).state, Stream::Following, patience);
    QCOMPARE(probe(prober).outcome, models::ProbeReply::Outcome::Answered);
}

int main(int argc, char** argv) {
    return runWithLab(argc, argv, [&](Lab& started) {
        lab = &started;
        TestGivenUpHosts test;
        return QTest::qExec(&test, argc, argv);
    });
}

#include "tst_givenuphosts.moc"
