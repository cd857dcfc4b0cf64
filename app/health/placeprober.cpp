// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/health/placeprober.h"

#include "app/diagnostics/clock.h"
#include "app/run/enginethread.h"
#include "models/health/probereading.h"

#include <algorithm>
#include <chrono>

namespace app {

namespace {

using models::Probe;
using models::ProbeReply;
using Outcome = ProbeReply::Outcome;

constexpr qsizetype outputLimit = 4096; ///< bytes of what is shown and compared as text

QString nameOf(const models::Host& host) {
    return host.ssh.isEmpty() ? u"this machine"_qs : host.name;
}

QString firstLine(const QByteArray& bytes) {
    return QString::fromUtf8(bytes.trimmed().split('\n').first().left(200)).trimmed();
}

/// What one place answered.
void readResult(const Probe& probe, const models::Host& host,
                const models::Result<ExecResult>& result, ProbeReply& reply) {
    if (!result) {
        reply.reason = u"%1: %2"_qs.arg(nameOf(host), result.error().message);
        return;
    }
    reply.exitCode = result->exitCode;
    const bool isContainer = probe.kind == Probe::Kind::Container;
    const QString said = firstLine(result->err);
    if (isContainer && result->exitCode != 0) {
        const bool isGone = said.contains(u"no such"_qs, Qt::CaseInsensitive);
        reply.outcome = isGone ? Outcome::Failed : Outcome::NotProbed;
        reply.reason = isGone
                           ? u"There is no container %1 at %2."_qs.arg(probe.target, nameOf(host))
                           : u"%1 does not tell of its containers: %2"_qs.arg(nameOf(host), said);
        return;
    }
    reply.outcome = Outcome::Answered;
    const bool isLong = result->out.size() > models::bodyLimit;
    models::readBody(result->out, isLong ? models::BodyEnd::Cut : models::BodyEnd::Whole, reply);
    reply.output = QString::fromUtf8(result->out.left(outputLimit)).trimmed();
}

/// The one that a probe of several places is decided by: what fails, then what is not known, then
/// the slowest.
const ProbeReply& decisive(const std::vector<ProbeReply>& replies, const Probe& probe) {
    const auto rank = [&probe](const ProbeReply& reply) {
        switch (reply.outcome) {
        case Outcome::Failed:
            return 0;
        case Outcome::NotProbed:
            return 2;
        case Outcome::Answered:
            break;
        }
        const bool isBad = probe.kind == Probe::Kind::Container ? reply.output != u"running"
                                                                : reply.exitCode.value_or(1) != 0;
        return isBad ? 1 : 3;
    };
    return *std::min_element(replies.begin(), replies.end(),
                             [&rank](const ProbeReply& one, const ProbeReply& other) {
                                 return std::pair(rank(one), other.phases.total) <
                                        std::pair(rank(other), one.phases.total);
                             });
}

} // namespace

/// Holds the places, and asks them. On the engine's thread.
class PlaceProber::Bench {
public:
    explicit Bench(HostPlaces::Factory places)
        : m_places(std::move(places)) {}

    void probe(const ProbeTask& task, Done done) {
        auto round = std::make_shared<Round>();
        round->task = task;
        round->done = std::move(done);
        round->waiting = task.hosts.size();
        const models::Instant begun = presentInstant();
        for (const models::Host& host : task.hosts) {
            ProbeReply reply;
            reply.at = begun;
            reply.lateness = std::chrono::nanoseconds(
                std::max<std::int64_t>(0, begun.nanoseconds - task.due.nanoseconds));
            const models::Result<Place*> place = m_places.at(host, models::AskedBy::Program);
            if (!place) {
                reply.reason = place.error().message;
                take(round, reply);
                continue;
            }
            (*place)->exec(probeArguments(task.probe, host), task.probe.timeLimit,
                           [round, host, reply](const models::Result<ExecResult>& result) mutable {
                               const std::int64_t took =
                                   presentInstant().nanoseconds - reply.at.nanoseconds;
                               readResult(round->task.probe, host, result, reply);
                               if (reply.outcome == Outcome::Answered)
                                   reply.phases.total = std::chrono::nanoseconds(took);
                               take(round, reply);
                           });
        }
    }

private:
    struct Round {
        ProbeTask task;
        Done done;
        qsizetype waiting = 0;
        std::vector<ProbeReply> replies;
    };

    static void take(const std::shared_ptr<Round>& round, const ProbeReply& reply) {
        round->replies.push_back(reply);
        if (--round->waiting == 0)
            round->done(decisive(round->replies, round->task.probe));
    }

    HostPlaces m_places;
};

PlaceProber::PlaceProber(std::shared_ptr<EngineThread> engine, HostPlaces::Factory places,
                         Prober& network)
    : m_engine(std::move(engine))
    , m_network(network)
    , m_bench(std::make_unique<Bench>(std::move(places))) {}

PlaceProber::~PlaceProber() {
    m_engine->postAndWait([this] { m_bench.reset(); });
}

void PlaceProber::probe(const ProbeTask& task, Done done) {
    const bool isAtPlaces =
        task.probe.kind == Probe::Kind::Command || task.probe.kind == Probe::Kind::Container;
    if (!isAtPlaces)
        return m_network.probe(task, std::move(done));
    if (task.hosts.isEmpty()) {
        ProbeReply reply;
        reply.at = presentInstant();
        reply.reason = u"Nothing says where this runs."_qs;
        m_inbox.post([done, reply] { done(reply); });
        return;
    }
    m_engine->post([this, task, own = std::make_shared<Done>(std::move(done))] {
        m_bench->probe(task, [this, own](const ProbeReply& reply) {
            m_inbox.post([own, reply] { (*own)(reply); });
        });
    });
}

QStringList probeArguments(const Probe& probe, const models::Host& host) {
    if (probe.kind != Probe::Kind::Container)
        return {u"sh"_qs, u"-c"_qs, probe.target};
    QString program = host.cli;
    if (program.isEmpty())
        program = host.runtime.isEmpty() ? u"docker"_qs : host.runtime;
    QStringList arguments{program,        u"inspect"_qs,           u"--type"_qs, u"container"_qs,
                          u"--format"_qs, u"{{.State.Status}}"_qs, probe.target};
    if (host.usesSudo)
        arguments = QStringList{u"sudo"_qs, u"-n"_qs} + arguments;
    return arguments;
}

} // namespace app
