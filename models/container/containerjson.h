// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/container/container.h"
#include "models/core/result.h"

#include <QByteArrayView>
#include <QHash>

namespace models {

/// What is asked of `docker inspect --format` and `podman inspect --format`: one line of JSON a
/// container, with the members of the API's answer that containersFromInspect() reads and nothing
/// else. The environment of a container never comes over.
[[nodiscard]] QString inspectFormat();
/// The same of images: see digestsFromInspect().
[[nodiscard]] QString imageInspectFormat();

/// One object or one a line: what `GET /containers/ID/json` answers, or the command with
/// inspectFormat(). Environment, command and mounts are not read. Damaged where a line is no JSON.
[[nodiscard]] Result<QList<Container>> containersFromInspect(const QByteArray& json);

/// The ids in what `GET /containers/json` answers.
[[nodiscard]] Result<QStringList> idsFromList(const QByteArray& json);

/// The registry's digest by image id, where there is one: of `GET /images/ID/json`, or the command
/// with imageInspectFormat().
[[nodiscard]] Result<QHash<QString, QString>> digestsFromInspect(const QByteArray& json);

/// A count of a container's processor time; the API gives no rate on its own.
struct ProcessorCount {
    std::int64_t container = 0; ///< nanoseconds of processor time
    std::int64_t system = 0;    ///< the host's, all processors together; 0: not told
    Instant at;

    bool operator==(const ProcessorCount&) const = default;
};
struct StatsSample {
    ContainerUsage usage; ///< processors is for processorsBetween() to fill in
    ProcessorCount count;
    int processorCount = 1;
};
/// What `GET /containers/ID/stats?stream=false` answers.
[[nodiscard]] Result<StatsSample> statsFromApi(const QByteArray& json);
/// Processors that were busy between the two.
[[nodiscard]] double processorsBetween(const ProcessorCount& from, const StatsSample& to);

/// What `docker stats --no-stream --no-trunc --format '{{json .}}'` says (one object a line), or
/// podman with --format json (one list): usage by container id.
[[nodiscard]] Result<QHash<QString, ContainerUsage>> usageFromCommand(const QByteArray& json,
                                                                      Instant at);

/// RFC 3339 with any fraction and offset. Null for what is none, and for the year 1, by which
/// runtimes say never.
[[nodiscard]] Instant instantFromRfc3339(QStringView text);

} // namespace models
