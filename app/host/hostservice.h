// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/host/hostlink.h"
#include "app/host/hostquestion.h"
#include "app/host/hostreport.h"

#include <QObject>

namespace app {

/// The hosts as the window and the command line know them: how their connections stand, what they
/// ask, and whether they can do what steps need. On the main thread; never blocks it.
class HostService : public QObject {
    Q_OBJECT

public:
    /// Passphrases only: of the keychain, once the key was unlocked with it.
    enum class Keep { No, InKeychain };

    using QObject::QObject;

    /// Of all hosts that were wanted so far.
    [[nodiscard]] virtual QList<HostLink> links() const = 0;
    /// To a question that still stands; to another one nothing happens. A passphrase that the
    /// keychain had is not asked for.
    virtual void answer(quint64 question, const SshAnswer& answer, Keep keep) = 0;
    /// Does not wait any longer before the next attempt; begins where it had failed. Where nothing
    /// has wanted the host so far, it is connected from now on until it is given up.
    virtual void connectNow(const models::Host& host) = 0;
    /// Tries no more until somebody asks for the host again: here, or with a step or a log there.
    /// Probes, and logs that look again, do so by themselves: they do not ask.
    /// What runs there goes on running; a step that waited for it has an unknown outcome.
    virtual void giveUp(const QString& ssh) = 0;
    /// Lets go of a host that is held because connectNow() was asked for it. Where a run uses it,
    /// it stays connected for that.
    virtual void hangUp(const QString& ssh) = 0;

    /// Looks at each of them, a few at a time; reported() follows with every check that is done,
    /// and last with a complete report of each. One that is being looked at is not begun again.
    virtual void check(const QList<models::Host>& hosts) = 0;

Q_SIGNALS:
    void linkChanged(const app::HostLink& link);
    void questionAsked(const app::SshQuestion& question);
    /// Nobody waits for its answer any more.
    void questionWithdrawn(quint64 question);
    void reported(const app::HostReport& report);
    /// What went wrong beside all this, for people: the keychain did not keep a passphrase.
    void noticed(const QString& message);
};

} // namespace app
