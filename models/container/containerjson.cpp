// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/container/containerjson.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

namespace models {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("models::Container", text);
}

tl::unexpected<Error> damaged(const QString& detail) {
    return failure(ErrorCode::Damaged,
                   tr("The container runtime answered something that is not understood. Check its "
                      "version."),
                   detail);
}

/// A whole document, or one a line.
Result<QList<QJsonObject>> objectsOf(const QByteArray& json) {
    QJsonParseError error{};
    const QJsonDocument whole = QJsonDocument::fromJson(json, &error);
    QList<QJsonObject> objects;
    if (error.error == QJsonParseError::NoError) {
        if (whole.isObject())
            return QList<QJsonObject>{whole.object()};
        const QJsonArray list = whole.array();
        for (const QJsonValue& value : list)
            objects.append(value.toObject());
        return objects;
    }
    for (const QByteArray& line : json.split('\n')) {
        if (line.trimmed().isEmpty())
            continue;
        const QJsonDocument document = QJsonDocument::fromJson(line, &error);
        if (!document.isObject())
            return damaged(error.errorString());
        objects.append(document.object());
    }
    return objects;
}

ContainerState stateOf(const QString& word) {
    for (const ContainerState state :
         {ContainerState::Created, ContainerState::Running, ContainerState::Paused,
          ContainerState::Restarting, ContainerState::Removing, ContainerState::Exited,
          ContainerState::Dead}) {
        if (word == stateName(state))
            return state;
    }
    // Podman's own words.
    if (word == QLatin1String("configured") || word == QLatin1String("initialized"))
        return ContainerState::Created;
    if (word == QLatin1String("stopped") || word == QLatin1String("stopping"))
        return ContainerState::Exited;
    return ContainerState::Unknown;
}

ContainerHealth healthOf(const QString& word) {
    for (const ContainerHealth health :
         {ContainerHealth::Starting, ContainerHealth::Healthy, ContainerHealth::Unhealthy}) {
        if (word == healthName(health))
            return health;
    }
    return ContainerHealth::None;
}

QString firstOf(const QJsonObject& labels, std::initializer_list<QLatin1String> keys) {
    for (const QLatin1String key : keys) {
        if (const QString value = labels.value(key).toString(); !value.isEmpty())
            return value;
    }
    return {};
}

QString withAlgorithm(const QString& imageId) {
    return imageId.isEmpty() || imageId.contains(QLatin1Char(':'))
               ? imageId
               : QStringLiteral("sha256:") + imageId;
}

Container containerFrom(const QJsonObject& object) {
    Container container;
    container.id = object.value(u"Id").toString();
    container.name = object.value(u"Name").toString();
    if (container.name.startsWith(QLatin1Char('/')))
        container.name.remove(0, 1);
    container.imageId = withAlgorithm(object.value(u"Image").toString());
    container.restarts = object.value(u"RestartCount").toInt();
    container.createdAt = instantFromRfc3339(object.value(u"Created").toString());

    const QJsonObject config = object.value(u"Config").toObject();
    container.image = config.value(u"Image").toString();
    container.hasTerminal = config.value(u"Tty").toBool();
    const QJsonObject labels = config.value(u"Labels").toObject();
    container.revision = labels.value(u"org.opencontainers.image.revision").toString();
    container.composeProject = firstOf(labels, {QLatin1String("com.docker.compose.project"),
                                                QLatin1String("io.podman.compose.project")});
    container.composeService = firstOf(labels, {QLatin1String("com.docker.compose.service"),
                                                QLatin1String("io.podman.compose.service")});

    const QJsonObject state = object.value(u"State").toObject();
    container.state = stateOf(state.value(u"Status").toString());
    container.ranOutOfMemory = state.value(u"OOMKilled").toBool();
    container.startedAt = instantFromRfc3339(state.value(u"StartedAt").toString());
    container.finishedAt = instantFromRfc3339(state.value(u"FinishedAt").toString());
    container.health =
        healthOf(state.value(u"Health").toObject().value(u"Status").toString().toLower());
    if (!container.isRunning() && !container.startedAt.isNull())
        container.exitCode = state.value(u"ExitCode").toInt();
    return container;
}

/// "847.9kB", "1.2MiB", "0B" as bytes.
std::int64_t bytesFrom(const QString& text) {
    static const QList<std::pair<QLatin1String, double>> units{
        {QLatin1String("kib"), 1024.0},
        {QLatin1String("mib"), 1048576.0},
        {QLatin1String("gib"), 1073741824.0},
        {QLatin1String("tib"), 1099511627776.0},
        {QLatin1String("kb"), 1e3},
        {QLatin1String("mb"), 1e6},
        {QLatin1String("gb"), 1e9},
        {QLatin1String("tb"), 1e12},
        {QLatin1String("b"), 1.0}};
    const QString plain = text.trimmed().toLower();
    for (const auto& [unit, factor] : units) {
        if (plain.endsWith(unit))
            return std::int64_t(plain.chopped(unit.size()).trimmed().toDouble() * factor);
    }
    return 0;
}

QString textOf(const QJsonObject& object, QLatin1String docker, QLatin1String podman) {
    return object.value(object.contains(docker) ? docker : podman).toString();
}

} // namespace

QString inspectFormat() {
    // Braces of the template are doubled; those of the JSON are not.
    return QStringLiteral(R"({"Id":{{json .ID}},"Name":{{json .Name}},"Image":{{json .Image}},)"
                          R"("Created":{{json .Created}},"RestartCount":{{json .RestartCount}},)"
                          R"("State":{{json .State}},"Config":{"Image":{{json .Config.Image}},)"
                          R"("Tty":{{json .Config.Tty}},"Labels":{{json .Config.Labels}}}})");
}

QString imageInspectFormat() {
    return QStringLiteral(R"({"Id":{{json .ID}},"RepoDigests":{{json .RepoDigests}}})");
}

Result<QList<Container>> containersFromInspect(const QByteArray& json) {
    const Result<QList<QJsonObject>> objects = objectsOf(json);
    if (!objects)
        return tl::unexpected(objects.error());
    QList<Container> containers;
    for (const QJsonObject& object : *objects) {
        const Container container = containerFrom(object);
        if (container.id.isEmpty())
            return damaged(QStringLiteral("Id is missing"));
        containers.append(container);
    }
    return containers;
}

Result<QStringList> idsFromList(const QByteArray& json) {
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isArray())
        return damaged(QString::fromUtf8(json.left(200)));
    QStringList ids;
    const QJsonArray list = document.array();
    for (const QJsonValue& value : list)
        ids.append(value.toObject().value(u"Id").toString());
    ids.removeAll(QString());
    return ids;
}

Result<QHash<QString, QString>> digestsFromInspect(const QByteArray& json) {
    const Result<QList<QJsonObject>> objects = objectsOf(json);
    if (!objects)
        return tl::unexpected(objects.error());
    QHash<QString, QString> digests;
    for (const QJsonObject& object : *objects) {
        // What was built or imported there has a name for its digest too, and no registry: both say
        // "localhost/…".
        for (const QJsonValue& value : object.value(u"RepoDigests").toArray()) {
            const QString named = value.toString();
            if (!named.startsWith(QLatin1String("localhost/")))
                digests.insert(withAlgorithm(object.value(u"Id").toString()),
                               named.section(QLatin1Char('@'), 1));
        }
    }
    return digests;
}

Result<StatsSample> statsFromApi(const QByteArray& json) {
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        return damaged(QString::fromUtf8(json.left(200)));
    const QJsonObject object = document.object();
    const QJsonObject processor = object.value(u"cpu_stats").toObject();
    const QJsonObject memory = object.value(u"memory_stats").toObject();
    const QJsonObject detail = memory.value(u"stats").toObject();
    StatsSample sample;
    sample.count.at = instantFromRfc3339(object.value(u"read").toString());
    sample.count.container =
        processor.value(u"cpu_usage").toObject().value(u"total_usage").toInteger();
    sample.count.system = processor.value(u"system_cpu_usage").toInteger();
    sample.processorCount = std::max(1, processor.value(u"online_cpus").toInt(1));
    sample.usage.at = sample.count.at;
    // As `docker stats` does: pages that the kernel gives back when they are wanted do not count.
    const auto inactive = detail.contains(u"inactive_file")
                              ? detail.value(u"inactive_file").toInteger()
                              : detail.value(u"total_inactive_file").toInteger();
    sample.usage.memory = std::max<std::int64_t>(0, memory.value(u"usage").toInteger() - inactive);
    sample.usage.memoryLimit = memory.value(u"limit").toInteger();
    return sample;
}

double processorsBetween(const ProcessorCount& from, const StatsSample& to) {
    const auto used = double(to.count.container - from.container);
    const auto passed = double(to.count.at.nanoseconds - from.at.nanoseconds);
    const auto whole = double(to.count.system - from.system);
    if (used <= 0)
        return 0;
    if (passed > 0)
        return used / passed;
    return whole > 0 ? used / whole * to.processorCount : 0;
}

Result<QHash<QString, ContainerUsage>> usageFromCommand(const QByteArray& json, Instant at) {
    const Result<QList<QJsonObject>> objects = objectsOf(json);
    if (!objects)
        return tl::unexpected(objects.error());
    QHash<QString, ContainerUsage> usages;
    for (const QJsonObject& object : *objects) {
        ContainerUsage usage;
        QString share = textOf(object, QLatin1String("CPUPerc"), QLatin1String("cpu_percent"));
        share.remove(QLatin1Char('%'));
        usage.processors = share.toDouble() / 100;
        const QString memory =
            textOf(object, QLatin1String("MemUsage"), QLatin1String("mem_usage"));
        usage.memory = bytesFrom(memory.section(QLatin1Char('/'), 0, 0));
        usage.memoryLimit = bytesFrom(memory.section(QLatin1Char('/'), 1));
        usage.at = at;
        usages.insert(textOf(object, QLatin1String("ID"), QLatin1String("id")), usage);
    }
    return usages;
}

Instant instantFromRfc3339(QStringView text) {
    // Qt reads milliseconds; the rest of the fraction is read here.
    const qsizetype point = text.indexOf(QLatin1Char('.'));
    qsizetype behind = point < 0 ? 19 : point + 1;
    QString digits;
    while (point >= 0 && behind < text.size() && text[behind].isDigit())
        digits += text[behind++];
    if (text.size() < 20 || (point >= 0 && point != 19) || digits.size() > 9)
        return {};
    const QDateTime whole =
        QDateTime::fromString(text.left(19).toString() + text.mid(behind).toString(), Qt::ISODate);
    if (!whole.isValid() || whole.date().year() < 1678 || whole.date().year() > 2261)
        return {};
    return {whole.toSecsSinceEpoch() * 1'000'000'000 +
            digits.leftJustified(9, QLatin1Char('0')).toLongLong()};
}

} // namespace models
