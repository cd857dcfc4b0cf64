// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshconfig.h"

#include "app/ssh/sshconfigreader.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSysInfo>

#include <glob.h>
#include <pwd.h>
#include <unistd.h>
#include <utility>

namespace app {
namespace {

using Weight = SettingsNote::Weight;

constexpr int jumpLimit = 8;
/// A host that is reached from another one, not from here.
constexpr int beyond = -1;
constexpr qint64 sizeLimit = 1024 * 1024;

QString tr(const char* text) {
    return QCoreApplication::translate("SshConfig", text);
}

/// Makes settings out of what the files say for one destination.
class Resolver {
public:
    Resolver(QString name, const SshDestination& destination, const SshSurroundings& surroundings)
        : m_name(std::move(name))
        , m_destination(destination)
        , m_surroundings(surroundings)
        , m_said(destination.host, destination.user, surroundings) {}

    /// depth: of jumps below jumps, or beyond.
    HostSettings resolve(int depth) {
        m_said.readFile(m_surroundings.home + QStringLiteral("/.ssh/config"));
        m_said.readFile(QStringLiteral("/etc/ssh/ssh_config"));
        m_settings.name = m_name;
        takeAddress();
        takeTimes();
        takeFiles();
        takeHostKeys();
        takeJumps(depth);
        m_settings.notes += m_said.takeNotes();
        return std::move(m_settings);
    }

private:
    void takeAddress() {
        const QString port = m_said.text(QStringLiteral("port"));
        bool isPort = true;
        m_settings.port = m_destination.port != 0 ? m_destination.port
                          : port.isEmpty()        ? quint16(22)
                                                  : port.toUShort(&isPort);
        if (!isPort || m_settings.port == 0)
            m_said.note(Weight::Blocks, QStringLiteral("Port"), tr("%1 is no port.").arg(port));
        const QString user = m_said.text(QStringLiteral("user"));
        m_settings.user = !m_destination.user.isEmpty() ? m_destination.user
                          : user.isEmpty()              ? m_surroundings.user
                                                        : user;
        const QString name = m_said.text(QStringLiteral("hostname"));
        const auto alias = [this](QChar token) {
            return token == QLatin1Char('h') ? std::optional(m_destination.host) : std::nullopt;
        };
        const auto host = name.isEmpty() ? std::optional(m_destination.host)
                                         : expandSshTokens(name, alias, m_surroundings.variable);
        m_settings.hostName = host.value_or(m_destination.host);
        if (!host)
            m_said.note(Weight::Blocks, QStringLiteral("HostName"),
                        tr("HostName %1 cannot be understood.").arg(name));
        m_settings.hostKeyAlias = m_said.text(QStringLiteral("hostkeyalias"));
    }

    void takeTimes() {
        const auto take = [this](const QString& keyword, std::chrono::milliseconds& time) {
            const QString text = m_said.text(keyword.toLower());
            if (text.isEmpty() || text == QLatin1String("none"))
                return;
            if (const auto seconds = sshConfigTime(text))
                time = *seconds;
            else
                m_said.note(Weight::Ignored, keyword, tr("%1 is no time.").arg(text));
        };
        take(QStringLiteral("ConnectTimeout"), m_settings.connectTimeout);
        // Off by default there; a console that does not notice a dead line is of no use.
        std::chrono::milliseconds interval{0};
        take(QStringLiteral("ServerAliveInterval"), interval);
        if (interval.count() > 0)
            m_settings.keepAliveInterval = interval;
        bool isNumber = false;
        const int misses = m_said.text(QStringLiteral("serveralivecountmax")).toInt(&isNumber);
        if (isNumber && misses > 0)
            m_settings.keepAliveMisses = misses;
    }

    [[nodiscard]] std::optional<QString> token(QChar letter) const {
        switch (letter.toLatin1()) {
        case 'd':
            return m_surroundings.home;
        case 'h':
            return m_settings.hostName;
        case 'i':
            return m_surroundings.userId;
        case 'L':
            return m_surroundings.localName.section(QLatin1Char('.'), 0, 0);
        case 'l':
            return m_surroundings.localName;
        case 'n':
            return m_destination.host;
        case 'p':
            return QString::number(m_settings.port);
        case 'r':
            return m_settings.user;
        case 'u':
            return m_surroundings.user;
        default:
            return std::nullopt;
        }
    }

    /// An absolute name of a file; empty, and said, where it cannot be understood.
    [[nodiscard]] QString fileNamed(const QString& text, const QString& keyword) {
        const auto expanded = expandSshTokens(
            text, [this](QChar letter) { return token(letter); }, m_surroundings.variable);
        QString file = expanded.value_or(QString());
        if (file.startsWith(QLatin1String("~/")))
            file.replace(0, 1, m_surroundings.home);
        if (file.startsWith(QLatin1Char('~')) || file.isEmpty()) {
            m_said.note(Weight::Ignored, keyword,
                        tr("%1 %2 cannot be understood.").arg(keyword, text));
            return {};
        }
        return QDir::isAbsolutePath(file) ? file
                                          : m_surroundings.home + QStringLiteral("/.ssh/") + file;
    }

    [[nodiscard]] QStringList filesNamed(const QStringList& texts, const QString& keyword) {
        QStringList files;
        for (const QString& text : texts) {
            if (text.toLower() == QLatin1String("none"))
                continue;
            const QString file = fileNamed(text, keyword);
            if (!file.isEmpty() && !files.contains(file))
                files << file;
        }
        return files;
    }

    void takeFiles() {
        const QStringList named = m_said.texts(QStringLiteral("identityfile"));
        const QStringList usual{QStringLiteral("~/.ssh/id_ed25519"),
                                QStringLiteral("~/.ssh/id_ecdsa"), QStringLiteral("~/.ssh/id_rsa")};
        m_settings.identityFiles =
            filesNamed(named.isEmpty() ? usual : named, QStringLiteral("IdentityFile"));
        m_settings.certificateFiles = filesNamed(m_said.texts(QStringLiteral("certificatefile")),
                                                 QStringLiteral("CertificateFile"));
        m_settings.identitiesOnly =
            sshConfigFlag(m_said.text(QStringLiteral("identitiesonly"))).value_or(false);
        takeAgent();
    }

    void takeAgent() {
        const QString named = m_said.text(QStringLiteral("identityagent"));
        if (named.isEmpty() || named == QLatin1String("SSH_AUTH_SOCK"))
            m_settings.agentSocket =
                m_surroundings.variable(QStringLiteral("SSH_AUTH_SOCK")).value_or(QString());
        else if (named.startsWith(QLatin1Char('$')) && !named.startsWith(QLatin1String("${")))
            m_settings.agentSocket = m_surroundings.variable(named.mid(1)).value_or(QString());
        else if (named.toLower() != QLatin1String("none"))
            m_settings.agentSocket = fileNamed(named, QStringLiteral("IdentityAgent"));
    }

    void takeHostKeys() {
        const auto take = [this](const QString& keyword, const QStringList& usual) {
            const QStringList named = m_said.value(keyword.toLower()).arguments;
            m_settings.knownHostsFiles += filesNamed(named.isEmpty() ? usual : named, keyword);
        };
        take(QStringLiteral("UserKnownHostsFile"),
             {QStringLiteral("~/.ssh/known_hosts"), QStringLiteral("~/.ssh/known_hosts2")});
        take(QStringLiteral("GlobalKnownHostsFile"), {QStringLiteral("/etc/ssh/ssh_known_hosts"),
                                                      QStringLiteral("/etc/ssh/ssh_known_hosts2")});
        const QString checking = m_said.text(QStringLiteral("stricthostkeychecking")).toLower();
        if (!checking.isEmpty() && checking != QLatin1String("ask"))
            m_said.note(Weight::Ignored, QStringLiteral("StrictHostKeyChecking"),
                        tr("StrictHostKeyChecking %1 is not honoured: unknown hosts are always "
                           "asked about, and another key than the one on record is always refused.")
                            .arg(checking));
    }

    void takeJumps(int depth) {
        const QString command = m_said.text(QStringLiteral("proxycommand"));
        if (!command.isEmpty() && command.toLower() != QLatin1String("none"))
            m_said.note(Weight::Blocks, QStringLiteral("ProxyCommand"),
                        tr("ProxyCommand is not honoured: %1 cannot be reached as "
                           "~/.ssh/config says. Name the host in between with ProxyJump.")
                            .arg(m_destination.host));
        const QString jumps = m_said.text(QStringLiteral("proxyjump"));
        if (jumps.isEmpty() || jumps.toLower() == QLatin1String("none") || depth == beyond)
            return;
        if (depth == jumpLimit) {
            m_said.note(
                Weight::Blocks, QStringLiteral("ProxyJump"),
                tr("ProxyJump leads in a circle, or through more than %1 hosts.").arg(jumpLimit));
            return;
        }
        for (const QString& jump : jumps.split(QLatin1Char(','))) {
            const auto destination = parseSshDestination(jump.trimmed());
            if (!destination) {
                m_said.note(Weight::Blocks, QStringLiteral("ProxyJump"),
                            tr("ProxyJump %1 is no host.").arg(jump));
                return;
            }
            // Only the first is reached from here, and may have a way of its own.
            const int below = m_settings.jumps.isEmpty() ? depth + 1 : beyond;
            HostSettings hop =
                Resolver(destination->host, *destination, m_surroundings).resolve(below);
            m_settings.jumps += std::exchange(hop.jumps, {});
            m_settings.notes += std::exchange(hop.notes, {});
            m_settings.jumps.append(hop);
        }
    }

    const QString m_name;
    const SshDestination m_destination;
    const SshSurroundings& m_surroundings;
    SshConfigReader m_said;
    HostSettings m_settings;
};

std::optional<QByteArray> contentOf(const QString& path) {
    QFile file(path);
    if (!QFileInfo(file).isFile() || !file.open(QIODevice::ReadOnly) || file.size() > sizeLimit)
        return std::nullopt;
    return file.readAll();
}

QStringList filesMatching(const QString& pattern) {
    QStringList files;
    glob_t found{};
    if (glob(QFile::encodeName(pattern).constData(), 0, nullptr, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc; ++i)
            files << QFile::decodeName(found.gl_pathv[i]);
    }
    globfree(&found);
    return files;
}

} // namespace

models::Result<HostSettings> resolveHost(const QString& name, const QString& destination,
                                         const SshSurroundings& surroundings) {
    const auto parsed = parseSshDestination(destination);
    if (!parsed)
        return models::failure(
            models::ErrorCode::InvalidInput,
            tr("%1 is no host. Write user@host, or a name of ~/.ssh/config.").arg(destination));
    return Resolver(name, *parsed, surroundings).resolve(0);
}

SshSurroundings ourSurroundings() {
    SshSurroundings ours;
    const passwd* const entry = getpwuid(getuid());
    ours.home = QDir::homePath();
    ours.user = entry != nullptr ? QFile::decodeName(entry->pw_name) : qEnvironmentVariable("USER");
    ours.localName = QSysInfo::machineHostName();
    ours.userId = QString::number(getuid());
    ours.read = &contentOf;
    ours.glob = &filesMatching;
    ours.variable = [](const QString& variable) -> std::optional<QString> {
        const QByteArray wanted = variable.toUtf8();
        if (!qEnvironmentVariableIsSet(wanted.constData()))
            return std::nullopt;
        return qEnvironmentVariable(wanted.constData());
    };
    return ours;
}

} // namespace app
