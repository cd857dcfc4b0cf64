// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/observation.h"
#include "models/health/probe.h"

#include <QByteArray>

#include <curl/curl.h>

#include <array>
#include <functional>
#include <memory>

namespace app {

/// One request by libcurl, and what came of it. At most 1 MB of a body is kept, and the exchange is
/// given up behind that. Lives where its loop lives.
class HttpTransfer {
public:
    using Done = std::function<void(models::ProbeReply)>;

    HttpTransfer(const models::Probe& probe, models::Instant due, Done done);
    ~HttpTransfer();
    Q_DISABLE_COPY_MOVE(HttpTransfer)

    /// To be added to a multi handle; its CURLOPT_PRIVATE is this.
    [[nodiscard]] CURL* handle() const { return m_handle; }
    /// Tells the reply. Call once, when libcurl is done with it.
    void finish(CURLcode code);

private:
    void setOptions();
    void setHeaders();
    void setFiles();
    [[nodiscard]] models::ProbeReply replyOf(CURLcode code) const;
    void explain(CURLcode code, models::ProbeReply& reply) const;
    void readPhases(models::ProbeReply& reply) const;
    [[nodiscard]] QString host() const;

    static size_t takeBody(char* bytes, size_t size, size_t count, void* self);
    static size_t takeHeader(char* bytes, size_t size, size_t count, void* self);

    models::Probe m_probe;
    models::Instant m_due;
    models::Instant m_begun;
    Done m_done;
    CURL* m_handle;
    curl_slist* m_headers = nullptr;
    std::array<char, CURL_ERROR_SIZE> m_problem{};
    QByteArray m_body;
    bool m_isBodyCut = false;
    bool m_isHeadWhole = false; ///< of the last answer
    int m_status = 0;           ///< of the answer that is being read
    QList<std::pair<QString, QString>> m_answerHeaders;
};

} // namespace app
