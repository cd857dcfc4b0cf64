// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/healthrecord.h"
#include "models/health/observation.h"

#include <QList>
#include <QObject>

#include <chrono>
#include <functional>
#include <map>
#include <optional>

namespace app {

/// The last check of a probe, as it is shown again after a start.
struct LastCheck {
    models::Instant at;
    models::Verdict verdict = models::Verdict::Unknown; ///< of this check alone
    models::Verdict settled = models::Verdict::Unknown; ///< after retries
    QString reason;
    models::ProbePhases phases;

    bool operator==(const LastCheck&) const = default;
};

/// What was seen of a probe before.
struct ProbePast {
    std::optional<LastCheck> last;
    models::HealthSeries series;
    models::PhaseSeries phases;
};

/// Keeps checks beyond the program's end. Called on the main thread, and answers there; nothing
/// here waits for a disk. Without a place to write to it keeps nothing, and says so.
class HealthHistory : public QObject {
    Q_OBJECT

public:
    using FoundLasts = std::function<void(const std::map<std::size_t, LastCheck>& lasts)>;
    using Found = std::function<void(std::size_t number, ProbePast past)>;

    using QObject::QObject;

    /// The last checks that are known of them first, all together, then each with its series:
    /// numbers are those of the list. foundLasts comes once, and found for every one of them, also
    /// where nothing is kept or can be read.
    virtual void load(const QList<models::ProbeIdentity>& probes, FoundLasts foundLasts,
                      Found found) = 0;
    virtual void record(const models::ProbeIdentity& probe, const models::CheckRecord& check,
                        const LastCheck& last) = 0;
    /// How long checks are kept, rolled up.
    virtual void setRetention(std::chrono::days retention) = 0;

Q_SIGNALS:
    /// Something that a person has to know: it cannot be written, or a damaged one was put aside.
    void noticed(const QString& message);
};

} // namespace app
