// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/place.h"
#include "models/run/host.h"

namespace tests {

/// A place where every command starts at once and goes on until it is cancelled; it runs nothing.
class HeldPlace final : public app::Place {
    Q_OBJECT

public:
    using Place::Place;

    [[nodiscard]] QString name() const override { return models::localPlace; }
    void run(const app::AttemptRequest& request) override;
    void cancel(const models::AttemptKey& attempt, std::chrono::milliseconds grace) override;
    void sendInput(const models::AttemptKey&, int, const QByteArray&) override {}
    void acknowledge(const models::AttemptKey&) override {}
    void closeRun(const models::RunId&) override {}
    using Place::exec;
    void exec(const QStringList& argv, const QByteArray& input, std::chrono::milliseconds timeLimit,
              ExecCallback done) override;
};

} // namespace tests
