// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/contract/contractservice.h"

#include "app/contract/variablechecker.h"
#include "app/diagnostics/clock.h"

#include <QPointer>
#include <QRandomGenerator>

#include <array>
#include <memory>

namespace app {

namespace {

/// 256 random bits.
QByteArray salt() {
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    return QByteArray(reinterpret_cast<const char*>(words.data()), sizeof(words)).toHex();
}

} // namespace

ContractService::ContractService(VariableChecker& checker, TrustKeeper& trust, Now now,
                                 QObject* parent)
    : QObject(parent)
    , m_checker(checker)
    , m_trust(trust)
    , m_now(now ? std::move(now) : presentInstant) {
    connect(&m_timer, &QTimer::timeout, this, &ContractService::checkByItself);
    connect(&trust, &TrustKeeper::changed, this, [this](const QString& root) {
        if (root != m_workspace.root)
            return;
        // What was found stays, with its age, whether it is asked again or not.
        ++m_generation;
        checkByItself();
    });
}

void ContractService::watch(const models::Workspace& workspace) {
    if (workspace == m_workspace)
        return;
    m_workspace = workspace;
    rebuild();
}

void ContractService::rebuild() {
    ++m_generation;
    m_services.clear();
    m_isolation.clear();
    for (const models::Environment& environment : m_workspace.environments) {
        for (const models::Service& service : environment.services) {
            if (service.contract.isEmpty())
                continue;
            Watched watched{service.contract, {}, {}, {}};
            if (service.variables) {
                watched.source = *service.variables;
                watched.hosts = environment.hostsOf(watched.source.places);
            }
            for (const QString& place : watched.source.places)
                watched.places.push_back(models::readCheck(place, watched.rules, QByteArray(), {}));
            m_services.insert({{environment.name, service.name}, watched});
        }
    }
    for (const models::IsolationRule& rule : m_workspace.isolation)
        m_isolation.push_back({rule, models::Verdict::Unknown, tr("Not compared yet."), {}});
    Q_EMIT changed();
    m_timer.start(m_workspace.contractsEvery);
    checkByItself();
}

void ContractService::checkNow() {
    check(models::AskedBy::Person);
}

void ContractService::checkByItself() {
    check(models::AskedBy::Program);
}

void ContractService::check(models::AskedBy askedBy) {
    if (m_workspace.root.isEmpty() || !m_trust.isTrusted(m_workspace))
        return;
    for (const auto& [key, watched] : m_services)
        checkService(key, askedBy);
    for (std::size_t rule = 0; rule < m_isolation.size(); ++rule)
        compare(rule, askedBy);
}

void ContractService::checkService(const Key& key, models::AskedBy askedBy) {
    const Watched& watched = m_services.at(key);
    for (std::size_t i = 0; i < watched.places.size(); ++i) {
        const models::Host& host = watched.hosts[static_cast<qsizetype>(i)];
        m_checker.check(host, askedBy, models::checkArguments(watched.source, host, watched.rules),
                        QByteArray(),
                        [self = QPointer<ContractService>(this), generation = m_generation, key,
                         i](const models::Result<QByteArray>& answer) {
                            if (!self || self->m_generation != generation)
                                return;
                            Watched& asked = self->m_services.at(key);
                            asked.places[i] = models::readCheck(asked.places[i].place, asked.rules,
                                                                answer, self->m_now());
                            Q_EMIT self->changed();
                        });
    }
}

void ContractService::compare(std::size_t rule, models::AskedBy askedBy) {
    const models::IsolationRule& wanted = m_isolation[rule].rule;
    auto comparison = std::make_shared<Comparison>();
    comparison->rule = rule;
    const QByteArray key = salt();
    struct Question {
        models::VariableDigests where;
        models::VariableSource source;
        models::Host host;
    };
    QList<Question> questions;
    for (const QString& name : wanted.environments) {
        const models::Environment* const environment = m_workspace.environment(name);
        for (const models::Service& service :
             environment ? environment->services : QList<models::Service>()) {
            for (const QString& place :
                 service.variables ? service.variables->places : QStringList())
                questions.append({{name, service.name, place, {}, {}},
                                  *service.variables,
                                  environment->hostsOf({place}).value(0)});
        }
    }
    comparison->waiting = questions.size();
    for (const Question& question : questions) {
        m_checker.check(question.host, askedBy,
                        models::compareArguments(question.source, question.host, wanted.variables),
                        key,
                        [self = QPointer<ContractService>(this), generation = m_generation,
                         comparison, where = question.where,
                         names = wanted.variables](const models::Result<QByteArray>& answer) {
                            if (self && self->m_generation == generation)
                                self->take(comparison, models::readDigests(where, names, answer));
                        });
    }
    if (questions.isEmpty())
        m_isolation[rule] = models::judgeIsolation(wanted, {}, m_now());
}

void ContractService::take(const std::shared_ptr<Comparison>& comparison,
                           const models::VariableDigests& digests) {
    comparison->digests.append(digests);
    if (--comparison->waiting > 0)
        return;
    models::IsolationReading& reading = m_isolation[comparison->rule];
    reading = models::judgeIsolation(reading.rule, comparison->digests, m_now());
    comparison->digests.clear();
    Q_EMIT changed();
}

std::optional<models::ContractStanding> ContractService::standing(const QString& environment,
                                                                  const QString& service,
                                                                  models::Instant now) const {
    const auto found = m_services.find({environment, service});
    if (found == m_services.end())
        return std::nullopt;
    const std::vector<models::ContractReading>& places = found->second.places;
    models::ContractStanding standing =
        models::contractStanding(QList<models::ContractReading>(places.begin(), places.end()), now);
    if (places.empty())
        standing.words = tr("nothing says where the variables are");
    return standing;
}

} // namespace app
