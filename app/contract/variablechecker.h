// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/run/askedby.h"
#include "models/run/host.h"

#include <QByteArray>
#include <QStringList>

#include <functional>

namespace app {

/// Has the check of variables carried out at a place, where the values stay. What is asked and what
/// is answered is on the main thread.
class VariableChecker {
public:
    /// Called once, and never after the checker's end.
    using Done = std::function<void(const models::Result<QByteArray>&)>;

    VariableChecker() = default;
    virtual ~VariableChecker() = default;
    Q_DISABLE_COPY_MOVE(VariableChecker)

    /// host: without an ssh name it is this machine. arguments: of models::checkArguments() or
    /// models::compareArguments(). input: what it reads; the salt of a comparison, else nothing.
    virtual void check(const models::Host& host, models::AskedBy askedBy,
                       const QStringList& arguments, const QByteArray& input, Done done) = 0;
};

} // namespace app
