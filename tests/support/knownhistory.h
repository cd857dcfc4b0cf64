// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/health/healthhistory.h"

#include <functional>
#include <utility>
#include <vector>

namespace tests {

/// Remembers what is asked for, and knows one last check of every probe.
class KnownHistory final : public app::HealthHistory {
public:
    void load(const QList<models::ProbeIdentity>& probes, FoundLasts foundLasts, Found) override {
        std::map<std::size_t, app::LastCheck> lasts;
        for (qsizetype i = 0; i < probes.size(); ++i) {
            asked.append(probes[i].workspace + u'/' + probes[i].environment + u'/' +
                         probes[i].service);
            lasts[static_cast<std::size_t>(i)] = {at,
                                                  models::Verdict::Fail,
                                                  models::Verdict::Fail,
                                                  QStringLiteral("it was away"),
                                                  {}};
        }
        if (isHeld)
            m_held.push_back([foundLasts, lasts] { foundLasts(lasts); });
        else
            foundLasts(lasts);
    }
    void record(const models::ProbeIdentity&, const models::CheckRecord&,
                const app::LastCheck&) override {}
    void setRetention(std::chrono::days) override {}

    models::Instant at{1'700'000'000'000'000'000};
    QStringList asked;
    bool isHeld = false; ///< it answers when release() is called
    void release() {
        for (const auto& answer : std::exchange(m_held, {}))
            answer();
    }

private:
    std::vector<std::function<void()>> m_held;
};

} // namespace tests
