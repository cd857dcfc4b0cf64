// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/process/reach.h"

namespace app {

/// This machine.
class LocalReach final : public Reach {
    Q_OBJECT

public:
    using Reach::Reach;

    [[nodiscard]] QString name() const override;
    void whenReady(QObject* context, models::AskedBy askedBy, ReadyCallback done) override;
    [[nodiscard]] std::unique_ptr<Channel> command(const QStringList& argv) override;
    [[nodiscard]] std::unique_ptr<Channel> socket(const QString& path) override;
};

} // namespace app
