// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/process/channel.h"
#include "app/process/supervisorreply.h"

#include <QByteArray>
#include <QList>
#include <QObject>

namespace app {

/// A shell at a place that has read the supervisor's text: its channel, and the token that begins
/// its lines. The receiver owns the channel.
struct SupervisorChannel {
    Channel* channel = nullptr;
    QByteArray token;
};

/// What a slot is made ready for: arguments of gt_keep from KIND to GRACE. A slot serves attempts
/// of its own kind only.
struct SupervisorKind {
    QList<QByteArray> arguments;

    bool operator==(const SupervisorKind&) const = default;
};

/// One supervisor, seen from the console: told to keep a slot it becomes ready, takes one order,
/// and after the end of that attempt can be told to keep another. Destroying it hangs up; an
/// attempt that has begun goes on.
class Supervisor final : public QObject {
    Q_OBJECT

public:
    /// Takes the channel over.
    Supervisor(const SupervisorChannel& shell, SupervisorKind kind, QObject* parent);

    [[nodiscard]] const SupervisorKind& kind() const { return m_kind; }
    [[nodiscard]] const QByteArray& token() const { return m_token; }
    /// A slot is kept, and no order was given for it yet.
    [[nodiscard]] bool isReady() const { return m_isReady; }
    /// Once it is closed: see Channel.
    [[nodiscard]] bool wasCutOff() const { return m_channel->wasCutOff(); }

    /// A call of gt_keep.
    void keep(const QByteArray& call);
    /// Only while it is ready.
    void giveOrder(const QByteArray& order);
    /// What comes between the reply that is being handled and the next one is the attempt's own
    /// output: outputRead() gives it whole. Without, it is passed over.
    void expectOutput();

Q_SIGNALS:
    void replied(const app::SupervisorReply& reply);
    void outputRead(const QByteArray& bytes);
    void closed();

private:
    void read(const QByteArray& bytes);

    Channel* m_channel;
    QByteArray m_token;
    ReplyReader m_lines;
    SupervisorKind m_kind;
    bool m_isOutputNext = false;
    bool m_isReady = false;
};

} // namespace app
