// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/preflight/hostlooker.h"

#include <utility>
#include <vector>

namespace tests {

/// No host is looked at: a test sees which were asked, and answers.
class FakeLooker final : public app::HostLooker {
public:
    struct Asked {
        models::Host host;
        QString environment;
        Done done;
    };

    void look(const models::Host& host, const QString&, const QString& environment,
              Done done) override {
        asked.push_back({host, environment, std::move(done)});
    }

    std::vector<Asked> asked;
};

} // namespace tests
