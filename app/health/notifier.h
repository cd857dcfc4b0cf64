// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/health/noticewatch.h"

#include <QObject>

#include <functional>

namespace app {

/// Whether a notice was taken where it went; the error says why not, and never names an address.
using NoticeTold = std::function<void(const models::Result<void>&)>;

/// Tells people something, without waiting for them. What cannot be told is logged; whoever wants
/// to know gives told, which is called once. Main thread.
class Notifier {
public:
    Notifier() = default;
    virtual ~Notifier() = default;
    Q_DISABLE_COPY_MOVE(Notifier)

    virtual void tell(const models::Notice& notice, const NoticeTold& told = {}) = 0;
};

/// Tells a webhook of a workspace.
class WebhookTeller {
public:
    WebhookTeller() = default;
    virtual ~WebhookTeller() = default;
    Q_DISABLE_COPY_MOVE(WebhookTeller)

    /// address: an URL, or the reference of a secret that is one.
    virtual void tell(const QString& address, const models::Notice& notice,
                      const NoticeTold& told = {}) = 0;
};

} // namespace app
