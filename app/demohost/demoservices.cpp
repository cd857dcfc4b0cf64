// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demohost/demoservices.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace app {
namespace {

constexpr int slow = 1800; ///< ms

QByteArray contentOf(const QString& folder, const QString& name, const char* what) {
    QFile file(folder + u'/' + name + u'.' + QLatin1String(what));
    return file.open(QFile::ReadOnly) ? file.readAll().trimmed() : QByteArray();
}

/// A release always has the same commit.
QString commitOf(const QByteArray& release) {
    return QString::fromLatin1(
        QCryptographicHash::hash(release, QCryptographicHash::Sha1).toHex().left(12));
}

DemoAnswer json(int status, const QJsonObject& body) {
    DemoAnswer answer;
    answer.status = status;
    answer.body = QJsonDocument(body).toJson(QJsonDocument::Compact) + '\n';
    return answer;
}

DemoAnswer health(const DemoService& service, const DemoState& state, const QString& folder) {
    QJsonObject body{{QStringLiteral("service"), service.name}};
    const bool isOk = state.fault != DemoState::Fault::Errors;
    for (const DemoService& other : demoServices()) {
        if (!service.dependsOn.contains(other.name))
            continue;
        const bool isUp = stateOf(other, folder).answers();
        body.insert(other.name + QStringLiteral("_ok"), isUp);
    }
    body.insert(QStringLiteral("ok"), isOk);
    if (!isOk)
        body.insert(QStringLiteral("error"), QStringLiteral("the connection pool is exhausted"));
    return json(isOk ? 200 : 503, body);
}

DemoAnswer metrics(const DemoState& state, qint64 requests) {
    const bool isFailing = state.fault == DemoState::Fault::Errors;
    const qint64 failed = isFailing ? requests / 3 + 1 : requests / 500;
    const double seconds = state.fault == DemoState::Fault::Latency ? slow / 1000.0 : 0.042;
    DemoAnswer answer;
    answer.type = QByteArrayLiteral("text/plain; version=0.0.4");
    answer.body = "# TYPE http_requests_total counter\n"
                  "http_requests_total{code=\"200\"} " +
                  QByteArray::number(requests - failed) + "\nhttp_requests_total{code=\"503\"} " +
                  QByteArray::number(failed) +
                  "\n# TYPE http_request_duration_seconds summary\n"
                  "http_request_duration_seconds{quantile=\"0.95\"} " +
                  QByteArray::number(seconds) + "\nhttp_request_duration_seconds_count " +
                  QByteArray::number(requests) + '\n';
    return answer;
}

} // namespace

const QList<DemoService>& demoServices() {
    static const QList<DemoService> services = {
        // An interpretation portal, with Docker Compose.
        {QStringLiteral("portal"), "v1.4.0", {QStringLiteral("media"), QStringLiteral("rooms")}},
        {QStringLiteral("media"), "v1.9.3", {}},
        {QStringLiteral("rooms"), "v2.0.1", {}},
        // Interviews over WebRTC: the page at a platform, the proxy at another.
        {QStringLiteral("interviews"), "2026.11.2", {QStringLiteral("proxy")}},
        {QStringLiteral("proxy"), "2026.10.7", {}, false},
        // A library that reads books aloud on the telephone.
        {QStringLiteral("books"), "0.8.0", {QStringLiteral("reader")}},
        {QStringLiteral("reader"), "0.8.0", {}},
        // Speech from text, with a database that migrates.
        {QStringLiteral("speech"), "v3.2.0", {QStringLiteral("voices")}},
        {QStringLiteral("voices"), "v3.2.0", {}},
        // What comes next of them, in the environment that they are promoted from.
        {QStringLiteral("books-next"), "0.9.0", {}},
        {QStringLiteral("speech-next"), "v3.3.0", {}},
    };
    return services;
}

DemoState stateOf(const DemoService& service, const QString& folder) {
    DemoState state;
    state.release = contentOf(folder, service.name, "release");
    if (state.release.isEmpty())
        state.release = service.release;
    const QByteArray status = contentOf(folder, service.name, "status");
    const QByteArray fault = contentOf(folder, service.name, "fault");
    const bool runs = status.isEmpty() ? service.runsAtStart : status == "running";
    state.status = runs ? DemoState::Status::Running : DemoState::Status::Stopped;
    state.fault = fault == "latency"  ? DemoState::Fault::Latency
                  : fault == "errors" ? DemoState::Fault::Errors
                  : fault == "crash"  ? DemoState::Fault::Crash
                  : fault == "burst"  ? DemoState::Fault::Burst
                                      : DemoState::Fault::None;
    return state;
}

DemoAnswer answerOf(const DemoService& service, const QByteArray& path, const QString& folder,
                    qint64 requests) {
    const DemoState state = stateOf(service, folder);
    DemoAnswer answer;
    if (path == "/healthz" || path == "/health") {
        answer = health(service, state, folder);
    } else if (path == "/version" || path == "/api/version") {
        answer = json(200, {{QStringLiteral("release"), QString::fromUtf8(state.release)},
                            {QStringLiteral("commit"), commitOf(state.release)}});
    } else if (path == "/metrics") {
        return metrics(state, requests); // says what is wrong, and is never wrong itself
    } else if (path == "/") {
        answer = json(200, {{QStringLiteral("service"), service.name}});
    } else {
        answer = json(404, {{QStringLiteral("detail"), QStringLiteral("Not Found")}});
    }
    if (state.fault == DemoState::Fault::Latency)
        answer.delayMilliseconds = slow;
    return answer;
}

} // namespace app
