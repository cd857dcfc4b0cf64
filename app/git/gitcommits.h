// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/version/commitgraph.h"

#include <QObject>
#include <QProcess>

#include <deque>

namespace app {

/// Asks `git` about a repository, one question at a time. Git is run without a shell, and so that
/// it neither fetches, nor asks, nor runs anything that the repository names: names are data behind
/// --end-of-options, hooks, pagers, helpers and signature programs are off, and no transport is
/// allowed. Main thread; waits for nothing.
class GitCommits final : public QObject, public CommitGraph {
    Q_OBJECT

public:
    /// program: found in PATH.
    explicit GitCommits(QString program = QStringLiteral("git"), QObject* parent = nullptr);
    ~GitCommits() override;

    void relate(const CommitQuestion& question, Done done) override;

private:
    struct Waiting {
        CommitQuestion question;
        Done done;
    };
    /// What one call of git says; nothing where it could not be started.
    using Heard = std::function<void(int status, const QByteArray& out)>;

    void next();
    void call(const QStringList& arguments, Heard heard);
    void resolve(const QString& name, std::function<void(const QString& commit)> done);
    void count();
    void readLines(const QString& range, QList<models::CommitLine>& lines,
                   std::function<void()> done);
    void finish(const models::Result<models::CommitRelation>& relation);

    const QString m_program;
    std::deque<Waiting> m_waiting;
    bool m_isBusy = false;
    CommitQuestion m_question; ///< under way
    Done m_done;
    models::CommitRelation m_relation;
    QProcess* m_process = nullptr;
};

} // namespace app
