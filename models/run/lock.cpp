// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/lock.h"

#include "models/core/plainline.h"
#include "models/core/sha256.h"
#include "models/run/change.h"
#include "models/run/hosts.h"
#include "models/run/permission.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace models {
namespace {

/// Of a text in a lock; more is nobody's name.
constexpr qsizetype textLimit = 300;
/// Of a file's name without its hash; file systems take 255 bytes.
constexpr qsizetype nameLimit = 120;

/// Somebody else wrote it.
QString plainText(const QJsonObject& record, QLatin1String key) {
    return plainLine(record.value(key).toString(), textLimit);
}

QString subjectOf(const PlanContext& context) {
    QStringList parts;
    for (auto it = context.target.cbegin(); it != context.target.cend(); ++it)
        parts.append(it.key().isEmpty() ? *it : it.key() + u' ' + *it);
    return parts.join(u", "_qs);
}

QString whereText(const QString& place) {
    return place == localPlace ? u"In the journal here"_qs : place;
}

} // namespace

QByteArray lockRecord(const LockHolder& holder) {
    QJsonObject record{
        {u"who"_qs, holder.who}, {u"what"_qs, holder.what}, {u"since"_qs, holder.since.toString()}};
    if (!holder.reason.isEmpty())
        record.insert(u"reason"_qs, holder.reason);
    return QJsonDocument(record).toJson(QJsonDocument::Compact);
}

LockHolder lockHolder(const RunId& run, const QByteArray& line) {
    const QJsonObject record = QJsonDocument::fromJson(line).object();
    return {run, plainText(record, QLatin1String("who")), plainText(record, QLatin1String("what")),
            Instant::fromString(record.value(QLatin1String("since")).toString()),
            plainText(record, QLatin1String("reason"))};
}

LockHolder lockHolder(const RunState& state, Instant since) {
    const Plan& plan = *state.plan;
    QString what = plan.runbook.title.isEmpty() ? plan.context.runbookPath : plan.runbook.title;
    if (const QString subject = subjectOf(plan.context); !subject.isEmpty())
        what += u" ("_qs + subject + u')';
    return {state.id, state.startedBy, what, since, {}};
}

QString holderText(const LockHolder& holder) {
    QString text = holder.what.isEmpty() ? u"a run that does not say what it is"_qs
                                         : u"“%1”"_qs.arg(holder.what);
    if (!holder.who.isEmpty())
        text += u" of "_qs + holder.who;
    if (!holder.since.isNull())
        text += u" since "_qs + holder.since.toDateTime().toString(u"yyyy-MM-dd HH:mm 'UTC'"_qs);
    return text;
}

QString lockFileName(const QString& name) {
    const QByteArray bytes = name.toUtf8();
    QByteArray encoded = bytes.toPercentEncoding({}, ".~");
    if (encoded.size() > nameLimit)
        encoded = encoded.left(nameLimit) + '-' + sha256(bytes).toHex().left(16);
    return QString::fromLatin1(encoded);
}

QString obstacleText(const LockObstacle& obstacle) {
    const QString where = whereText(obstacle.place);
    switch (obstacle.kind) {
    case LockObstacle::Kind::Held:
        return obstacle.place == localPlace
                   ? u"%1 it is locked by %2."_qs.arg(where, holderText(obstacle.holder))
                   : u"%1 is locked by %2."_qs.arg(where, holderText(obstacle.holder));
    case LockObstacle::Kind::Lost: {
        const QString text =
            u"%1: the lock was taken over by %2."_qs.arg(where, holderText(obstacle.holder));
        return obstacle.holder.reason.isEmpty()
                   ? text
                   : text + u" The reason given: "_qs + obstacle.holder.reason;
    }
    case LockObstacle::Kind::Unsure:
        break;
    }
    return u"%1 may be locked or not: %2"_qs.arg(where, obstacle.problem);
}

QString obstaclesText(const QString& environment, const QList<LockObstacle>& obstacles) {
    const auto any = [&obstacles](LockObstacle::Kind kind) {
        return std::any_of(obstacles.cbegin(), obstacles.cend(),
                           [kind](const LockObstacle& one) { return one.kind == kind; });
    };
    QStringList sentences{any(LockObstacle::Kind::Held) ? u"%1 is being changed by another run."_qs
                          : any(LockObstacle::Kind::Lost)
                              ? u"This run does not hold %1 any more."_qs
                              : u"Nobody knows whether another run changes %1."_qs};
    sentences[0] = sentences[0].arg(environment);
    for (const LockObstacle& obstacle : obstacles)
        sentences.append(obstacleText(obstacle));
    return sentences.join(u' ');
}

QStringList hostsInvolved(const Plan& plan) {
    QStringList hosts;
    for (int index = 0; index < plan.steps.size(); ++index) {
        const PlanStep& placed = plan.steps[index];
        if (!placed.applicable || placed.step.lane == Lane::Reference || !plan.isLeaf(index) ||
            !canRun(placed.step) || placed.step.kind == StepKind::Wait)
            continue;
        const Result<QStringList> places = placesOf(plan, placed.step);
        for (const QString& place : places ? *places : QStringList()) {
            const Host* const host = plan.context.host(place);
            if (host != nullptr && !host->ssh.isEmpty() && !hosts.contains(place))
                hosts.append(place);
        }
    }
    return hosts;
}

QStringList lockPlaces(const Plan& plan) {
    if (isOfAction(plan.context))
        return {}; // several at once are no release
    return QStringList{localPlace} + hostsInvolved(plan);
}

bool holdsLocks(const RunState& state) {
    const QStringList places = lockPlaces(*state.plan);
    return std::all_of(places.cbegin(), places.cend(),
                       [&state](const QString& place) { return state.locks.contains(place); });
}

QStringList locksLeft(const RunState& state) {
    return state.status == RunStatus::Closed ? QStringList(state.locks.keys()) : QStringList();
}

} // namespace models
