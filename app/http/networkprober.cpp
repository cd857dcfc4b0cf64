// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/http/networkprober.h"

#include "app/http/curlloop.h"
#include "app/http/socketprobe.h"

#include <openssl/crypto.h>

namespace app {

using models::Probe;
using models::ProbeReply;

NetworkProber::NetworkProber()
    : m_thread(QStringLiteral("probes")) {
    m_thread.post([this] { m_loop = std::make_unique<CurlLoop>(); });
}

NetworkProber::~NetworkProber() {
    m_thread.postAndWait([this] {
        m_loop.reset();
        // What OpenSSL keeps for a thread it frees when that ends, which a program that ends first
        // does not wait for.
        OPENSSL_thread_stop();
    });
}

void NetworkProber::probe(const ProbeTask& task, Done done) {
    const Probe& probe = task.probe;
    const models::Instant due = task.due;
    const auto answer = [this, own = std::make_shared<Done>(std::move(done))](ProbeReply reply) {
        m_inbox.post([own, answered = std::move(reply)]() mutable { (*own)(std::move(answered)); });
    };
    switch (probe.kind) {
    case Probe::Kind::Http:
    case Probe::Kind::WebSocket:
        m_thread.post([this, probe, due, answer] {
            m_loop->begin(std::make_unique<HttpTransfer>(probe, due, answer));
        });
        return;
    case Probe::Kind::Tcp:
    case Probe::Kind::Tls:
        // It goes with the loop, or when it has answered.
        m_thread.post(
            [this, probe, due, answer] { new SocketProbe(probe, due, answer, m_loop.get()); });
        return;
    case Probe::Kind::Command:
    case Probe::Kind::Container:
        break;
    }
    ProbeReply reply;
    reply.at = due;
    reply.reason = u"This is not observed over the network."_qs;
    answer(reply);
}

} // namespace app
