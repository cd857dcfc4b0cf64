// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/container/placecontainers.h"
#include "app/contract/contractservice.h"
#include "app/contract/placevariables.h"
#include "app/git/gitcommits.h"
#include "app/health/placeprober.h"
#include "app/http/networkprober.h"
#include "app/preflight/placelooker.h"
#include "app/preflight/preflightservice.h"
#include "app/version/versionservice.h"

#include <vector>

namespace app {

struct EngineParts;
class JournalStore;

/// The preflight of the window for a command: the person named the workspace, which is consent to
/// look at what it names.
class HeadlessPreflight {
public:
    enum class Extent {
        Everything, ///< hosts and services too
        Journal,    ///< what is known here: freezes, promotion, locks of the journal
    };

    /// Both outlive it.
    HeadlessPreflight(EngineParts& engine, JournalStore& journal);

    /// Turns until everything was looked at, for a minute at most: what is not known then is told
    /// as not known.
    [[nodiscard]] std::vector<models::PreflightLine> lines(const models::Workspace& workspace,
                                                           const models::PlanPointer& plan,
                                                           const QMap<QString, QString>& variables,
                                                           Extent extent);

private:
    TrustKeeper m_trust;
    NetworkProber m_network;
    PlaceProber m_prober;
    PlaceContainers m_containers;
    GitCommits m_commits;
    VersionService m_versions;
    PlaceVariables m_variables;
    ContractService m_contracts;
    PlaceLooker m_looker;
    PreflightService m_preflight;
};

/// A line each, with what to do about it below.
void printPreflight(const std::vector<models::PreflightLine>& lines);

} // namespace app
