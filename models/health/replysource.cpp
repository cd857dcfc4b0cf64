// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/replysource.h"

#include "models/health/serieswindow.h"

#include <QJsonArray>
#include <QJsonObject>

#include <cmath>

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

} // namespace

ReplySource::ReplySource(const Probe& probe, const ProbeReply& reply, const HealthSeries& past,
                         const PhaseSeries* pastPhases)
    : m_probe(probe)
    , m_reply(reply)
    , m_past(past)
    , m_phases(pastPhases) {}

HealthAnswer ReplySource::value(const HealthPath& path) const {
    const auto reference = m_probe.references.constFind(pathText(path));
    if (reference != m_probe.references.constEnd())
        return {*reference, {}};
    const QString root = path.first().name;
    if (root == u"body")
        return {ofBody(path), {}};
    if (root == u"http" &&
        (m_probe.kind == Probe::Kind::Http || m_probe.kind == Probe::Kind::WebSocket))
        return {ofHttp(path), {}};
    if (root == u"tls")
        return {ofCertificate(path), {}};
    if (root == u"tcp" && m_probe.kind == Probe::Kind::Tcp)
        return {ofTcp(path), {}};
    if (root == u"exit" && path.size() == 1 && m_reply.exitCode)
        return {Quantity{double(*m_reply.exitCode), Unit::None}, {}};
    if (root == u"output" && path.size() == 1)
        return {ofOutput(), {}};
    if (root == u"container" && m_probe.kind == Probe::Kind::Container && path.size() == 2 &&
        path[1].name == u"state")
        return {m_reply.output, {}};
    return {Missing{u"This probe does not observe %1."_qs.arg(pathText(path))}, {}};
}

HealthAnswer ReplySource::overTime(const WindowQuestion& question) const {
    if (!question.metric.isEmpty())
        return {Missing{u"A probe knows no metrics."_qs}, {}};
    return overTime({m_past, m_reply.at, m_probe.every, 1, m_phases}, m_probe.kind, question.series,
                    question);
}

HealthAnswer ReplySource::overTime(const SeriesWindow& checks, Probe::Kind kind,
                                   const HealthPath& path, const WindowQuestion& question) {
    const QString root = probeWord(kind);
    const QString series = pathText(path);
    const bool isOfThis = series.isEmpty() || series == root || series == root + u".total"_qs ||
                          series == u"probe" || series == u"probe.down";
    if (series == u"probe.down" && question.function == u"count")
        return failuresOverTime(checks, question.window);
    static const QMap<QString, Phase> phasesByName{{u"dns"_qs, Phase::Lookup},
                                                   {u"connect"_qs, Phase::Connect},
                                                   {u"tls"_qs, Phase::Tls},
                                                   {u"ttfb"_qs, Phase::FirstByte}};
    const bool isPhase =
        path.size() == 2 && path[0].name == root && phasesByName.contains(path[1].name);
    if (isPhase)
        return phaseOverTime(checks, phasesByName.value(path[1].name), question);
    if (!isOfThis)
        return {
            Missing{u"Of this probe only %1.total and its phases are kept over time."_qs.arg(root)},
            {}};
    return answerOverTime(checks, question);
}

HealthValue ReplySource::ofBody(const HealthPath& path) const {
    if (m_reply.body.isUndefined())
        return Missing{m_reply.bodyProblem.isEmpty() ? u"There is no body."_qs
                                                     : m_reply.bodyProblem};
    return jsonValue(m_reply.body, path, 1);
}

HealthValue ReplySource::ofHttp(const HealthPath& path) const {
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

HealthValue ReplySource::ofHeader(const QString& name) const {
    for (const auto& [key, value] : m_reply.headers) {
        if (key == name.toLower())
            return value;
    }
    return Missing{u"The answer has no header \"%1\"."_qs.arg(name)};
}

HealthValue ReplySource::ofPhase(const QString& field) const {
    const ProbePhases& measured = m_reply.phases;
    const QString reused = u"The connection was there already."_qs;
    if (field == u"total")
        return timeValue(measured.total, u"The exchange did not end."_qs);
    if (field == u"ttfb")
        return timeValue(measured.firstByte, u"Nothing came."_qs);
    if (field == u"dns")
        return timeValue(measured.lookup, reused);
    if (field == u"connect")
        return timeValue(measured.connect, reused);
    if (field == u"tls")
        return timeValue(measured.tls, reused);
    return Missing{u"It is none of status, redirects, headers, dns, connect, tls, ttfb and "
                   "total."_qs};
}

HealthValue ReplySource::ofTcp(const HealthPath& path) const {
    if (path.size() == 2 && path[1].name == u"connected")
        return m_reply.outcome == ProbeReply::Outcome::Answered;
    return path.size() == 2 ? ofPhase(path[1].name)
                            : HealthValue(Missing{u"It is none of connected and connect."_qs});
}

HealthValue ReplySource::ofCertificate(const HealthPath& path) const {
    if (!m_reply.certificate)
        return Missing{u"No certificate was seen."_qs};
    const CertificateFacts& facts = *m_reply.certificate;
    const QString field = path.size() == 2 ? path[1].name : QString();
    if (field == u"expires_in")
        return Quantity{static_cast<double>(facts.expires.nanoseconds - m_reply.at.nanoseconds) /
                            1e9,
                        Unit::Time};
    if (field == u"trusted")
        return facts.problem.isEmpty();
    if (field == u"subject")
        return facts.subject;
    if (field == u"issuer")
        return facts.issuer;
    return Missing{u"It is none of expires_in, trusted, subject and issuer."_qs};
}

HealthValue ReplySource::ofOutput() const {
    if (!m_reply.exitCode)
        return Missing{u"No command has run."_qs};
    bool isNumber = false;
    const double number = m_reply.output.toDouble(&isNumber);
    if (isNumber && !std::isfinite(number))
        return Missing{u"It is %1, and not a number."_qs.arg(m_reply.output)};
    if (isNumber)
        return Quantity{number, Unit::None};
    return m_reply.output;
}

} // namespace models
