// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/core/result.h"
#include "models/health/probehealth.h"
#include "ui/theme/tokens.h"

#include <QColor>
#include <QRect>
#include <QString>

#include <vector>

namespace ui {

/// How a service stood when it was looked at last.
struct SeenService {
    QString name;
    models::HealthState state = models::HealthState::Unknown;
    models::Instant at;
    models::Instant freshUntil; ///< later it is stale, whatever it was

    /// As it has to be called now.
    [[nodiscard]] models::HealthState stateAt(models::Instant now) const;
    bool operator==(const SeenService&) const = default;
};

struct SeenEnvironment {
    QString name;
    QColor line;                       ///< of a protected one, else invalid
    std::vector<SeenService> services; ///< in the order of the dashboard

    bool operator==(const SeenEnvironment&) const = default;
};

struct SeenWorkspace {
    QString name;
    std::vector<SeenEnvironment> environments;

    bool operator==(const SeenWorkspace&) const = default;
};

/// What the dashboard showed last, and how it was drawn: kept in a file of the person's cache, so
/// that it is on screen again before the program is loaded. It has names, verdicts and times, and
/// nothing that a host answered. Losing it costs nothing.
struct LastSeen {
    static constexpr qint64 sizeMost = 1'024'000; ///< of the file, in bytes

    QRect geometry; ///< of the window, in the desktop's device-independent pixels
    Scheme scheme = Scheme::Light;
    QString font;       ///< the file of the window's font
    QString strongFont; ///< and of its bold one
    int fontSize = 13;  ///< of body text, in device-independent pixels
    std::vector<SeenWorkspace> workspaces;

    /// Where it is kept for the application of this name.
    [[nodiscard]] static QString pathFor(const QString& application);

    [[nodiscard]] QByteArray toJson() const;
    /// An error says what is wrong with it.
    [[nodiscard]] static models::Result<LastSeen> fromJson(const QByteArray& json);

    bool operator==(const LastSeen&) const = default;
};

} // namespace ui
