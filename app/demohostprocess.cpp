// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demohostprocess.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStringList>

#include <utility>

namespace app {
namespace {

constexpr int startLimit = 10'000; ///< ms
constexpr int endLimit = 5'000;

/// Beside this program in a build, in a folder for such programs where it was installed.
QString findProgram() {
    const QString here = QCoreApplication::applicationDirPath();
    const QString name = QStringLiteral("gantry-demohost");
    for (const QString& folder : {here, here + QStringLiteral("/../libexec/gantry")}) {
        const QFileInfo program(folder + u'/' + name);
        if (program.isExecutable())
            return program.absoluteFilePath();
    }
    return {};
}

} // namespace

DemoHostProcess::~DemoHostProcess() {
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(endLimit))
        m_process.kill();
}

models::Result<void> DemoHostProcess::start() {
    const QString program = findProgram();
    if (program.isEmpty()) {
        return models::failure(models::ErrorCode::NotFound,
                               QStringLiteral("The program gantry-demohost is missing beside this "
                                              "one. Install Gantry again, or build all of it."));
    }
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(program, {});
    while (!m_process.canReadLine()) {
        if (!m_process.waitForReadyRead(startLimit)) {
            return models::failure(
                models::ErrorCode::Internal,
                QStringLiteral("The demo host does not start. What it says stands above."),
                m_process.errorString());
        }
    }
    const QString line = QString::fromLocal8Bit(m_process.readLine()).trimmed();
    m_folder = line.section(u' ', 1);
    return {};
}

QStringList DemoHostProcess::workspaces() const {
    QStringList folders;
    for (const char* name : {"voxbento", "interview-insights", "books", "yapit"})
        folders.append(m_folder + QStringLiteral("/workspaces/") + QLatin1String(name));
    return folders;
}

JournalOptions DemoHostProcess::journal() const {
    JournalOptions options;
    options.folder = m_folder + QStringLiteral("/journal");
    return options;
}

QString DemoHostProcess::sshConfig() const {
    return m_folder.isEmpty() ? QString() : m_folder + QStringLiteral("/ssh_config");
}

SshSurroundings surroundingsWith(const QString& config) {
    SshSurroundings surroundings = ourSurroundings();
    if (config.isEmpty())
        return surroundings;
    const QString own = surroundings.home + QStringLiteral("/.ssh/config");
    surroundings.read = [read = std::move(surroundings.read), own,
                         config](const QString& path) -> std::optional<QByteArray> {
        const std::optional<QByteArray> text = read(path);
        if (path != own)
            return text;
        return read(config).value_or(QByteArray()) + "Host *\n" + text.value_or(QByteArray());
    };
    return surroundings;
}

} // namespace app
