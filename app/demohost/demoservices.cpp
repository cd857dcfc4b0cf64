// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demohost/demoservices.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace app {
namespace {

constexpr int slow = 1800; ///< ms

QString pathOf(const QString& folder, const QString& name, const char* what) {
    return folder + u'/' + name + u'.' + QLatin1String(what);
}

QByteArray contentOf(const QString& folder, const QString& name, const char* what) {
    QFile file(pathOf(folder, name, what));
    return file.open(QFile::ReadOnly) ? file.readAll().trimmed() : QByteArray();
}

bool isCommit(const QByteArray& release) {
    return release.size() >= 7 && std::all_of(release.begin(), release.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

/// What is wrong with it: the file says "FAULT [RELEASE [SECONDS]]", of that release alone, so long
/// after it was deployed.
QByteArray faultOf(const QString& folder, const QString& name, const QByteArray& release) {
    const QList<QByteArray> words = contentOf(folder, name, "fault").split(' ');
    if (words.size() > 1 && words[1] != release)
        return {};
    const QDateTime deployed = QFileInfo(pathOf(folder, name, "release")).lastModified();
    if (words.size() > 2 && deployed.isValid() &&
        deployed.secsTo(QDateTime::currentDateTime()) < words[2].toLongLong())
        return {};
    return words.first();
}

/// A release always has the same commit, and one that is a commit is its own.
QString commitOf(const QByteArray& release) {
    if (isCommit(release))
        return QString::fromLatin1(release);
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
    QJsonObject body{{QStringLiteral("service"), service.name},
                     {QStringLiteral("server"), QStringLiteral("fastapi")}};
    const bool isOk = state.fault != DemoState::Fault::Errors;
    for (const DemoService& other : demoServices()) {
        if (!service.dependsOn.contains(other.name))
            continue;
        const bool isUp = stateOf(other, folder).answers();
        body.insert(other.name.section(u'-', 0, 0) + QStringLiteral("_ok"), isUp);
    }
    body.insert(QStringLiteral("ok"), isOk);
    if (!isOk)
        body.insert(QStringLiteral("error"), QStringLiteral("the connection pool is exhausted"));
    return json(isOk ? 200 : 503, body);
}

/// How the sessions of the last minutes went, as shares of one.
QByteArray sessions(bool isFailing) {
    return QByteArrayLiteral("# TYPE session_success_ratio gauge\n") +
           "session_success_ratio{stage=\"vm\"} " + (isFailing ? "0.931" : "0.984") +
           "\nsession_success_ratio{stage=\"connection\"} " + (isFailing ? "0.583" : "0.957") +
           "\nsession_success_ratio{stage=\"completion\"} " + (isFailing ? "0.612" : "0.972") +
           "\nsession_success_ratio{stage=\"functions\"} " + (isFailing ? "0.948" : "0.9987") +
           '\n';
}

DemoAnswer metrics(const DemoService& service, const DemoState& state, qint64 requests) {
    const bool isFailing = state.fault == DemoState::Fault::Errors;
    const qint64 failed = isFailing ? requests / 3 + 1 : requests / 500;
    const double seconds = state.fault == DemoState::Fault::Latency ? slow / 1000.0 : 0.042;
    DemoAnswer answer;
    answer.type = QByteArrayLiteral("text/plain; version=0.0.4");
    if (service.name == u"proxy")
        answer.body = sessions(isFailing);
    answer.body += "# TYPE http_requests_total counter\n"
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
    const auto named = [](const char* name) { return QString::fromLatin1(name); };
    static const QList<DemoService> services = {
        // VoxBento: an interpretation portal, with Docker Compose.
        {named("portal"), "v1.4.0", {named("mediamtx"), named("jitsi")}},
        {named("mediamtx"), "v1.9.3", {}},
        {named("jitsi"), "v2.0.1", {}},
        // Interviews over WebRTC: a page, a proxy for the offers, and functions of the database.
        {named("interviews"), "2026.11.2", {named("proxy"), named("functions")}},
        {named("proxy"), "2026.11.2", {}, false},
        {named("functions"), "2026.11.2", {}},
        // A library that reads books aloud on the telephone, in two environments.
        {named("books"), "4be1c07", {named("reader")}},
        {named("reader"), "4be1c07", {}},
        {named("bot"), "4be1c07", {}},
        {named("client"), "4be1c07", {named("books")}},
        {named("books-dev"), "4be1c07", {named("reader-dev")}},
        {named("reader-dev"), "4be1c07", {}},
        {named("bot-dev"), "4be1c07", {}},
        {named("client-dev"), "4be1c07", {named("books-dev")}},
        // Speech from text: a gateway, a worker with the voices, and the page before them.
        {named("gateway"), "61f0c4e", {named("kokoro")}},
        {named("kokoro"), "61f0c4e", {}},
        {named("frontend"), "61f0c4e", {named("gateway")}},
    };
    return services;
}

DemoState stateOf(const DemoService& service, const QString& folder) {
    DemoState state;
    state.release = contentOf(folder, service.name, "release");
    if (state.release.isEmpty())
        state.release = service.release;
    const QByteArray status = contentOf(folder, service.name, "status");
    const QByteArray fault = faultOf(folder, service.name, state.release);
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
        return metrics(service, state, requests); // says what is wrong, and is never wrong itself
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
