// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/http/curlloop.h"

#include <mutex>

namespace app {

namespace {

/// Idle connections that are kept for the next check of the same service.
constexpr long keptConnections = 1'000;

void initialiseOnce() {
    static std::once_flag done;
    std::call_once(done, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

std::unique_ptr<QSocketNotifier> notifier(curl_socket_t socket, QSocketNotifier::Type type) {
    return std::make_unique<QSocketNotifier>(socket, type);
}

} // namespace

CurlLoop::CurlLoop(QObject* parent)
    : QObject(parent) {
    initialiseOnce();
    m_multi = curl_multi_init();
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETFUNCTION, &CurlLoop::watchSocket);
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETDATA, static_cast<void*>(this));
    curl_multi_setopt(m_multi, CURLMOPT_TIMERFUNCTION, &CurlLoop::setTimer);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERDATA, static_cast<void*>(this));
    curl_multi_setopt(m_multi, CURLMOPT_MAXCONNECTS, keptConnections);
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] { act(CURL_SOCKET_TIMEOUT, 0); });
}

CurlLoop::~CurlLoop() {
    for (const auto& [handle, transfer] : m_transfers)
        curl_multi_remove_handle(m_multi, handle);
    m_transfers.clear();
    curl_multi_cleanup(m_multi);
}

void CurlLoop::begin(std::unique_ptr<HttpTransfer> transfer) {
    CURL* const handle = transfer->handle();
    m_transfers.emplace(handle, std::move(transfer));
    curl_multi_add_handle(m_multi, handle);
}

int CurlLoop::watchSocket(CURL*, curl_socket_t socket, int what, void* self, void*) {
    static_cast<CurlLoop*>(self)->watch(socket, what);
    return 0;
}

/// libcurl forbids to call it back from here, so that no time at all is a turn of the loop.
int CurlLoop::setTimer(CURLM*, long milliseconds, void* self) {
    QTimer& timer = static_cast<CurlLoop*>(self)->m_timer;
    if (milliseconds < 0)
        timer.stop();
    else
        timer.start(static_cast<int>(milliseconds));
    return 0;
}

void CurlLoop::watch(curl_socket_t socket, int what) {
    if (what == CURL_POLL_REMOVE) {
        const auto found = m_watches.find(socket);
        if (found == m_watches.end())
            return;
        // The descriptor may be another's in a moment; the notifier may be what calls just now.
        for (std::unique_ptr<QSocketNotifier>* each : {&found->second.read, &found->second.write}) {
            if (!*each)
                continue;
            (*each)->setEnabled(false);
            each->release()->deleteLater();
        }
        m_watches.erase(found);
        return;
    }
    Watch& watch = m_watches[socket];
    if (!watch.read) {
        watch.read = notifier(socket, QSocketNotifier::Read);
        watch.write = notifier(socket, QSocketNotifier::Write);
        connect(watch.read.get(), &QSocketNotifier::activated, this,
                [this, socket] { act(socket, CURL_CSELECT_IN); });
        connect(watch.write.get(), &QSocketNotifier::activated, this,
                [this, socket] { act(socket, CURL_CSELECT_OUT); });
    }
    watch.read->setEnabled((what & CURL_POLL_IN) != 0);
    watch.write->setEnabled((what & CURL_POLL_OUT) != 0);
}

void CurlLoop::act(curl_socket_t socket, int events) {
    int underWay = 0;
    curl_multi_socket_action(m_multi, socket, events, &underWay);
    collect();
}

void CurlLoop::collect() {
    int left = 0;
    while (const CURLMsg* const message = curl_multi_info_read(m_multi, &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        CURL* const handle = message->easy_handle;
        const CURLcode code = message->data.result; // the message goes with the handle
        const auto transfer = m_transfers.extract(handle);
        curl_multi_remove_handle(m_multi, handle);
        if (transfer)
            transfer.mapped()->finish(code);
    }
}

} // namespace app
