// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/http/httptransfer.h"

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <map>
#include <memory>
#include <unordered_map>

namespace app {

/// Many transfers at once by one multi handle, driven by the events of the thread it lives on.
class CurlLoop final : public QObject {
    Q_OBJECT

public:
    explicit CurlLoop(QObject* parent = nullptr);
    /// Drops what is under way: nothing is told of it any more.
    ~CurlLoop() override;

    void begin(std::unique_ptr<HttpTransfer> transfer);

private:
    struct Watch {
        std::unique_ptr<QSocketNotifier> read;
        std::unique_ptr<QSocketNotifier> write;
    };

    static int watchSocket(CURL* handle, curl_socket_t socket, int what, void* self, void* own);
    static int setTimer(CURLM* multi, long milliseconds, void* self);
    void watch(curl_socket_t socket, int what);
    void act(curl_socket_t socket, int events);
    void collect();

    CURLM* m_multi;
    QTimer m_timer;
    std::map<curl_socket_t, Watch> m_watches;
    std::unordered_map<CURL*, std::unique_ptr<HttpTransfer>> m_transfers;
};

} // namespace app
