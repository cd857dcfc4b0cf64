// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/contract/placevariables.h"

#include "app/run/enginethread.h"
#include "app/run/programtext.h"

// The macro declares a function of the global namespace.
static void initializeResources() {
    Q_INIT_RESOURCE(contract);
}

namespace app {

namespace {

constexpr std::chrono::seconds checkLimit{30};

QString program() {
    static const QString text = [] {
        initializeResources();
        return programText(QStringLiteral(":/gantry/contract/variablecheck"));
    }();
    return text;
}

} // namespace

/// Holds the places, and asks them. On the engine's thread.
class PlaceVariables::Bench {
public:
    explicit Bench(HostPlaces::Factory places)
        : m_places(std::move(places)) {}

    void check(const models::Host& host, models::AskedBy askedBy, const QStringList& arguments,
               const QByteArray& input, const Done& done) {
        const models::Result<Place*> place = m_places.at(host, askedBy);
        if (!place) {
            done(tl::unexpected(place.error()));
            return;
        }
        const QStringList argv =
            QStringList{u"sh"_qs, u"-c"_qs, program(), u"gantry"_qs} + arguments;
        (*place)->exec(argv, input, checkLimit, [done](const models::Result<ExecResult>& result) {
            // What it says on the standard error may be of the environment, and is dropped unread.
            if (!result)
                done(tl::unexpected(result.error()));
            else
                done(result->out);
        });
    }

private:
    HostPlaces m_places;
};

PlaceVariables::PlaceVariables(std::shared_ptr<EngineThread> engine, HostPlaces::Factory places)
    : m_engine(std::move(engine))
    , m_bench(std::make_unique<Bench>(std::move(places))) {}

PlaceVariables::~PlaceVariables() {
    m_engine->postAndWait([this] { m_bench.reset(); });
}

void PlaceVariables::check(const models::Host& host, models::AskedBy askedBy,
                           const QStringList& arguments, const QByteArray& input, Done done) {
    m_engine->post(
        [this, host, askedBy, arguments, input, own = std::make_shared<Done>(std::move(done))] {
            m_bench->check(host, askedBy, arguments, input,
                           [this, own](const models::Result<QByteArray>& answer) {
                               m_inbox.post([own, answer] { (*own)(answer); });
                           });
        });
}

} // namespace app
