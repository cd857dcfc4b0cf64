// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/probereading.h"

#include "models/health/replysource.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace models {

namespace {

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

/// Read to its end, and what was opened first is open still.
bool isCutOff(QByteArrayView text, const QJsonParseError& error) {
    static constexpr std::array<std::pair<char, char>, 3> brackets{
        {{'{', '}'}, {'[', ']'}, {'"', '"'}}};
    return error.offset >= text.size() &&
           std::any_of(brackets.begin(), brackets.end(), [text](const auto& pair) {
               return text.front() == pair.first &&
                      (text.size() == 1 || text.back() != pair.second);
           });
}

QString looksLikeHtml(QByteArrayView bytes) {
    const QByteArray begin = bytes.first(std::min<qsizetype>(bytes.size(), 256)).toByteArray();
    return begin.trimmed().startsWith('<') ? u"The body is HTML or XML, and no JSON."_qs
                                           : QString();
}

} // namespace

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
    reply.bodyProblem = isCutOff(bytes.trimmed(), error)
                            ? u"The body is JSON that ends in the middle."_qs
                            : u"The body is no JSON."_qs;
}

Observation observe(const Probe& probe, const Condition& pass, const ProbeReply& reply,
                    const HealthSeries& past, const PhaseSeries* pastPhases) {
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
    const ConditionReading reading =
        readCondition(pass, ReplySource(probe, reply, past, pastPhases));
    observation.verdict = reading.verdict;
    observation.leaves = reading.leaves;
    observation.reason = wordsOf(reading);
    return observation;
}

} // namespace models
