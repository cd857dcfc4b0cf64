// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/host/hostservice.h"

namespace tests {

/// A HostService that connects to nothing: a test says what happens, and sees what was asked of it.
class FakeHostService final : public app::HostService {
public:
    struct Answered {
        quint64 question = 0;
        app::SshAnswer answer;
        Keep keep = Keep::No;
    };

    using app::HostService::HostService;

    [[nodiscard]] QList<app::HostLink> links() const override { return m_links; }
    void answer(quint64 question, const app::SshAnswer& answer, Keep keep) override {
        answers.append({question, answer, keep});
    }
    void connectNow(const models::Host& host) override { connected.append(host.ssh); }
    void giveUp(const QString& ssh) override { givenUp.append(ssh); }
    void hangUp(const QString& ssh) override { hungUp.append(ssh); }
    void check(const QList<models::Host>& hosts) override { checked.append(hosts); }

    void setLink(const app::HostLink& link) {
        m_links.removeIf([&link](const app::HostLink& one) { return one.ssh == link.ssh; });
        m_links.append(link);
        Q_EMIT linkChanged(link);
    }

    QList<Answered> answers;
    QStringList connected;
    QStringList givenUp;
    QStringList hungUp;
    QList<models::Host> checked;

private:
    QList<app::HostLink> m_links;
};

} // namespace tests
