// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/house/layers.h"

#include <QFileInfo>
#include <QLibraryInfo>
#include <QRegularExpression>
#include <QSet>

namespace tests {

namespace {

/// Where a file stands: "models", "app", "ui" and the folder below it (empty for files beside it).
struct Room {
    QString layer;
    QString feature;
};

Room roomOf(const QString& path) {
    const QStringList parts = path.split(QLatin1Char('/'));
    return {parts.value(0), parts.size() > 2 ? parts.value(1) : QString()};
}

bool isService(const Room& room) {
    static const QSet<QString> services{
        QStringLiteral("run"),       QStringLiteral("runbook"),  QStringLiteral("environment"),
        QStringLiteral("host"),      QStringLiteral("health"),   QStringLiteral("log"),
        QStringLiteral("version"),   QStringLiteral("contract"), QStringLiteral("golive"),
        QStringLiteral("preflight"), QStringLiteral("workspace")};
    return room.layer == QLatin1String("app") && services.contains(room.feature);
}

/// What all of app stands on.
bool isGround(const Room& room) {
    static const QSet<QString> ground{QStringLiteral("diagnostics"), QStringLiteral("storage")};
    return room.layer == QLatin1String("app") && ground.contains(room.feature);
}

bool isAssembly(const Room& room) {
    return room.layer == QLatin1String("app") && room.feature.isEmpty();
}

/// Whether the header is one of this Qt module.
bool isOfQt(const QString& module, const QString& header) {
    const QString name = header.section(QLatin1Char('/'), -1);
    static const QString headers = QLibraryInfo::path(QLibraryInfo::HeadersPath);
    return header.startsWith(module + QLatin1Char('/')) || header == module ||
           QFileInfo::exists(headers + QLatin1Char('/') + module + QLatin1Char('/') + name);
}

QString systemCrossing(const Room& from, const QString& header) {
    const bool isQt = header.startsWith(QLatin1Char('Q'));
    if (from.layer == QLatin1String("models")) {
        if (isQt && !isOfQt(QStringLiteral("QtCore"), header))
            return QStringLiteral("models use Qt Core only");
        // Reading, clocks and threads are the business of app. QDir and QFileInfo are not here:
        // what they do to the text of a path touches no file.
        static const QSet<QString> acting{
            QStringLiteral("QFile"),          QStringLiteral("QProcess"),
            QStringLiteral("QThread"),        QStringLiteral("QThreadPool"),
            QStringLiteral("QTimer"),         QStringLiteral("QElapsedTimer"),
            QStringLiteral("QSettings"),      QStringLiteral("QMutex"),
            QStringLiteral("QSaveFile"),      QStringLiteral("QTemporaryFile"),
            QStringLiteral("QFuture"),        QStringLiteral("QFileSystemWatcher"),
            QStringLiteral("QStandardPaths"), QStringLiteral("QLoggingCategory"),
            QStringLiteral("thread"),         QStringLiteral("mutex"),
            QStringLiteral("fstream"),        QStringLiteral("filesystem"),
            QStringLiteral("iostream"),       QStringLiteral("future"),
            QStringLiteral("unistd.h")};
        if (acting.contains(header))
            return QStringLiteral("models neither read, nor wait, nor know the time");
    }
    const bool mayShow = from.layer == QLatin1String("ui") || isAssembly(from);
    if (!mayShow && isQt && isOfQt(QStringLiteral("QtWidgets"), header))
        return QStringLiteral("only ui has widgets");
    return {};
}

QString fromApp(const Room& from, const Room& to, const QString& path) {
    if (to.layer == QLatin1String("ui"))
        return QStringLiteral("app does not know the ui");
    if (to.layer == QLatin1String("models") || isGround(to) || to.feature == from.feature)
        return {};
    if (isGround(from))
        return QStringLiteral("diagnostics and storage know models only");
    if (isService(from))
        return isService(to) ? QString()
                             : QStringLiteral("a service reaches an adapter through an interface");
    static const QSet<QString> interfaces{QStringLiteral("app/health/healthhistory.h"),
                                          QStringLiteral("app/health/metricsource.h"),
                                          QStringLiteral("app/health/notifier.h"),
                                          QStringLiteral("app/health/prober.h"),
                                          QStringLiteral("app/host/hostlink.h"),
                                          QStringLiteral("app/host/hostquestion.h"),
                                          QStringLiteral("app/host/hostreport.h"),
                                          QStringLiteral("app/host/hostservice.h"),
                                          QStringLiteral("app/run/approvalsigner.h"),
                                          QStringLiteral("app/run/courier.h"),
                                          QStringLiteral("app/run/enginethread.h"),
                                          QStringLiteral("app/run/journalstore.h"),
                                          QStringLiteral("app/run/place.h"),
                                          QStringLiteral("app/run/secretstore.h"),
                                          QStringLiteral("app/run/sleepinhibitor.h"),
                                          QStringLiteral("app/run/startedpromise.h"),
                                          QStringLiteral("app/run/whenfinished.h"),
                                          QStringLiteral("app/log/containerlist.h"),
                                          QStringLiteral("app/log/logorigin.h"),
                                          QStringLiteral("app/log/logorigins.h"),
                                          QStringLiteral("app/log/logsink.h"),
                                          QStringLiteral("app/log/logsource.h"),
                                          QStringLiteral("app/log/logstamp.h"),
                                          QStringLiteral("app/version/commitgraph.h"),
                                          QStringLiteral("app/version/containerlookup.h")};
    if (interfaces.contains(path))
        return {};
    // A host is a place like this machine: commands there run under the same supervisor, over other
    // channels, and arguments are quoted by the same function.
    static const QSet<QString> ofPlaces{
        QStringLiteral("app/process/attachedcommand.h"), QStringLiteral("app/process/channel.h"),
        QStringLiteral("app/process/reach.h"), QStringLiteral("app/process/supervisedplace.h"),
        QStringLiteral("app/process/supervisorprogram.h")};
    if (from.feature == QLatin1String("ssh") && ofPlaces.contains(path))
        return {};
    // Containers are asked over channels, wherever they lead.
    static const QSet<QString> ofChannels{QStringLiteral("app/process/channel.h"),
                                          QStringLiteral("app/process/reach.h")};
    if (from.feature == QLatin1String("container") && ofChannels.contains(path))
        return {};
    return QStringLiteral("an adapter knows models and the interfaces that it implements");
}

QString fromUi(const Room& from, const Room& to) {
    if (to.layer == QLatin1String("models") || to.feature == from.feature)
        return {};
    const bool isBase =
        from.feature == QLatin1String("theme") || from.feature == QLatin1String("widgets");
    if (to.layer == QLatin1String("app")) {
        if (isBase)
            return QStringLiteral("theme and widgets know models only");
        return isService(to) ? QString()
                             : QStringLiteral("ui talks to services, never to adapters");
    }
    if (to.feature == QLatin1String("theme"))
        return {};
    if (to.feature == QLatin1String("widgets"))
        return from.feature == QLatin1String("theme") ? QStringLiteral("the theme knows no widgets")
                                                      : QString();
    if (from.feature == QLatin1String("shell"))
        return {};
    return QStringLiteral("features do not include one another; the shell assembles them");
}

} // namespace

QList<Include> includesOf(const QString& source) {
    static const QRegularExpression form(
        QStringLiteral("^\\s*#\\s*include\\s*(?:\"([^\"]+)\"|<([^>]+)>)"));
    static const QRegularExpression blockComment(QStringLiteral("/\\*.*?\\*/"),
                                                 QRegularExpression::DotMatchesEverythingOption);
    QList<Include> includes;
    QString plain = source;
    plain.remove(blockComment);
    int number = 0;
    for (const QString& line : plain.split(QLatin1Char('\n'))) {
        ++number;
        const QRegularExpressionMatch match = form.match(line);
        if (!match.hasMatch())
            continue;
        const bool isSystem = match.captured(1).isEmpty();
        includes.append({match.captured(isSystem ? 2 : 1), isSystem, number});
    }
    return includes;
}

QString crossing(const QString& file, const Include& include) {
    const Room from = roomOf(file);
    if (include.isSystem)
        return systemCrossing(from, include.path);
    static const QSet<QString> layers{QStringLiteral("models"), QStringLiteral("app"),
                                      QStringLiteral("ui")};
    const Room to = roomOf(include.path);
    if (!layers.contains(to.layer) || !include.path.contains(QLatin1Char('/')))
        return QStringLiteral("an include is written from the project's root");
    if (from.layer == QLatin1String("models"))
        return to.layer == QLatin1String("models") ? QString()
                                                   : QStringLiteral("models know models only");
    if (isAssembly(from))
        return {};
    if (isAssembly(to))
        return QStringLiteral("nobody knows the place where everything is put together");
    return from.layer == QLatin1String("app") ? fromApp(from, to, include.path) : fromUi(from, to);
}

} // namespace tests
