// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/contract/contractservice.h"
#include "app/health/environmentwatch.h"
#include "app/health/healthservice.h"
#include "app/health/noticeservice.h"
#include "app/health/notifier.h"
#include "app/health/prober.h"
#include "app/version/containerlookup.h"
#include "app/version/versionservice.h"
#include "app/workspace/openworkspace.h"
#include "tests/support/fakejournal.h"
#include "tests/support/fakelooker.h"
#include "tests/support/fakevariables.h"

#include <vector>

namespace tests {

/// Probes nothing: a test sees what was asked, and answers.
class FakeProber final : public app::Prober {
public:
    struct Asked {
        models::Probe probe;
        models::Instant due;
        Done done;
    };

    void probe(const app::ProbeTask& task, Done done) override {
        asked.push_back({task.probe, task.due, std::move(done)});
    }

    std::vector<Asked> asked;
};

/// Reads nothing, in the same way.
class FakeMetricSource final : public app::MetricSource {
public:
    struct Asked {
        models::Metric metric;
        Done done;
    };

    void read(const models::PrometheusServer&, const models::Metric& metric, models::Instant,
              Done done) override {
        asked.push_back({metric, std::move(done)});
    }
    void readPast(const models::PrometheusServer&, const models::Metric&, models::Instant,
                  models::Instant, PastDone done) override {
        done({});
    }

    std::vector<Asked> asked;
};

/// Tells nobody, keeps what was to be told, and says of it what the test wants.
class FakeNotifier final : public app::Notifier, public app::WebhookTeller {
public:
    void tell(const models::Notice& notice, const app::NoticeTold& told) override {
        notices.append(notice);
        if (told)
            told(taken);
    }
    void tell(const QString& address, const models::Notice& notice,
              const app::NoticeTold& told) override {
        posts.append({address, notice});
        if (told)
            told(taken);
    }

    models::Result<void> taken;

    QList<models::Notice> notices;
    QList<std::pair<QString, models::Notice>> posts;
};

/// No containers, and no repositories: a test sees what was asked, and answers.
class FakeContainers final : public app::ContainerLookup {
public:
    struct Asked {
        models::Host host;
        models::ContainerName name;
        Done done;
    };

    void look(const models::Host& host, const models::ContainerName& name,
              std::chrono::milliseconds, Done done) override {
        asked.push_back({host, name, std::move(done)});
    }

    std::vector<Asked> asked;
};

class FakeCommits final : public app::CommitGraph {
public:
    struct Asked {
        app::CommitQuestion question;
        Done done;
    };

    void relate(const app::CommitQuestion& question, Done done) override {
        asked.push_back({question, std::move(done)});
    }

    std::vector<Asked> asked;
};

/// The health, the versions and the contracts of one workspace; and what several are watched
/// through.
struct FakeHealth {
    [[nodiscard]] app::WatchParts parts(app::LogService& logs) {
        return {prober,  metrics, containers, commits,  variables,
                journal, logs,    notifier,   notifier, trust};
    }

    FakeProber prober;
    app::TrustKeeper trust;
    app::HealthService service{prober, trust};
    FakeMetricSource metrics;
    app::EnvironmentWatch watch{service, prober, metrics};
    FakeNotifier notifier;
    app::NoticeService notices{service, watch, notifier, notifier};
    FakeContainers containers;
    FakeCommits commits;
    FakeJournal journal;
    app::VersionService versions{{prober, containers, commits, journal}, trust};
    FakeVariables variables;
    app::ContractService contracts{variables, trust};
    FakeLooker looker;
};

} // namespace tests
