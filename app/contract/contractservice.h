// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/environment/trustkeeper.h"
#include "models/contract/contractreading.h"
#include "models/contract/isolation.h"
#include "models/environment/workspace.h"
#include "models/run/askedby.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace app {

class VariableChecker;

/// Has the contracts and the isolation of an open workspace checked as often as it says, once it
/// is trusted. Values stay at the hosts. Main thread.
class ContractService final : public QObject {
    Q_OBJECT

public:
    using Now = std::function<models::Instant()>;

    /// checker and trust outlive it. now: of the system's clock, where nothing else is given.
    ContractService(VariableChecker& checker, TrustKeeper& trust, Now now = {},
                    QObject* parent = nullptr);

    /// Checks this one; an empty one has nothing to check.
    void watch(const models::Workspace& workspace);
    [[nodiscard]] const models::Workspace& workspace() const { return m_workspace; }
    /// Nothing where the service has no contract.
    [[nodiscard]] std::optional<models::ContractStanding>
    standing(const QString& environment, const QString& service, models::Instant now) const;
    /// By rule of the workspace, in its order.
    [[nodiscard]] const std::vector<models::IsolationReading>& isolation() const {
        return m_isolation;
    }
    /// All of it, at a person's wish, whenever it is due. Nothing where the workspace is not
    /// trusted.
    void checkNow();

Q_SIGNALS:
    /// Something that standing() or isolation() tells is another.
    void changed();

private:
    using Key = std::pair<QString, QString>; ///< environment and service

    struct Watched {
        QList<models::ContractRule> rules;
        models::VariableSource source;
        std::vector<models::ContractReading> places;
        QList<models::Host> hosts; ///< of places, in their order
    };
    /// One rule that is being compared, under one salt.
    struct Comparison {
        std::size_t rule = 0;
        qsizetype waiting = 0;
        QList<models::VariableDigests> digests;
    };

    void rebuild();
    void checkByItself();
    void check(models::AskedBy askedBy);
    void checkService(const Key& key, models::AskedBy askedBy);
    void compare(std::size_t rule, models::AskedBy askedBy);
    void take(const std::shared_ptr<Comparison>& comparison,
              const models::VariableDigests& digests);

    VariableChecker& m_checker;
    TrustKeeper& m_trust;
    Now m_now;
    models::Workspace m_workspace;
    std::map<Key, Watched> m_services;
    std::vector<models::IsolationReading> m_isolation;
    QTimer m_timer;
    quint64 m_generation = 0; ///< answers to checks of an earlier one are dropped
};

} // namespace app
