// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/probehealth.h"

#include <optional>

namespace models {

/// Something that people are told without looking: plain text, of which nothing is markup.
struct Notice {
    QString title;
    QString text;

    bool operator==(const Notice&) const = default;
};

/// When people are told how a service stands: once when its verdict becomes another one, or it
/// begins to warn, and not again because of a maintenance. That it is not known is told only once
/// that has lasted a minute: a console that slept knows nothing at first. Changes by what it is
/// given alone; no clock.
class NoticeWatch {
public:
    /// subject: "portal in prod".
    explicit NoticeWatch(QString subject)
        : m_subject(std::move(subject)) {}

    /// What is to be told now that it stands so.
    [[nodiscard]] std::optional<Notice> take(const HealthStanding& standing, Instant now);

private:
    QString m_subject;
    /// Passing, Warning, Failing or Unknown; a good beginning counts as told.
    std::optional<HealthState> m_told;
    Instant m_unknownSince;
};

} // namespace models
