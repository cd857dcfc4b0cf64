// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/preflight/placelooker.h"

#include "app/diagnostics/clock.h"
#include "app/run/enginethread.h"
#include "app/run/hostlock.h"
#include "app/run/programtext.h"

// The macro declares a function of the global namespace.
static void initializeResources() {
    Q_INIT_RESOURCE(preflight);
}

namespace app {
namespace {

using models::Verdict;

constexpr std::chrono::seconds lookLimit{30};
constexpr qsizetype longestProblem = 200;

QString diskProgram() {
    static const QString text = [] {
        initializeResources();
        return programText(QStringLiteral(":/gantry/preflight/diskspace.sh"));
    }();
    return text;
}

QStringList diskCommand(const models::Host& host) {
    const QString named = host.runtime == u"none" ? QString() : host.runtime;
    return {u"sh"_qs,
            u"-c"_qs,
            diskProgram(),
            u"gantry"_qs,
            host.cli.isEmpty() || named.isEmpty() ? named : host.cli,
            host.usesSudo ? u"yes"_qs : u"no"_qs};
}

models::HostFinding lockFinding(const LockAnswer& answer, models::Instant at) {
    switch (answer.kind) {
    case LockAnswer::Kind::Free:
        return {Verdict::Pass, u"It is free."_qs, {}, at};
    case LockAnswer::Kind::Other:
        return {Verdict::Fail,
                u"It is locked by %1."_qs.arg(models::holderText(answer.holder)),
                {},
                at};
    case LockAnswer::Kind::Held:
    case LockAnswer::Kind::Taken:
    case LockAnswer::Kind::Passed:
    case LockAnswer::Kind::Lost:
    case LockAnswer::Kind::Unsure:
        break;
    }
    return {Verdict::Unknown, answer.problem,
            u"Make ~/.local/state/gantry there writable, or name a lock_dir."_qs, at};
}

} // namespace

std::vector<models::DiskFinding>
disksFrom(const models::Host& host, const models::Result<ExecResult>& result, models::Instant at) {
    std::vector<models::DiskFinding> disks;
    if (!result)
        return {{host.name, u"home"_qs, std::nullopt, result.error().message, at}};
    const QList<QByteArray> lines = result->out.split('\n');
    for (const QByteArray& line : lines) {
        const QString words = QString::fromUtf8(line).simplified();
        const QString what = words.section(u' ', 0, 0);
        if (what != u"home" && what != u"containers")
            continue;
        models::DiskFinding disk{host.name, what, std::nullopt, {}, at};
        bool isNumber = false;
        const qint64 kilobytes = words.section(u' ', 1).toLongLong(&isNumber);
        if (isNumber)
            disk.free = kilobytes * 1024;
        else
            disk.problem = words.section(u' ', 2).left(longestProblem);
        disks.push_back(disk);
    }
    if (disks.empty())
        disks.push_back({host.name, u"home"_qs, std::nullopt, u"The host did not say it."_qs, at});
    return disks;
}

/// Holds the places, and asks them. On the engine's thread.
class PlaceLooker::Bench {
public:
    explicit Bench(HostPlaces::Factory places)
        : m_places(std::move(places)) {}

    void look(const models::Host& host, const LockQuestion& question, const Done& done) {
        const models::Result<Place*> place = m_places.at(host, models::AskedBy::Person);
        if (!place) {
            const models::Result<ExecResult> missing = tl::unexpected(place.error());
            done({lockFinding(lockAnswer(missing), presentInstant()),
                  disksFrom(host, missing, presentInstant())});
            return;
        }
        Place* const at = *place;
        at->exec(lockCommand(question), lookLimit,
                 [at, host, done](const models::Result<ExecResult>& lock) {
                     const models::HostFinding finding =
                         lockFinding(lockAnswer(lock), presentInstant());
                     at->exec(diskCommand(host), lookLimit,
                              [host, done, finding](const models::Result<ExecResult>& disks) {
                                  done({finding, disksFrom(host, disks, presentInstant())});
                              });
                 });
    }

private:
    HostPlaces m_places;
};

PlaceLooker::PlaceLooker(std::shared_ptr<EngineThread> engine, HostPlaces::Factory places)
    : m_engine(std::move(engine))
    , m_bench(std::make_unique<Bench>(std::move(places))) {}

PlaceLooker::~PlaceLooker() {
    m_engine->postAndWait([this] { m_bench.reset(); });
}

void PlaceLooker::look(const models::Host& host, const QString& workspaceId,
                       const QString& environment, Done done) {
    LockQuestion question;
    question.directory = host.lockDir;
    question.workspaceId = workspaceId;
    question.environment = environment;
    question.run = models::RunId(u"preflight"_qs); // it holds nothing
    m_engine->post([this, host, question, own = std::make_shared<Done>(std::move(done))] {
        m_bench->look(host, question, [this, own](const HostLook& look) {
            m_inbox.post([own, look] { (*own)(look); });
        });
    });
}

} // namespace app
