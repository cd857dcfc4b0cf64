// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/containerlist.h"
#include "app/log/logsink.h"
#include "app/log/logsource.h"

#include <QList>
#include <QObject>

#include <variant>

namespace app {

struct LogPiece {
    models::LogChannel channel = models::LogChannel::Stdout;
    QByteArray bytes; ///< see LogSink::append()
};
/// What one stream delivered in a moment, in order.
using LogBatch = QList<std::variant<LogPiece, models::LogMarker>>;

/// Containers and log streams as the window knows them. On the main thread; never blocks it.
///
/// What arrives is bounded: a stream is held back at its source while 4 MB of it have not been
/// acknowledged.
class LogService : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Looks at the containers of the place, and keeps looking until unwatch(): changed ones are
    /// told at once where the runtime tells of them. Nothing connects before that.
    virtual void watch(const models::Host& host) = 0;
    virtual void unwatch(const models::Host& host) = 0;
    /// Of the places that are watched.
    [[nodiscard]] virtual QList<ContainerList> containers() const = 0;

    /// Follows the source, or reads its span, until stopped; gives a number no other stream has.
    [[nodiscard]] virtual quint64 follow(const LogSource& source) = 0;
    /// Nothing of it arrives any more.
    virtual void stop(quint64 stream) = 0;
    /// So many bytes of what arrived were taken in, and more may come.
    virtual void acknowledge(quint64 stream, qint64 bytes) = 0;
    /// Of a stream that is not stopped.
    [[nodiscard]] virtual LogStreamState state(quint64 stream) const = 0;

Q_SIGNALS:
    void containersChanged(const app::ContainerList& list);
    void stateChanged(quint64 stream, const app::LogStreamState& state);
    void arrived(quint64 stream, const app::LogBatch& batch);
};

} // namespace app
