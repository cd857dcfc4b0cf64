// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"
#include "models/core/instant.h"
#include "models/core/result.h"

#include <QString>

#include <memory>

namespace app {

/// The right to write to one run, held by one console on this machine. The kernel gives it back
/// when the process dies, however it dies. Of the two kinds of file lock that do that, this is the
/// open-file-description one: unlike flock it can be asked about without being taken.
class RunLock {
public:
    ~RunLock();
    RunLock(const RunLock&) = delete;
    RunLock& operator=(const RunLock&) = delete;

    /// Locked, with who holds it as the message, where another console has it.
    [[nodiscard]] static models::Result<std::unique_ptr<RunLock>> take(const QString& folder,
                                                                       const models::RunId& run,
                                                                       const QString& console,
                                                                       models::Instant now);
    /// "console 4711 of user@host since 14:02 UTC"; empty while nobody holds it.
    [[nodiscard]] static QString holder(const QString& folder, const models::RunId& run,
                                        const QString& console, models::Instant now);
    /// Run ids become file names: anything else is refused.
    [[nodiscard]] static bool isRunId(const models::RunId& run);

private:
    RunLock(int file, QByteArray path)
        : m_file(file)
        , m_path(std::move(path)) {}

    int m_file;
    QByteArray m_path;
};

} // namespace app
