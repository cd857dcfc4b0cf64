// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demohost/demokeys.h"
#include "models/core/result.h"

#include <QMap>
#include <QString>
#include <QTemporaryDir>

namespace app {

/// All that a demo host has on disk, in a private folder that goes with it:
///   bin/         stand-ins for the programs that runbooks call
///   home/        where its commands start
///   logs/        what its services write
///   state/       what its services are in
///   workspaces/  the examples, each with gantry.yaml and runbooks
///   ssh_config, known_hosts, key    how to get there: "ssh -F FOLDER/ssh_config gantry-demo"
class DemoFolder {
public:
    /// In the system's folder for temporary files.
    DemoFolder();

    [[nodiscard]] QString path() const { return m_folder.path(); }
    [[nodiscard]] QString at(const char* name) const {
        return m_folder.filePath(QLatin1String(name));
    }

    /// Unpacks what commands need.
    [[nodiscard]] models::Result<void> prepare() const;
    /// Writes how to get there. hostKey: its public part, as publicText() gives it.
    [[nodiscard]] models::Result<void> writeAccess(ssh_key person, const QByteArray& hostKey,
                                                   quint16 port) const;
    /// Unpacks what demoPartOf() leaves of the example workspaces.
    [[nodiscard]] models::Result<void>
    writeWorkspaces(const QMap<QByteArray, QByteArray>& addresses) const;

private:
    QTemporaryDir m_folder;
};

} // namespace app
