// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logorigin.h"
#include "app/log/logsource.h"
#include "app/process/reach.h"

#include <memory>

namespace app {

/// The lines of any command at a place, among them those that read a file and the system's journal.
/// It cannot be asked for lines that it wrote before.
class CommandOrigin final : public LogOrigin {
    Q_OBJECT

public:
    CommandOrigin(std::unique_ptr<Reach> reach, LogSource source);

    [[nodiscard]] bool canResume() const override { return false; }
    void whenReady(QObject* context, ReadyCallback done) override;
    void look(QObject* context, LookCallback done) override;
    void newest(const QString& id, QObject* context, NewestCallback done) override;
    [[nodiscard]] std::unique_ptr<LogFeed> open(const LogOpening& opening) override;

    /// What runs at the place, from this opening on.
    [[nodiscard]] static QStringList commandFor(const LogSource& source, const LogOpening& opening);

private:
    std::unique_ptr<Reach> m_reach;
    const LogSource m_source;
};

} // namespace app
