// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/place.h"

#include <QHash>
#include <QObject>

#include <array>
#include <optional>

namespace tests {

/// Everything that a place said about one attempt.
struct Seen {
    int started = 0;
    int ends = 0; ///< finished, unknown and refused together
    std::array<QByteArray, 2> output;
    bool gapless = true;
    std::optional<app::AttemptRecord> record;
    QString unknownReason;
    QString evidence;
    std::optional<models::Loss> loss; ///< of what is unknown
    std::optional<models::Error> refused;

    [[nodiscard]] const QByteArray& out() const { return output[0]; }
    [[nodiscard]] const QByteArray& err() const { return output[1]; }
};

/// Listens to a place for as long as both live.
class PlaceRecorder : public QObject {
    Q_OBJECT

public:
    /// continued: what an earlier console had of the streams, to which the place is to add.
    explicit PlaceRecorder(app::Place& place, QHash<models::AttemptKey, Seen> continued = {});

    [[nodiscard]] Seen& of(const models::AttemptKey& key) { return m_seen[key]; }
    [[nodiscard]] bool ended(const models::AttemptKey& key) { return m_seen[key].ends > 0; }

    struct Cancelled {
        models::AttemptKey attempt;
        app::CancelOutcome outcome;
        QString leftBehind;
    };
    QList<Cancelled> cancelled;

private:
    QHash<models::AttemptKey, Seen> m_seen;
};

/// A key of the run that a test makes for itself.
[[nodiscard]] models::AttemptKey keyOf(const QString& step, int number = 1);
[[nodiscard]] app::AttemptRequest requestOf(const QString& step, const QByteArray& script,
                                            const QString& shell = QStringLiteral("sh"));

} // namespace tests
