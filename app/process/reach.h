// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/process/channel.h"
#include "models/core/result.h"
#include "models/run/askedby.h"

#include <QObject>
#include <QStringList>

#include <functional>
#include <memory>

namespace app {

/// What of a place can be talked to without leaving anything there: commands for as long as
/// somebody listens, and sockets. On the engine's thread; never blocks it.
class Reach : public QObject {
    Q_OBJECT

public:
    using ReadyCallback = std::function<void(const models::Result<void>&)>;

    using QObject::QObject;

    /// What the place is called.
    [[nodiscard]] virtual QString name() const = 0;
    /// Calls back once the way there is open, at once where it is, or with why it cannot be opened.
    /// Where it was lost, that is when the connection is back. Not called where context goes first.
    virtual void whenReady(QObject* context, models::AskedBy askedBy, ReadyCallback done) = 0;
    /// A command with the channel's streams, which ends with the channel. argv[0] is looked up in
    /// PATH; each word reaches the command as it is.
    [[nodiscard]] virtual std::unique_ptr<Channel> command(const QStringList& argv) = 0;
    /// To a socket by its path.
    [[nodiscard]] virtual std::unique_ptr<Channel> socket(const QString& path) = 0;

Q_SIGNALS:
    /// The way there is open again.
    void returned();
};

} // namespace app
