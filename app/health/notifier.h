// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/noticewatch.h"

#include <QObject>

namespace app {

/// Tells people something, without waiting for them. What cannot be told is logged. Main thread.
class Notifier {
public:
    Notifier() = default;
    virtual ~Notifier() = default;
    Q_DISABLE_COPY_MOVE(Notifier)

    virtual void tell(const models::Notice& notice) = 0;
};

/// Tells a webhook of a workspace.
class WebhookTeller {
public:
    WebhookTeller() = default;
    virtual ~WebhookTeller() = default;
    Q_DISABLE_COPY_MOVE(WebhookTeller)

    /// address: an URL, or the reference of a secret that is one.
    virtual void tell(const QString& address, const models::Notice& notice) = 0;
};

} // namespace app
