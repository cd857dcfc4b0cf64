// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshconfigreader.h"

#include "app/ssh/hostpattern.h"

#include <QCoreApplication>

#include <utility>

namespace app {
namespace {

constexpr int depthLimit = 16;

QString tr(const char* text) {
    return QCoreApplication::translate("SshConfig", text);
}

/// What Debian's own file says on every machine: nobody chose it, and it would be noted of each
/// host.
bool isOfEveryMachine(const QString& path, const QString& keyword) {
    static const QSet<QString> usual{QStringLiteral("sendenv"), QStringLiteral("hashknownhosts"),
                                     QStringLiteral("gssapiauthentication")};
    return path == QLatin1String("/etc/ssh/ssh_config") && usual.contains(keyword);
}

bool isHonoured(const QString& keyword) {
    static const QSet<QString> honoured{QStringLiteral("hostname"),
                                        QStringLiteral("port"),
                                        QStringLiteral("user"),
                                        QStringLiteral("identityfile"),
                                        QStringLiteral("identitiesonly"),
                                        QStringLiteral("certificatefile"),
                                        QStringLiteral("hostkeyalias"),
                                        QStringLiteral("proxyjump"),
                                        QStringLiteral("proxycommand"),
                                        QStringLiteral("serveraliveinterval"),
                                        QStringLiteral("serveralivecountmax"),
                                        QStringLiteral("identityagent"),
                                        QStringLiteral("userknownhostsfile"),
                                        QStringLiteral("globalknownhostsfile"),
                                        QStringLiteral("connecttimeout"),
                                        QStringLiteral("stricthostkeychecking")};
    return honoured.contains(keyword);
}

/// Keywords of which every value counts.
bool isCollected(const QString& keyword) {
    return keyword == QLatin1String("identityfile") || keyword == QLatin1String("certificatefile");
}

QByteArrayList encoded(const QStringList& texts) {
    QByteArrayList bytes;
    for (const QString& text : texts)
        bytes << text.toUtf8();
    return bytes;
}

} // namespace

SshConfigReader::SshConfigReader(QString alias, QString user, const SshSurroundings& surroundings)
    : m_alias(std::move(alias))
    , m_user(std::move(user))
    , m_surroundings(surroundings) {}

void SshConfigReader::readFile(const QString& path) {
    read(path, true, 0);
}

QString SshConfigReader::text(const QString& keyword) const {
    return value(keyword).arguments.value(0);
}

QStringList SshConfigReader::texts(const QString& keyword) const {
    QStringList all;
    for (const Value& one : m_values.value(keyword))
        all << one.arguments.value(0);
    return all;
}

SshConfigReader::Value SshConfigReader::value(const QString& keyword) const {
    return m_values.value(keyword).value(0);
}

void SshConfigReader::note(SettingsNote::Weight weight, const QString& keyword,
                           const QString& message) {
    const Value where = value(keyword.toLower());
    addNote({weight, where.file, where.line, keyword, message});
}

void SshConfigReader::addNote(const SettingsNote& note) {
    if (!m_notes.contains(note))
        m_notes.append(note);
}

void SshConfigReader::read(const QString& path, bool applies, int depth) {
    const auto content = m_surroundings.read(path);
    if (!content || m_reading.contains(path))
        return;
    m_reading.insert(path);
    bool isActive = applies;
    for (const SshConfigLine& line : sshConfigLines(*content)) {
        if (line.keyword == QLatin1String("host"))
            isActive = applies && matchesHost(line.arguments);
        else if (line.keyword == QLatin1String("match"))
            isActive = applies && matches(path, line);
        else if (line.keyword == QLatin1String("include"))
            include(path, line, isActive, depth);
        else if (isActive)
            take(path, line);
    }
    m_reading.remove(path);
}

void SshConfigReader::include(const QString& path, const SshConfigLine& line, bool applies,
                              int depth) {
    if (!applies)
        return;
    if (depth == depthLimit) {
        addNote({SettingsNote::Weight::Blocks, path, line.number, line.spelled,
                 tr("Include goes deeper than %1 files.").arg(depthLimit)});
        return;
    }
    const bool isSystem = path.startsWith(QLatin1String("/etc/ssh/"));
    const QString base =
        isSystem ? QStringLiteral("/etc/ssh") : m_surroundings.home + QStringLiteral("/.ssh");
    for (const QString& argument : line.arguments) {
        QString pattern = argument;
        if (pattern.startsWith(QLatin1String("~/")))
            pattern.replace(0, 1, m_surroundings.home);
        else if (!pattern.startsWith(QLatin1Char('/')))
            pattern = base + QLatin1Char('/') + pattern;
        for (const QString& file : m_surroundings.glob(pattern))
            read(file, applies, depth + 1);
    }
}

bool SshConfigReader::matchesHost(const QStringList& patterns) const {
    return matchesPatterns(encoded(patterns), m_alias.toLower().toUtf8());
}

/// Every criterion has to hold. One that is not understood does not.
bool SshConfigReader::matches(const QString& path, const SshConfigLine& line) {
    bool all = !line.arguments.isEmpty();
    for (qsizetype i = 0; i < line.arguments.size(); ++i) {
        QString criterion = line.arguments[i].toLower();
        const bool isNegated = criterion.startsWith(QLatin1Char('!'));
        if (isNegated)
            criterion.remove(0, 1);
        if (criterion == QLatin1String("all"))
            continue;
        const QString user = m_user.isEmpty() ? text(QStringLiteral("user")) : m_user;
        QString subject;
        if (criterion == QLatin1String("host")) {
            subject = text(QStringLiteral("hostname"));
            subject = (subject.isEmpty() ? m_alias : subject).toLower();
        } else if (criterion == QLatin1String("originalhost")) {
            subject = m_alias.toLower();
        } else if (criterion == QLatin1String("user")) {
            subject = user.isEmpty() ? m_surroundings.user : user;
        } else if (criterion == QLatin1String("localuser")) {
            subject = m_surroundings.user;
        } else {
            addNote(
                {SettingsNote::Weight::Ignored, path, line.number, line.spelled,
                 tr("Match %1 is not honoured: what stands below it is left out.").arg(criterion)});
            return false;
        }
        const QStringList patterns = line.arguments.value(++i).split(QLatin1Char(','));
        all = all && matchesPatterns(encoded(patterns), subject.toUtf8()) != isNegated;
    }
    return all;
}

void SshConfigReader::take(const QString& path, const SshConfigLine& line) {
    if (!isHonoured(line.keyword)) {
        if (isOfEveryMachine(path, line.keyword))
            return;
        addNote({SettingsNote::Weight::Ignored, path, line.number, line.spelled,
                 tr("%1 is not honoured: it is connected without it.").arg(line.spelled)});
        return;
    }
    if (line.arguments.isEmpty()) {
        addNote({SettingsNote::Weight::Blocks, path, line.number, line.spelled,
                 tr("%1 needs a value in line %2 of %3.")
                     .arg(line.spelled, QString::number(line.number), path)});
        return;
    }
    // Whichever of the two comes first counts.
    if ((line.keyword == QLatin1String("proxycommand") &&
         m_values.contains(QStringLiteral("proxyjump"))) ||
        (line.keyword == QLatin1String("proxyjump") &&
         m_values.contains(QStringLiteral("proxycommand"))))
        return;
    QList<Value>& values = m_values[line.keyword];
    if (values.isEmpty() || isCollected(line.keyword))
        values.append({line.arguments, path, line.number});
}

} // namespace app
