// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/place.h"
#include "models/core/verdict.h"
#include "models/run/host.h"

#include <QString>
#include <QStringList>

namespace app {

/// What is known of a host's container runtime, for a person: the message says in its first
/// sentence what is, and in the others what to do.
struct RuntimeFinding {
    models::Verdict verdict = models::Verdict::Unknown;
    QString value; ///< its version, or what is there of it
    QString message;
    QString detail; ///< what the host said

    bool operator==(const RuntimeFinding&) const = default;
};

/// A short command for the host, which changes nothing there. Not where the workspace says that
/// there is no runtime.
[[nodiscard]] QStringList runtimeLook(const models::Host& host);
[[nodiscard]] RuntimeFinding judgeRuntime(const models::Host& host,
                                          const models::Result<ExecResult>& looked);

} // namespace app
