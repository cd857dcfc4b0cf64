// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logsink.h"
#include "models/core/result.h"
#include "models/run/askedby.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace app {

/// One go at reading a source. On the engine's thread. Destroying it hangs up.
class LogFeed : public QObject {
    Q_OBJECT

public:
    enum class Flow { Flowing, Held };
    /// How a go joins the one before it.
    enum class Joint {
        Unknown,
        Whole,  ///< it begins right behind what was read last
        Broken, ///< what was read last is not there any more: lines may be missing
    };
    struct End {
        enum class Reason {
            Over,   ///< the source has nothing more
            CutOff, ///< the way there was lost
            Gone,   ///< there is no such source
            Failed, ///< see error
        };
        Reason reason = Reason::Over;
        models::Error error;
        std::optional<int> exitStatus; ///< of a command
    };

    using QObject::QObject;

    /// Held: nothing more is taken from the source.
    virtual void setFlow(Flow flow) = 0;

Q_SIGNALS:
    /// The source is open: from here on, silence is its own.
    void began();
    /// Before began(), where the feed itself goes on from where the last one stopped.
    void joined(app::LogFeed::Joint joint);
    void read(models::LogChannel channel, const QByteArray& bytes);
    /// Once, after the last bytes.
    void ended(const app::LogFeed::End& end);
};

/// Where a go begins, and what of.
struct LogOpening {
    enum class Extent { Follow, UntilNow };

    QString id; ///< as LogOrigin::look() told it
    std::optional<models::Instant> since;
    std::optional<models::Instant> until; ///< with UntilNow alone: that and no later
    int tail = -1;                        ///< lines at most from before now; -1: all
    Extent extent = Extent::Follow;
};

/// A source at its place, and what can be asked of it. Implemented by adapters; on the engine's
/// thread. Callbacks come once, never when context went before.
class LogOrigin : public QObject {
    Q_OBJECT

public:
    /// Who stands behind the name now.
    struct Look {
        QString id;
        QString name;
        bool isRunning = false;
        std::optional<int> exitCode;
        models::Instant startedAt; ///< the last time
    };
    using ReadyCallback = std::function<void(const models::Result<void>&)>;
    using LookCallback = std::function<void(const models::Result<Look>&)>;
    using NewestCallback = std::function<void(const models::Result<models::Instant>&)>;

    /// How it goes on where it stopped.
    enum class Resuming {
        Not,       ///< what it writes while nobody listens cannot be had
        ByRuntime, ///< as a runtime does: each line has its time in front, it can be asked for
                   ///< its lines from a moment on, and who stands behind the name can be looked up
        ByLineTimes, ///< it can be asked for its lines from a moment on; they begin with their
                     ///< times
        ByPlace,     ///< its feed goes on where the last one stopped, and tells by joined()
    };

    using QObject::QObject;

    [[nodiscard]] virtual Resuming resuming() const = 0;
    /// Calls back when the way there is open, or cannot be opened. Where it was lost, that is when
    /// the connection is back.
    virtual void whenReady(QObject* context, models::AskedBy askedBy, ReadyCallback done) = 0;
    // A runtime alone is asked these; see resuming(). Anything else answers Unsupported.
    /// NotFound where there is none by that name.
    virtual void look(QObject* context, LookCallback done) {
        Q_UNUSED(context)
        done(models::failure(models::ErrorCode::Unsupported,
                             QStringLiteral("This is no container: it cannot be looked up.")));
    }
    /// The timestamp of the last line that it has; null where there is none.
    virtual void newest(const QString& id, QObject* context, NewestCallback done) {
        Q_UNUSED(id)
        Q_UNUSED(context)
        done(models::failure(
            models::ErrorCode::Unsupported,
            QStringLiteral("This is no container: it cannot be asked for its newest line.")));
    }
    [[nodiscard]] virtual std::unique_ptr<LogFeed> open(const LogOpening& opening) = 0;

Q_SIGNALS:
    /// Another look may tell something else: a container started, or the way there is open again.
    void changed();
};

} // namespace app
