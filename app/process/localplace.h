// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/process/supervisedplace.h"

namespace app {

/// This machine. Commands run under the same supervisor as at a host, over pipes.
class LocalPlace final : public SupervisedPlace {
    Q_OBJECT

public:
    /// shell is the POSIX shell that supervises.
    explicit LocalPlace(const QStringList& shell = {QStringLiteral("sh")},
                        QObject* parent = nullptr);

    using Place::exec;
    void exec(const QStringList& argv, const QByteArray& input, std::chrono::milliseconds timeLimit,
              ExecCallback done) override;
};

} // namespace app
