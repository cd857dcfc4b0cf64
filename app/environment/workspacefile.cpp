// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/environment/workspacefile.h"

#include "app/environment/runbookfinder.h"
#include "app/runbook/documentfile.h"
#include "app/runbook/runbookservice.h"
#include "models/core/sha256.h"
#include "models/environment/trust.h"

#include <QDir>
#include <QFileInfo>

#include <optional>

namespace app {

using models::Error;
using models::ErrorCode;
using models::failure;
using models::Result;
using models::Workspace;

namespace {

constexpr qint64 maximumFileBytes = 1024 * 1024;
/// Runbooks beyond this sum are listed, and take part in the trust hash by path and size only.
constexpr qint64 maximumTrustBytes = 64LL * 1024 * 1024;

const QString fileName = QStringLiteral("gantry.yaml");

QString derivedId(const Workspace& workspace, const QString& of) {
    const QByteArray text = (workspace.name + QLatin1Char('\n') + of).toUtf8();
    return models::sha256Text(text).left(16);
}

/// Joins what the runbooks can run into the hash of the file.
void joinRunbooks(Workspace& workspace) {
    QStringList parts;
    qint64 bytes = 0;
    for (const QString& relative : workspace.runbooks) {
        const QString path = workspace.root + QLatin1Char('/') + relative;
        const qint64 size = QFileInfo(path).size();
        bytes += size;
        const Result<models::Runbook> runbook = bytes <= maximumTrustBytes
                                                    ? RunbookService::read(path)
                                                    : failure(ErrorCode::Refused, QString());
        // What cannot be read is part of the hash as well: once it can, the hash is another.
        parts.append(runbook ? models::runbookTrust(relative, *runbook)
                             : QStringLiteral("%1 %2").arg(size).arg(relative));
    }
    workspace.trustHash = models::joinTrust(workspace.trustHash, parts);
}

ReadWorkspace finished(Workspace workspace) {
    ReadWorkspace read;
    FoundRunbooks found =
        findRunbooks(workspace.root, workspace.runbookPatterns, workspace.runbookPatternLines);
    workspace.runbooks = found.files;
    workspace.diagnostics += found.diagnostics;
    joinRunbooks(workspace);
    read.folders = found.folders;
    if (!read.folders.contains(workspace.root))
        read.folders.append(workspace.root);
    read.workspace = std::move(workspace);
    return read;
}

Workspace withDefaults(Workspace workspace, const QString& root, const QStringList& patterns) {
    workspace.root = root;
    if (workspace.name.isEmpty())
        workspace.name = QFileInfo(root).fileName();
    if (workspace.name.isEmpty())
        workspace.name = root;
    if (workspace.id.isEmpty())
        workspace.id = derivedId(workspace, root);
    if (workspace.runbookPatterns.isEmpty())
        workspace.runbookPatterns = patterns;
    return workspace;
}

/// As gantry.yaml says it, where there is one.
Workspace declared(const QString& root) {
    const QString file = QDir(root).filePath(fileName);
    Workspace workspace;
    if (!QFileInfo::exists(file) && !QFileInfo(file).isSymLink()) {
        workspace.environments.append(models::localEnvironment());
        return withDefaults(std::move(workspace), root, {QStringLiteral("*.md")});
    }
    const Result<QByteArray> bytes = readDocument(file, maximumFileBytes);
    if (bytes) {
        workspace = models::parseWorkspace(*bytes);
    } else {
        // The folder is there all the same: its documents can be read while the file is mended.
        workspace.environments.append(models::localEnvironment());
        workspace.diagnostics.append({1, 1, models::Severity::Error, bytes.error().message});
    }
    const QStringList patterns{QStringLiteral("*.md"), QStringLiteral("runbooks/*.md")};
    return withDefaults(std::move(workspace), root, patterns);
}

Result<Workspace> declaredIn(const QFileInfo& folder) {
    const QString root = QDir::cleanPath(folder.absoluteFilePath());
    if (!folder.isReadable() || !folder.isExecutable()) {
        return failure(ErrorCode::NotReadable,
                       QStringLiteral("The folder \"%1\" cannot be read. Check that you may open "
                                      "it (ls -ld shows who can).")
                           .arg(root));
    }
    return declared(root);
}

Result<ReadWorkspace> readFolder(const QFileInfo& folder) {
    return declaredIn(folder).map(&finished);
}

Result<ReadWorkspace> readLoneFile(const QFileInfo& file) {
    // Only whether it can be read is asked here; the document itself is the runbook service's.
    const QString path = QDir::cleanPath(file.absoluteFilePath());
    const Result<models::Runbook> runbook = RunbookService::read(path);
    if (!runbook)
        return tl::unexpected(runbook.error());
    ReadWorkspace read;
    Workspace& workspace = read.workspace;
    workspace.isLoneFile = true;
    workspace.root = QFileInfo(path).absolutePath();
    workspace.name = file.completeBaseName();
    workspace.id = derivedId(workspace, path);
    workspace.environments.append(models::localEnvironment());
    workspace.runbooks.append(file.fileName());
    workspace.trustHash =
        models::joinTrust(QString(), {models::runbookTrust(file.fileName(), *runbook)});
    read.folders.append(workspace.root);
    return read;
}

/// The workspace that lists the document; nothing where it is alone. Who else may write above it is
/// not to say what its steps are run with.
std::optional<ReadWorkspace> readListing(const QFileInfo& file) {
    QDir folder = file.absoluteDir();
    while (!folder.exists(fileName)) {
        if (!folder.cdUp())
            return std::nullopt;
    }
    if (QFileInfo(folder.filePath(fileName)).ownerId() != file.ownerId())
        return std::nullopt;
    ReadWorkspace read = finished(declared(folder.path()));
    const QString relative = folder.relativeFilePath(QDir::cleanPath(file.absoluteFilePath()));
    return read.workspace.runbooks.contains(relative) ? std::optional(std::move(read))
                                                      : std::nullopt;
}

Result<QFileInfo> existing(const QString& path) {
    if (path.isEmpty())
        return failure(ErrorCode::InvalidInput, QStringLiteral("No folder or file was named."));
    QFileInfo given(path);
    if (given.exists())
        return given;
    return failure(ErrorCode::NotFound,
                   QStringLiteral("There is no folder or file \"%1\". It may have been moved or "
                                  "deleted; check the path.")
                       .arg(path));
}

} // namespace

Result<Workspace> outlineWorkspace(const QString& path) {
    return existing(path)
        .and_then([&path](const QFileInfo& given) -> Result<Workspace> {
            if (given.isDir())
                return declaredIn(given);
            return readWorkspace(path).map(
                [](const ReadWorkspace& read) { return read.workspace; });
        })
        .map([](Workspace workspace) {
            workspace.trustHash.clear();
            return workspace;
        });
}

Result<ReadWorkspace> readWorkspace(const QString& path) {
    const Result<QFileInfo> found = existing(path);
    if (!found)
        return tl::unexpected(found.error());
    const QFileInfo& given = *found;
    if (given.isDir())
        return readFolder(given);
    if (given.fileName() == fileName)
        return readFolder(QFileInfo(given.absolutePath()));
    static const QStringList yaml{QStringLiteral("yaml"), QStringLiteral("yml")};
    if (yaml.contains(given.suffix().toLower())) {
        return failure(ErrorCode::InvalidInput,
                       QStringLiteral("\"%1\" is not the workspace file. It must be called "
                                      "gantry.yaml; rename it, or open its folder.")
                           .arg(path));
    }
    if (std::optional<ReadWorkspace> listing = readListing(given))
        return std::move(*listing);
    return readLoneFile(given);
}

} // namespace app
