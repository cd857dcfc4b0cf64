// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/journal/journaloptions.h"
#include "app/ssh/sshconfig.h"
#include "models/core/result.h"

#include <QProcess>

namespace app {

/// The demo host of this window, in a process of its own. It ends with this object, or with this
/// program, whatever becomes of it; and takes its workspace and its journal with it.
class DemoHostProcess {
public:
    DemoHostProcess() = default;
    ~DemoHostProcess();
    Q_DISABLE_COPY_MOVE(DemoHostProcess)

    /// Waits until it listens.
    [[nodiscard]] models::Result<void> start();

    /// Of a host that has started.
    /// The one to begin with is the first.
    [[nodiscard]] QStringList workspaces() const;
    /// What is tried out stands in no journal of real runs.
    [[nodiscard]] JournalOptions journal() const;
    /// A file as ~/.ssh/config is, for surroundingsWith(); empty where no host was started.
    [[nodiscard]] QString sshConfig() const;

private:
    QProcess m_process;
    QString m_folder;
};

/// This machine and whoever runs the program, who have one more file in front of ~/.ssh/config.
/// Empty: they have not. Reading blocks.
[[nodiscard]] SshSurroundings surroundingsWith(const QString& config);

} // namespace app
