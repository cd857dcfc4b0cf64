// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/runbook/runbook.h"

#include <QFuture>
#include <QObject>
#include <QSet>

#include <memory>

namespace app {

/// Reads and parses runbooks off the window's thread, and tells when a file changes. Main thread.
class RunbookService : public QObject {
    Q_OBJECT

public:
    explicit RunbookService(QObject* parent = nullptr);
    ~RunbookService() override;

    /// Reads and parses; an unreadable file is NotReadable with what to do. `given` are the names
    /// to which the workspace gives a value (models::givenNames): no warning is made for them.
    QFuture<models::Result<models::Runbook>> load(const QString& absolutePath,
                                                  const QSet<QString>& given = {});
    /// The same, on the calling thread, for the command line.
    [[nodiscard]] static models::Result<models::Runbook> read(const QString& absolutePath,
                                                              const QSet<QString>& given = {});

    /// From now on runbookChanged is emitted when the file's content changes or it vanishes.
    /// sha256: of the content that the caller has (Runbook::sha256), so that a change since then
    /// is told as well; without it changes count from a moment after this call.
    void watch(const QString& absolutePath, const QString& sha256 = {});
    void unwatch(const QString& absolutePath);

Q_SIGNALS:
    void runbookChanged(const QString& absolutePath);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace app
