// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/front/lastseen.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

#include <array>

namespace ui {

using models::HealthState;
using models::Instant;

namespace {

constexpr int version = 2;
constexpr int smallestFont = 8;
constexpr int largestFont = 64;
constexpr int smallestWindow = 200;
constexpr int largestWindow = 32'000;
constexpr std::int64_t mostAhead = 60'000'000'000;

struct StateName {
    HealthState state;
    QLatin1String name;
};

constexpr std::array stateNames{StateName{HealthState::Failing, QLatin1String("failing")},
                                StateName{HealthState::Stale, QLatin1String("stale")},
                                StateName{HealthState::Unknown, QLatin1String("unknown")},
                                StateName{HealthState::Wavering, QLatin1String("wavering")},
                                StateName{HealthState::Unchecked, QLatin1String("unchecked")},
                                StateName{HealthState::Maintenance, QLatin1String("maintenance")},
                                StateName{HealthState::Warning, QLatin1String("warning")},
                                StateName{HealthState::Passing, QLatin1String("passing")}};

QString nameOf(HealthState state) {
    for (const StateName& each : stateNames) {
        if (each.state == state)
            return each.name;
    }
    return {};
}

/// Unknown is what nothing is known of.
HealthState stateOf(const QString& name) {
    for (const StateName& each : stateNames) {
        if (each.name == name)
            return each.state;
    }
    return HealthState::Unknown;
}

// A number of JSON holds milliseconds exactly, and nanoseconds not.
qint64 millisecondsOf(Instant at) {
    return at.nanoseconds / 1'000'000;
}

Instant instantOf(const QJsonValue& milliseconds) {
    return {milliseconds.toInteger() * 1'000'000};
}

QJsonObject jsonOf(const SeenService& service) {
    return {{QStringLiteral("name"), service.name},
            {QStringLiteral("state"), nameOf(service.state)},
            {QStringLiteral("at"), millisecondsOf(service.at)},
            {QStringLiteral("freshUntil"), millisecondsOf(service.freshUntil)}};
}

QJsonObject jsonOf(const SeenEnvironment& environment) {
    QJsonArray services;
    for (const SeenService& service : environment.services)
        services.append(jsonOf(service));
    return {
        {QStringLiteral("name"), environment.name},
        {QStringLiteral("line"), environment.line.isValid() ? environment.line.name() : QString()},
        {QStringLiteral("services"), services}};
}

QJsonObject jsonOf(const SeenWorkspace& workspace) {
    QJsonArray environments;
    for (const SeenEnvironment& environment : workspace.environments)
        environments.append(jsonOf(environment));
    return {{QStringLiteral("name"), workspace.name},
            {QStringLiteral("environments"), environments}};
}

SeenService serviceOf(const QJsonObject& json) {
    return {json[QLatin1String("name")].toString(),
            stateOf(json[QLatin1String("state")].toString()), instantOf(json[QLatin1String("at")]),
            instantOf(json[QLatin1String("freshUntil")])};
}

SeenEnvironment environmentOf(const QJsonObject& json) {
    SeenEnvironment environment;
    environment.name = json[QLatin1String("name")].toString();
    environment.line = QColor(json[QLatin1String("line")].toString());
    for (const QJsonValue& service : json[QLatin1String("services")].toArray())
        environment.services.push_back(serviceOf(service.toObject()));
    return environment;
}

SeenWorkspace workspaceOf(const QJsonObject& json) {
    SeenWorkspace workspace;
    workspace.name = json[QLatin1String("name")].toString();
    for (const QJsonValue& environment : json[QLatin1String("environments")].toArray())
        workspace.environments.push_back(environmentOf(environment.toObject()));
    return workspace;
}

bool isUsable(const QRect& geometry) {
    const auto isLength = [](int length) {
        return length >= smallestWindow && length <= largestWindow;
    };
    return isLength(geometry.width()) && isLength(geometry.height());
}

} // namespace

HealthState SeenService::stateAt(Instant now) const {
    if (at.isNull())
        return HealthState::Unchecked;
    if (at.nanoseconds - now.nanoseconds > mostAhead)
        return HealthState::Unknown; // of a clock that went another way since
    return now > freshUntil ? HealthState::Stale : state;
}

QString LastSeen::pathFor(const QString& application) {
    return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + u'/' +
           application + QStringLiteral("/last-seen.json");
}

QByteArray LastSeen::toJson() const {
    QJsonArray all;
    for (const SeenWorkspace& workspace : workspaces)
        all.append(jsonOf(workspace));
    const QJsonObject json{
        {QStringLiteral("version"), version},
        {QStringLiteral("geometry"),
         QJsonArray{geometry.x(), geometry.y(), geometry.width(), geometry.height()}},
        {QStringLiteral("dark"), scheme == Scheme::Dark},
        {QStringLiteral("font"), font},
        {QStringLiteral("strongFont"), strongFont},
        {QStringLiteral("fontSize"), fontSize},
        {QStringLiteral("workspaces"), all}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

models::Result<LastSeen> LastSeen::fromJson(const QByteArray& json) {
    const auto bad = [](const QString& why) {
        return models::failure(models::ErrorCode::InvalidInput,
                               QStringLiteral("What was seen last cannot be read: %1").arg(why));
    };
    if (json.size() > sizeMost)
        return bad(QStringLiteral("it is larger than %1 bytes.").arg(sizeMost));
    QJsonParseError error;
    const QJsonObject object = QJsonDocument::fromJson(json, &error).object();
    if (error.error != QJsonParseError::NoError)
        return bad(error.errorString());
    if (object[QLatin1String("version")].toInt() != version)
        return bad(QStringLiteral("it is of another version."));
    LastSeen seen;
    const QJsonArray place = object[QLatin1String("geometry")].toArray();
    seen.geometry =
        QRect(place.at(0).toInt(), place.at(1).toInt(), place.at(2).toInt(), place.at(3).toInt());
    seen.scheme = object[QLatin1String("dark")].toBool() ? Scheme::Dark : Scheme::Light;
    seen.font = object[QLatin1String("font")].toString();
    seen.strongFont = object[QLatin1String("strongFont")].toString();
    seen.fontSize = object[QLatin1String("fontSize")].toInt();
    for (const QJsonValue& workspace : object[QLatin1String("workspaces")].toArray())
        seen.workspaces.push_back(workspaceOf(workspace.toObject()));
    if (!isUsable(seen.geometry))
        return bad(QStringLiteral("no window has such a size."));
    if (seen.fontSize < smallestFont || seen.fontSize > largestFont)
        return bad(QStringLiteral("no text has such a size."));
    if (seen.workspaces.empty())
        return bad(QStringLiteral("it has no workspace."));
    return seen;
}

} // namespace ui
