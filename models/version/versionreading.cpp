// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/version/versionreading.h"

#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <utility>

namespace models {

namespace {

constexpr int shortestCommit = 7; ///< what git abbreviates to
constexpr int wholeCommit = 40;
constexpr int longestCommit = 64; ///< of a repository with SHA-256
constexpr int longestVersion = 200;
constexpr int looksUntilOld = 3;

const QLatin1String digestForm("sha256:");

bool isHex(QStringView text) {
    return std::all_of(text.cbegin(), text.cend(), [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
    });
}

bool mayBeCommit(QStringView text) {
    return text.size() >= shortestCommit && text.size() <= longestCommit && isHex(text);
}

/// What cannot be a version is told, and not shown: it is foreign text of any length.
QString problemOf(const QString& text) {
    if (text.isEmpty())
        return u"The answer is empty."_qs;
    const bool isWord = std::none_of(text.cbegin(), text.cend(),
                                     [](QChar c) { return c.isSpace() || !c.isPrint(); });
    if (text.size() > longestVersion || !isWord)
        return u"The answer is no version: it is more than one word."_qs;
    return {};
}

void settle(const QString& text, VersionReading& reading) {
    reading.problem = problemOf(text);
    if (reading.problem.isEmpty())
        reading.version = text;
}

void readField(const QJsonValue& body, const QString& field, VersionReading& reading) {
    QJsonValue value = body;
    for (const QString& name : field.split(u'.'))
        value = value.toObject().value(name);
    if (value.isString())
        settle(value.toString(), reading);
    else if (value.isDouble()) // a number of a build
        settle(QString::number(value.toDouble(), 'g', 15), reading);
    else if (value.isUndefined())
        reading.problem = u"The answer has no field \"%1\"."_qs.arg(field);
    else
        reading.problem = u"The field \"%1\" of the answer is no text."_qs.arg(field);
}

QString withoutV(const QString& version) {
    const bool hasV = version.size() > 1 && version[0].toLower() == u'v' && version[1].isDigit();
    return hasV ? version.mid(1) : version;
}

} // namespace

VersionReading readVersion(const VersionProbe& probe, const QString& place,
                           const ProbeReply& reply) {
    VersionReading reading{place, {}, {}, reply.at};
    const bool isHttp = probe.kind == VersionProbe::Kind::Http;
    if (reply.outcome != ProbeReply::Outcome::Answered)
        reading.problem = reply.reason;
    else if (isHttp && (reply.status < 200 || reply.status > 299))
        reading.problem = u"It answered with status %1."_qs.arg(reply.status);
    else if (!isHttp && reply.exitCode.value_or(-1) != 0)
        reading.problem = u"The command ended with status %1."_qs.arg(reply.exitCode.value_or(-1));
    else if (!isHttp && probe.field.isEmpty())
        settle(reply.output.trimmed(), reading);
    else if (reply.body.isUndefined())
        reading.problem = reply.bodyProblem;
    else
        readField(reply.body, probe.field, reading);
    if (reading.version.isEmpty() && reading.problem.isEmpty())
        reading.problem = u"Nothing came back."_qs;
    return reading;
}

VersionReading readVersion(const QString& place, const Result<Container>& container, Instant at) {
    VersionReading reading{place, {}, {}, at};
    if (!container)
        reading.problem = container.error().message;
    else if (!container->isRunning())
        reading.problem = u"The container %1 is %2: it runs no version."_qs.arg(
            container->name, QString(stateName(container->state)));
    else if (!container->revision.isEmpty())
        settle(container->revision, reading);
    else if (!container->imageDigest.isEmpty())
        settle(container->imageDigest, reading);
    else
        reading.problem =
            u"The image %1 has neither the label %2 nor a digest of a registry."_qs.arg(
                container->image, QString(revisionLabel));
    return reading;
}

VersionReading agedReading(VersionReading reading, const VersionProbe& probe, Instant now) {
    const std::chrono::nanoseconds limit = probe.every * looksUntilOld + probe.timeLimit;
    const bool isOld =
        !reading.at.isNull() && now.nanoseconds - reading.at.nanoseconds > limit.count();
    if (reading.isKnown() && isOld) {
        reading.problem = u"It was %1, and nobody has seen it since."_qs.arg(
            shortVersion(std::exchange(reading.version, {})));
    }
    return reading;
}

VersionMatch compareVersions(const QString& one, const QString& other) {
    const auto matchIf = [](bool same) {
        return same ? VersionMatch::Same : VersionMatch::Different;
    };
    if (one == other)
        return VersionMatch::Same;
    const bool areCommits =
        (isCommit(one) && mayBeCommit(other)) || (mayBeCommit(one) && isCommit(other));
    if (areCommits) {
        return matchIf(one.size() < other.size() ? other.startsWith(one, Qt::CaseInsensitive)
                                                 : one.startsWith(other, Qt::CaseInsensitive));
    }
    const bool areDigests = one.startsWith(digestForm) && other.startsWith(digestForm);
    const auto isName = [](const QString& text) {
        return !isCommit(text) && !text.startsWith(digestForm);
    };
    if (areDigests || (isName(one) && isName(other)))
        return matchIf(withoutV(one) == withoutV(other));
    return VersionMatch::Incomparable;
}

bool isCommit(QStringView text) {
    const bool isDecimal =
        std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c.isDigit(); });
    return mayBeCommit(text) && (!isDecimal || text.size() >= wholeCommit);
}

bool isRevisionName(QStringView text) {
    static const QRegularExpression form(u"^[A-Za-z0-9_][A-Za-z0-9_./+-]*\\z"_qs);
    return text.size() <= longestVersion && form.match(text).hasMatch() && !text.contains(u"..") &&
           !text.contains(u"//") && !text.endsWith(u'/') && !text.endsWith(u'.') &&
           !text.endsWith(u".lock");
}

QString shortVersion(const QString& version) {
    constexpr int shownCommit = 10;
    constexpr int shownDigest = 12;
    if (version.startsWith(digestForm))
        return version.left(digestForm.size() + shownDigest);
    return isCommit(version) ? version.left(shownCommit) : version;
}

} // namespace models
