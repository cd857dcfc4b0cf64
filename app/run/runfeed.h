// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/journalstore.h"

#include <QObject>
#include <QTimer>

#include <optional>

namespace app {

class RunService;

/// The runs there are, for those who show them beside something else: read anew half a second after
/// something happened to one here, and when asked. Main thread.
class RunFeed final : public QObject {
    Q_OBJECT

public:
    /// runs outlives it.
    explicit RunFeed(RunService& runs, QObject* parent = nullptr);

    /// Reads them; changed follows.
    void read();
    /// As they were read last, newest first; nothing before that.
    [[nodiscard]] const std::optional<QList<RunSummary>>& runs() const { return m_runs; }
    /// Why they could not be read now; what was read before is kept.
    [[nodiscard]] const QString& problem() const { return m_problem; }
    /// Of a run that is open here; nullptr otherwise.
    [[nodiscard]] const models::RunState* state(const models::RunId& run) const;

Q_SIGNALS:
    /// They were read, or could not be.
    void changed();

private:
    RunService& m_service;
    std::optional<QList<RunSummary>> m_runs;
    QString m_problem;
    QTimer m_settling;
};

} // namespace app
