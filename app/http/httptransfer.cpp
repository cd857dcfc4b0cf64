// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/http/httptransfer.h"

#include "app/diagnostics/clock.h"
#include "models/health/probereading.h"

#include <QRandomGenerator>
#include <QUrl>

#include <algorithm>
#include <cerrno>
#include <chrono>

namespace app {

namespace {

using models::Probe;
using models::ProbeReply;

constexpr long mostRedirects = 5;
constexpr qsizetype mostHeaders = 200;
constexpr int switchingProtocols = 101;

/// For libcurl, an upgrade is a request like others.
QByteArray addressOf(const Probe& probe) {
    QUrl url(probe.target, QUrl::StrictMode);
    if (probe.kind == Probe::Kind::WebSocket)
        url.setScheme(url.scheme() == u"wss" ? u"https"_qs : u"http"_qs);
    return url.toEncoded();
}

std::optional<std::chrono::nanoseconds> timeOf(CURL* handle, CURLINFO which) {
    curl_off_t microseconds = 0;
    if (curl_easy_getinfo(handle, which, &microseconds) != CURLE_OK || microseconds <= 0)
        return std::nullopt;
    return std::chrono::microseconds(microseconds);
}

QString secondsWords(std::chrono::milliseconds time) {
    return models::valueWords(
        models::Quantity{static_cast<double>(time.count()) / 1e3, models::Unit::Time});
}

} // namespace

HttpTransfer::HttpTransfer(const Probe& probe, models::Instant due, Done done)
    : m_probe(probe)
    , m_due(due)
    , m_begun(presentInstant())
    , m_done(std::move(done))
    , m_handle(curl_easy_init()) {
    setOptions();
    setHeaders();
    setFiles();
}

HttpTransfer::~HttpTransfer() {
    curl_easy_cleanup(m_handle);
    curl_slist_free_all(m_headers);
}

void HttpTransfer::setOptions() {
    const auto set = [this](CURLoption option, auto value) {
        curl_easy_setopt(m_handle, option, value);
    };
    const QByteArray address = addressOf(m_probe);
    set(CURLOPT_PRIVATE, static_cast<void*>(this));
    set(CURLOPT_ERRORBUFFER, m_problem.data());
    set(CURLOPT_URL, address.constData());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 1L);
    set(CURLOPT_MAXREDIRS, mostRedirects);
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(m_probe.timeLimit.count()));
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(m_probe.timeLimit.count()));
    set(CURLOPT_NOSIGNAL, 1L);
    // A look-up under way does not hold up the end of the program.
    set(CURLOPT_QUICK_EXIT, 1L);
    set(CURLOPT_ACCEPT_ENCODING, "");
    set(CURLOPT_USERAGENT, "gantry/" GANTRY_VERSION);
    set(CURLOPT_WRITEFUNCTION, &HttpTransfer::takeBody);
    set(CURLOPT_WRITEDATA, static_cast<void*>(this));
    set(CURLOPT_HEADERFUNCTION, &HttpTransfer::takeHeader);
    set(CURLOPT_HEADERDATA, static_cast<void*>(this));
    const bool isSocket = m_probe.kind == Probe::Kind::WebSocket;
    set(CURLOPT_HTTP_VERSION,
        isSocket ? long(CURL_HTTP_VERSION_1_1) : long(CURL_HTTP_VERSION_2TLS));
    const QByteArray method = m_probe.method.toLatin1();
    if (method == "HEAD")
        set(CURLOPT_NOBODY, 1L);
    else if (!method.isEmpty() && method != "GET")
        set(CURLOPT_CUSTOMREQUEST, method.constData());
}

void HttpTransfer::setHeaders() {
    const auto add = [this](const QByteArray& line) {
        m_headers = curl_slist_append(m_headers, line.constData());
    };
    if (m_probe.kind == Probe::Kind::WebSocket) {
        std::array<quint32, 4> nonce{};
        QRandomGenerator::global()->fillRange(nonce.data(), qsizetype(nonce.size()));
        const QByteArray key(reinterpret_cast<const char*>(nonce.data()), sizeof nonce);
        add("Connection: Upgrade");
        add("Upgrade: websocket");
        add("Sec-WebSocket-Version: 13");
        add("Sec-WebSocket-Key: " + key.toBase64());
    }
    for (const Probe::Header& header : m_probe.headers)
        add(header.name.toUtf8() + ": " + header.value.toUtf8());
    curl_easy_setopt(m_handle, CURLOPT_HTTPHEADER, m_headers);
}

void HttpTransfer::setFiles() {
    const auto set = [this](CURLoption option, const QString& path) {
        if (!path.isEmpty())
            curl_easy_setopt(m_handle, option, path.toUtf8().constData());
    };
    set(CURLOPT_CAINFO, m_probe.authority);
    if (!m_probe.authority.isEmpty())
        curl_easy_setopt(m_handle, CURLOPT_CAPATH, nullptr);
    set(CURLOPT_SSLCERT, m_probe.certificate);
    set(CURLOPT_SSLKEY, m_probe.key);
}

size_t HttpTransfer::takeBody(char* bytes, size_t size, size_t count, void* self) {
    auto* transfer = static_cast<HttpTransfer*>(self);
    const auto length = static_cast<qsizetype>(size * count);
    const qsizetype room = models::bodyLimit - transfer->m_body.size();
    transfer->m_body.append(bytes, std::min(length, room));
    transfer->m_isBodyCut = length > room;
    return transfer->m_isBodyCut ? 0 : size * count; // 0 ends the transfer
}

size_t HttpTransfer::takeHeader(char* bytes, size_t size, size_t count, void* self) {
    auto* transfer = static_cast<HttpTransfer*>(self);
    const QByteArray line = QByteArray(bytes, static_cast<qsizetype>(size * count)).trimmed();
    if (line.startsWith("HTTP/")) {
        transfer->m_answerHeaders.clear(); // of a redirect
        transfer->m_body.clear();
        transfer->m_isHeadWhole = false;
        transfer->m_status = line.split(' ').value(1).toInt();
        return size * count;
    }
    transfer->m_isHeadWhole = transfer->m_isHeadWhole || line.isEmpty();
    const bool isUpgraded = line.isEmpty() && transfer->m_status == switchingProtocols;
    if (isUpgraded)
        return 0; // nothing more is wanted of it
    const qsizetype colon = line.indexOf(':');
    if (colon > 0 && transfer->m_answerHeaders.size() < mostHeaders)
        transfer->m_answerHeaders.append({QString::fromUtf8(line.left(colon)).toLower(),
                                          QString::fromUtf8(line.mid(colon + 1).trimmed())});
    return size * count;
}

void HttpTransfer::finish(CURLcode code) {
    m_done(replyOf(code));
}

ProbeReply HttpTransfer::replyOf(CURLcode code) const {
    ProbeReply reply;
    reply.at = m_begun;
    reply.lateness =
        std::chrono::nanoseconds(std::max<qint64>(0, m_begun.nanoseconds - m_due.nanoseconds));
    const bool isUpgraded = code == CURLE_WRITE_ERROR && m_status == switchingProtocols;
    const bool isCut = code == CURLE_WRITE_ERROR && m_isBodyCut;
    // What hangs up within its head is taken for an answer without a body.
    if (code == CURLE_OK && !m_isHeadWhole)
        code = CURLE_PARTIAL_FILE;
    if (code != CURLE_OK && !isUpgraded && !isCut) {
        explain(code, reply);
        return reply;
    }
    reply.outcome = ProbeReply::Outcome::Answered;
    reply.status = m_status;
    reply.headers = m_answerHeaders;
    long redirects = 0;
    curl_easy_getinfo(m_handle, CURLINFO_REDIRECT_COUNT, &redirects);
    reply.redirects = static_cast<int>(redirects);
    readPhases(reply);
    if (isCut)
        reply.phases.total.reset();
    models::readBody(m_body, isCut ? models::BodyEnd::Cut : models::BodyEnd::Whole, reply);
    return reply;
}

/// libcurl counts each of its times from the beginning.
void HttpTransfer::readPhases(ProbeReply& reply) const {
    models::ProbePhases& phases = reply.phases;
    phases.total = timeOf(m_handle, CURLINFO_TOTAL_TIME_T);
    phases.firstByte = timeOf(m_handle, CURLINFO_STARTTRANSFER_TIME_T);
    long connections = 0;
    curl_easy_getinfo(m_handle, CURLINFO_NUM_CONNECTS, &connections);
    if (connections != 1 || reply.redirects > 0)
        return; // used again, or several of them
    phases.lookup = timeOf(m_handle, CURLINFO_NAMELOOKUP_TIME_T);
    const auto connected = timeOf(m_handle, CURLINFO_CONNECT_TIME_T);
    if (connected)
        phases.connect = *connected - phases.lookup.value_or(std::chrono::nanoseconds(0));
    const auto secured = timeOf(m_handle, CURLINFO_APPCONNECT_TIME_T);
    if (secured && connected)
        phases.tls = *secured - *connected;
}

QString HttpTransfer::host() const {
    char* address = nullptr;
    curl_easy_getinfo(m_handle, CURLINFO_EFFECTIVE_URL, &address);
    const QUrl url(QString::fromUtf8(address));
    const QString name = url.host();
    return url.port() < 0 ? name : u"%1:%2"_qs.arg(name).arg(url.port());
}

void HttpTransfer::explain(CURLcode code, ProbeReply& reply) const {
    long systemError = 0;
    curl_easy_getinfo(m_handle, CURLINFO_OS_ERRNO, &systemError);
    const auto failed = [&reply](const QString& reason) {
        reply.outcome = ProbeReply::Outcome::Failed;
        reply.reason = reason;
    };
    const auto notProbed = [&reply](const QString& reason) { reply.reason = reason; };
    const QString words = QString::fromUtf8(m_problem.data());
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
        return notProbed(u"%1 could not be looked up. Check the name, and the network of this "
                         "machine."_qs.arg(host()));
    case CURLE_COULDNT_CONNECT:
        if (systemError == ENETUNREACH || systemError == ENETDOWN || systemError == EADDRNOTAVAIL)
            return notProbed(u"This machine has no way to %1. Check its network."_qs.arg(host()));
        return failed(systemError == ECONNREFUSED ? u"%1 refused the connection."_qs.arg(host())
                                                  : u"%1 cannot be reached."_qs.arg(host()));
    case CURLE_OPERATION_TIMEDOUT:
        return failed(m_status == 0 ? u"%1 did not answer within %2."_qs.arg(
                                          host(), secondsWords(m_probe.timeLimit))
                                    : u"The answer of %1 was not whole after %2."_qs.arg(
                                          host(), secondsWords(m_probe.timeLimit)));
    case CURLE_TOO_MANY_REDIRECTS:
        return failed(
            u"%1 redirects on and on: more than %2 times."_qs.arg(host()).arg(mostRedirects));
    case CURLE_UNSUPPORTED_PROTOCOL:
        // So it calls an answer without a status line, too: that of HTTP 0.9 had none.
        if (words.contains(u"HTTP/0.9"_qs))
            return failed(u"What %1 answers is no HTTP."_qs.arg(host()));
        [[fallthrough]];
    case CURLE_URL_MALFORMAT:
        return failed(u"%1 leads to an address that cannot be probed."_qs.arg(m_probe.target));
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        return failed(u"%1 hung up before its answer was whole."_qs.arg(host()));
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
        return failed(u"What %1 answers is no HTTP."_qs.arg(host()));
    case CURLE_PEER_FAILED_VERIFICATION:
        return failed(u"The certificate of %1 is not trusted: %2."_qs.arg(host(), words));
    case CURLE_SSL_CONNECT_ERROR:
        return failed(u"%1 could not agree on a secure connection: %2."_qs.arg(host(), words));
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
        return notProbed(u"The certificate files of this probe cannot be used: %1."_qs.arg(words));
    default:
        return notProbed(u"The probe could not be done: %1."_qs.arg(
            QString::fromUtf8(curl_easy_strerror(code))));
    }
}

} // namespace app
