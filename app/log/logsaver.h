// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/courier.h"
#include "models/core/result.h"
#include "models/log/logmerge.h"
#include "models/log/logsnapshot.h"

#include <QObject>
#include <QString>
#include <QThreadPool>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace app {

/// What is to be saved, and how. Each line is saved as the program wrote it, with its escape
/// sequences, behind a line feed; lines of several sources have the name of theirs in front. A
/// stamp that a runtime had put before a line is not part of it: see Times.
struct LogSaving {
    /// With: the line's time in UTC comes first, as a runtime would put it; lines that have none
    /// get none.
    enum class Times { Without, With };
    enum class Existing { Keep, Replace }; ///< a file that is there by that name

    struct Source {
        models::LogSnapshot snapshot;
        QString name;
    };

    QList<Source> sources;
    /// These, in this order; none: all that there are, merged by time.
    std::optional<std::vector<models::MergedLine>> lines;
    QString path; ///< ".zst" at its end packs it
    Existing existing = Existing::Keep;
    Times times = Times::Without;
    /// What a marker says, in a line; called on another thread. Where lines are saved as they were
    /// and nothing else, markers are left out.
    std::function<QString(const models::LogMarker&)> markerWords;

    /// How many lines there are to go through.
    [[nodiscard]] qint64 lineCount() const;
    /// Whether anything but the program's own bytes is in the file.
    [[nodiscard]] bool isPlain() const { return sources.size() < 2 && times == Times::Without; }
};

/// Saves lines to files of this machine, one file at a time, on a thread of its own and in as much
/// memory for many lines as for few. A file is there whole or not at all. On the main thread.
class LogSaver final : public QObject {
    Q_OBJECT

public:
    struct Saved {
        QString path;
        qint64 lines = 0;
        qint64 leftOut = 0; ///< markers
        qint64 bytes = 0;   ///< of the file

        bool operator==(const Saved&) const = default;
    };

    explicit LogSaver(QObject* parent = nullptr);
    /// Cancels what is under way, and waits until it has ended.
    ~LogSaver() override;

    /// Not while one is being saved.
    void save(const LogSaving& saving);
    /// Nothing is written; finished() says so.
    void cancel();
    [[nodiscard]] bool isSaving() const { return m_job != nullptr; }

Q_SIGNALS:
    /// So many of LogSaving::lineCount() are done: 0 once the file can be written, then a few times
    /// a second.
    void progressed(qint64 done);
    /// Where it was cancelled, with that code; with Refused where the file is there and is to be
    /// kept.
    void finished(const models::Result<app::LogSaver::Saved>& saved);

private:
    struct Job;

    std::shared_ptr<Job> m_job;
    Courier m_inbox; ///< what that thread says
    QThreadPool m_worker;
};

} // namespace app
