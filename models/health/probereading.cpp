// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/probereading.h"

#include "models/health/healthseries.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <map>

namespace models {

namespace {

HealthValue timeValue(const ProbePhases::Time& time, const QString& what) {
    if (!time)
        return Missing{what};
    return Quantity{static_cast<double>(time->count()) / 1e9, Unit::Time};
}

QString textOf(const HealthPath& path, qsizetype parts) {
    return pathText(path.mid(0, parts));
}

/// A path through a JSON value, from its part at `from` on.
HealthValue jsonValue(QJsonValue value, const HealthPath& path, qsizetype from) {
    for (qsizetype i = from; i < path.size(); ++i) {
        const PathPart& part = path[i];
        const QString before = textOf(path, i);
        if (part.index >= 0) {
            if (!value.isArray())
                return Missing{u"%1 is no list."_qs.arg(before)};
            const QJsonArray list = value.toArray();
            if (part.index >= list.size())
                return Missing{u"%1 has %2 items."_qs.arg(before).arg(list.size())};
            value = list.at(part.index);
            continue;
        }
        if (!value.isObject())
            return Missing{u"%1 has no fields."_qs.arg(before)};
        const QJsonObject object = value.toObject();
        const auto field = object.constFind(part.name);
        if (field == object.constEnd())
            return Missing{u"%1 has no field \"%2\"."_qs.arg(before, part.name)};
        value = *field;
    }
    switch (value.type()) {
    case QJsonValue::Null:
        return Null{};
    case QJsonValue::Bool:
        return value.toBool();
    case QJsonValue::Double:
        return Quantity{value.toDouble(), Unit::None};
    case QJsonValue::String:
        return value.toString();
    case QJsonValue::Array:
    case QJsonValue::Object:
        return Missing{u"%1 is not a single value."_qs.arg(textOf(path, path.size()))};
    case QJsonValue::Undefined:
        break;
    }
    return Missing{u"It is not there."_qs};
}

/// What one reply answers.
class ReplySource final : public HealthSource {
public:
    ReplySource(Probe::Kind kind, const ProbeReply& reply, const HealthSeries& past)
        : m_kind(kind)
        , m_reply(reply)
        , m_past(past) {}

    HealthAnswer value(const HealthPath& path) const override {
        const QString root = path.first().name;
        if (root == u"body")
            return {ofBody(path), {}};
        if (root == u"http" && (m_kind == Probe::Kind::Http || m_kind == Probe::Kind::WebSocket))
            return {ofHttp(path), {}};
        if (root == u"tls")
            return {ofCertificate(path), {}};
        if (root == u"tcp" && m_kind == Probe::Kind::Tcp)
            return {ofTcp(path), {}};
        if (root == u"exit" && path.size() == 1 && m_reply.exitCode)
            return {Quantity{double(*m_reply.exitCode), Unit::None}, {}};
        if (root == u"output" && path.size() == 1)
            return {ofOutput(), {}};
        if (root == u"container" && m_kind == Probe::Kind::Container && path.size() == 2 &&
            path[1].name == u"state")
            return {m_reply.output, {}};
        return {Missing{u"This probe does not observe %1."_qs.arg(pathText(path))}, {}};
    }

    HealthAnswer overTime(const WindowQuestion& question) const override {
        const QString series = pathText(question.series);
        const bool isOfThis = series.isEmpty() || series == probeWord(m_kind) ||
                              series == probeWord(m_kind) + u".total"_qs;
        if (!isOfThis)
            return {Missing{u"Of this probe only %1.total is kept over time."_qs.arg(
                        probeWord(m_kind))},
                    {}};
        const Instant from{m_reply.at.nanoseconds -
                           std::chrono::nanoseconds(question.window).count()};
        const HealthSummary summary = m_past.summary(from, m_reply.at);
        if (question.function == u"count")
            return {Quantity{double(summary.checks()), Unit::None}, {}};
        if (question.function == u"success_rate" || question.function == u"error_rate")
            return ofRate(question, summary);
        return ofLatency(question, summary, from);
    }

private:
    static HealthAnswer ofRate(const WindowQuestion& question, const HealthSummary& summary) {
        const std::uint64_t known = summary.passed + summary.failed;
        if (known == 0)
            return {Missing{u"No check of that time is known."_qs}, {}};
        const std::uint64_t wanted =
            question.function == u"success_rate" ? summary.passed : summary.failed;
        return {Quantity{double(wanted) / double(known), Unit::None},
                u"from %1 samples"_qs.arg(known)};
    }

    HealthAnswer ofLatency(const WindowQuestion& question, const HealthSummary& summary,
                           Instant from) const {
        static const std::map<QString, double> quantiles{
            {u"p50"_qs, 0.5}, {u"p90"_qs, 0.9}, {u"p95"_qs, 0.95}, {u"p99"_qs, 0.99}};
        if (summary.measured == 0)
            return {Missing{u"No latency was measured in that time."_qs}, {}};
        const QString basis = u"from %1 samples"_qs.arg(summary.measured);
        const auto seconds = [&basis](double value) {
            return HealthAnswer{Quantity{value, Unit::Time}, basis};
        };
        if (question.function == u"avg")
            return seconds(summary.mean());
        if (question.function == u"min")
            return seconds(summary.least);
        if (question.function == u"max")
            return seconds(summary.most);
        const auto share = quantiles.find(question.function);
        if (share != quantiles.end())
            return seconds(m_past.quantile(share->second, from, m_reply.at)->seconds);
        return {Missing{u"%1() is not known of a single probe."_qs.arg(question.function)}, {}};
    }

    HealthValue ofBody(const HealthPath& path) const {
        if (m_reply.body.isUndefined())
            return Missing{m_reply.bodyProblem.isEmpty() ? u"There is no body."_qs
                                                         : m_reply.bodyProblem};
        return jsonValue(m_reply.body, path, 1);
    }

    HealthValue ofHttp(const HealthPath& path) const {
        const QString field = path.size() > 1 ? path[1].name : QString();
        if (field == u"status" && path.size() == 2) {
            if (m_reply.status == 0)
                return Missing{u"There was no answer."_qs};
            return Quantity{double(m_reply.status), Unit::None};
        }
        if (field == u"redirects" && path.size() == 2)
            return Quantity{double(m_reply.redirects), Unit::None};
        if (field == u"headers" && path.size() == 3)
            return ofHeader(path[2].name);
        if (path.size() == 2)
            return ofPhase(field);
        return Missing{u"An answer has no %1."_qs.arg(pathText(path))};
    }

    HealthValue ofHeader(const QString& name) const {
        for (const auto& [key, value] : m_reply.headers) {
            if (key == name.toLower())
                return value;
        }
        return Missing{u"The answer has no header \"%1\"."_qs.arg(name)};
    }

    HealthValue ofPhase(const QString& field) const {
        const ProbePhases& phases = m_reply.phases;
        const QString reused = u"The connection was there already."_qs;
        if (field == u"total")
            return timeValue(phases.total, u"The exchange did not end."_qs);
        if (field == u"ttfb")
            return timeValue(phases.firstByte, u"Nothing came."_qs);
        if (field == u"dns")
            return timeValue(phases.lookup, reused);
        if (field == u"connect")
            return timeValue(phases.connect, reused);
        if (field == u"tls")
            return timeValue(phases.tls, reused);
        return Missing{u"It is none of status, redirects, headers, dns, connect, tls, ttfb and "
                       "total."_qs};
    }

    HealthValue ofTcp(const HealthPath& path) const {
        if (path.size() == 2 && path[1].name == u"connected")
            return m_reply.outcome == ProbeReply::Outcome::Answered;
        return path.size() == 2 ? ofPhase(path[1].name)
                                : HealthValue(Missing{u"It is none of connected and connect."_qs});
    }

    HealthValue ofCertificate(const HealthPath& path) const {
        if (!m_reply.certificate)
            return Missing{u"No certificate was seen."_qs};
        const CertificateFacts& facts = *m_reply.certificate;
        const QString field = path.size() == 2 ? path[1].name : QString();
        if (field == u"expires_in")
            return Quantity{
                static_cast<double>(facts.expires.nanoseconds - m_reply.at.nanoseconds) / 1e9,
                Unit::Time};
        if (field == u"trusted")
            return facts.problem.isEmpty();
        if (field == u"subject")
            return facts.subject;
        if (field == u"issuer")
            return facts.issuer;
        return Missing{u"It is none of expires_in, trusted, subject and issuer."_qs};
    }

    HealthValue ofOutput() const {
        if (!m_reply.exitCode)
            return Missing{u"No command has run."_qs};
        bool isNumber = false;
        const double number = m_reply.output.toDouble(&isNumber);
        if (isNumber)
            return Quantity{number, Unit::None};
        return m_reply.output;
    }

    Probe::Kind m_kind;
    const ProbeReply& m_reply;
    const HealthSeries& m_past;
};

/// What a person wants to read first: what failed, else what is not known, else what passed.
QString wordsOf(const ConditionReading& reading) {
    QStringList words;
    for (const LeafReading& leaf : reading.leaves) {
        if (leaf.verdict == reading.verdict)
            words.append(leaf.words);
    }
    if (words.isEmpty() && !reading.leaves.isEmpty())
        words.append(reading.leaves.first().words);
    return words.join(u"; ");
}

QString looksLikeHtml(QByteArrayView bytes) {
    const QByteArray begin = bytes.first(std::min<qsizetype>(bytes.size(), 256)).toByteArray();
    return begin.trimmed().startsWith('<') ? u"The body is HTML or XML, and no JSON."_qs
                                           : QString();
}

} // namespace

QString probeWord(Probe::Kind kind) {
    switch (kind) {
    case Probe::Kind::Http:
        return u"http"_qs;
    case Probe::Kind::WebSocket:
        return u"websocket"_qs;
    case Probe::Kind::Tcp:
        return u"tcp"_qs;
    case Probe::Kind::Tls:
        return u"tls"_qs;
    case Probe::Kind::Command:
        return u"command"_qs;
    case Probe::Kind::Container:
        return u"container"_qs;
    }
    return {};
}

void readBody(QByteArrayView bytes, BodyEnd end, ProbeReply& reply) {
    reply.body = QJsonValue(QJsonValue::Undefined);
    reply.bodyProblem.clear();
    if (end == BodyEnd::Cut) {
        reply.bodyProblem = u"The body is longer than 1 MB, and only its begin was read."_qs;
        return;
    }
    if (bytes.trimmed().isEmpty()) {
        reply.bodyProblem = u"The body is empty."_qs;
        return;
    }
    // A single value is no document for Qt, which a list of one is.
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson('[' + bytes.toByteArray() + ']', &error);
    if (error.error == QJsonParseError::NoError && document.array().size() == 1) {
        reply.body = document.array().first();
        return;
    }
    reply.bodyProblem = looksLikeHtml(bytes);
    if (!reply.bodyProblem.isEmpty())
        return;
    const bool isCutOff = error.error == QJsonParseError::UnterminatedObject ||
                          error.error == QJsonParseError::UnterminatedArray ||
                          error.error == QJsonParseError::UnterminatedString ||
                          error.offset >= bytes.size();
    reply.bodyProblem =
        isCutOff ? u"The body is JSON that ends in the middle."_qs : u"The body is no JSON."_qs;
}

QString defaultCondition(Probe::Kind kind) {
    switch (kind) {
    case Probe::Kind::Http:
        return u"http.status >= 200 && http.status < 300"_qs;
    case Probe::Kind::WebSocket:
        return u"http.status == 101"_qs;
    case Probe::Kind::Tcp:
        return u"tcp.connected"_qs;
    case Probe::Kind::Tls:
        return u"tls.trusted && tls.expires_in > 14d"_qs;
    case Probe::Kind::Command:
        return u"exit == 0"_qs;
    case Probe::Kind::Container:
        return u"container.state == \"running\""_qs;
    }
    return {};
}

Observation observe(Probe::Kind kind, const Condition& pass, const ProbeReply& reply,
                    const HealthSeries& past) {
    Observation observation;
    observation.at = reply.at;
    observation.lateness = reply.lateness;
    observation.phases = reply.phases;
    switch (reply.outcome) {
    case ProbeReply::Outcome::NotProbed:
        observation.reason = reply.reason;
        return observation;
    case ProbeReply::Outcome::Failed:
        observation.verdict = Verdict::Fail;
        observation.reason = reply.reason;
        return observation;
    case ProbeReply::Outcome::Answered:
        break;
    }
    const ConditionReading reading = readCondition(pass, ReplySource(kind, reply, past));
    observation.verdict = reading.verdict;
    observation.leaves = reading.leaves;
    observation.reason = wordsOf(reading);
    return observation;
}

} // namespace models
