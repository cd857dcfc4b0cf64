// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/core/result.h"

#include <QObject>
#include <QTimer>

#include <chrono>

namespace app {

/// Runtimes stop following without a word: at a rotation, or after hours. Says when it is time to
/// ask one for its newest line, and whether its answer means that a line did not come. On the
/// engine's thread.
class SilenceWatch final : public QObject {
    Q_OBJECT

public:
    struct Pace {
        /// Silence after which is asked; doubles to eight times.
        std::chrono::milliseconds watch{std::chrono::seconds(60)};
        /// What a line that was written just now may take to come.
        std::chrono::milliseconds grace{std::chrono::seconds(2)};
    };

    explicit SilenceWatch(Pace pace);

    /// A feed is opened: what was suspected of the one before is over.
    void reset() { m_isSuspect = false; }
    /// It follows now.
    void begin();
    void noteLine();
    /// Until the next time.
    void wait();
    void stop() { m_timer.stop(); }
    /// Whether it is to be asked now that the time has come. The first time it is not: the timer
    /// runs whether lines come or not, and it may be the last one's moment ago.
    [[nodiscard]] bool isLong();
    /// Whether it stopped following: it has had a line newer than the newest that came, and the
    /// answer before said so as well.
    [[nodiscard]] bool isStalled(const models::Result<models::Instant>& newest,
                                 models::Instant newestCome);

Q_SIGNALS:
    /// The time has come.
    void due();

private:
    const Pace m_pace;
    QTimer m_timer;
    int m_quiet = 0;          ///< times in a row without a line
    bool m_isSuspect = false; ///< the source has a line that did not come
};

} // namespace app
