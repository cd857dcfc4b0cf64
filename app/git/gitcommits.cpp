// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/git/gitcommits.h"

#include <QDir>
#include <QProcessEnvironment>
#include <QTimer>

#include <utility>

namespace app {

namespace {

using models::ErrorCode;

constexpr int shownLines = 20;
constexpr std::chrono::seconds callLimit{10};

/// Nothing that the repository or the surroundings say is run or reached (git-config(1), git(1)).
QStringList hardened(const QString& repository) {
    return {u"--no-pager"_qs,
            u"--no-replace-objects"_qs,
            u"--no-optional-locks"_qs,
            u"-c"_qs,
            u"core.hooksPath=/dev/null"_qs,
            u"-c"_qs,
            u"core.fsmonitor=false"_qs,
            u"-c"_qs,
            u"log.showSignature=false"_qs,
            u"-c"_qs,
            u"protocol.allow=never"_qs,
            u"-C"_qs,
            repository};
}

/// Of a console that was itself started by git, another repository could be meant.
QProcessEnvironment surroundings() {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString& name : environment.keys()) {
        if (name.startsWith(u"GIT_"))
            environment.remove(name);
    }
    environment.insert(u"GIT_TERMINAL_PROMPT"_qs, u"0"_qs);
    environment.insert(u"GIT_ALLOW_PROTOCOL"_qs, u"none"_qs); // a partial clone would fetch
    environment.insert(u"LC_ALL"_qs, u"C.UTF-8"_qs);
    return environment;
}

} // namespace

GitCommits::GitCommits(QString program, QObject* parent)
    : QObject(parent)
    , m_program(std::move(program)) {}

GitCommits::~GitCommits() {
    if (m_process == nullptr)
        return;
    m_process->disconnect(this);
    m_process->kill(); // it is reaped by QProcess, and changes nothing
}

void GitCommits::relate(const CommitQuestion& question, Done done) {
    m_waiting.push_back({question, std::move(done)});
    if (!m_isBusy)
        next();
}

void GitCommits::next() {
    if (m_waiting.empty())
        return;
    m_isBusy = true;
    m_question = m_waiting.front().question;
    m_done = std::move(m_waiting.front().done);
    m_waiting.pop_front();
    m_relation = {};
    const bool isGood =
        models::isRevisionName(m_question.from) && models::isRevisionName(m_question.to);
    if (!isGood || !QDir::isAbsolutePath(m_question.repository))
        return finish(
            models::failure(ErrorCode::InvalidInput, tr("This is no revision of a repository.")));
    if (!QDir(m_question.repository).exists())
        return finish(models::failure(ErrorCode::NotFound,
                                      tr("There is no folder %1.").arg(m_question.repository)));
    resolve(m_question.from, [this](const QString& from) {
        m_relation.from = from;
        resolve(m_question.to, [this](const QString& to) {
            m_relation.to = to;
            count();
        });
    });
}

void GitCommits::call(const QStringList& arguments, Heard heard) {
    auto* const process = new QProcess(this);
    m_process = process;
    process->setProgram(m_program);
    process->setArguments(hardened(m_question.repository) + arguments);
    process->setProcessEnvironment(surroundings());
    process->setStandardInputFile(QProcess::nullDevice());
    auto* const limit = new QTimer(process);
    limit->setSingleShot(true);
    connect(limit, &QTimer::timeout, process, &QProcess::kill);
    limit->start(callLimit);
    connect(process, &QProcess::errorOccurred, this, [this, process](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return; // finished() follows
        process->deleteLater();
        m_process = nullptr;
        finish(
            models::failure(ErrorCode::NotFound,
                            tr("%1 cannot be started. Install the package git.").arg(m_program)));
    });
    connect(process, &QProcess::finished, this,
            [this, process, heard = std::move(heard)](int code, QProcess::ExitStatus status) {
                process->deleteLater();
                m_process = nullptr;
                heard(status == QProcess::NormalExit ? code : -1, process->readAllStandardOutput());
            });
    process->start(QIODevice::ReadOnly);
}

void GitCommits::resolve(const QString& name, std::function<void(const QString& commit)> done) {
    call({u"rev-parse"_qs, u"--verify"_qs, u"--quiet"_qs, u"--end-of-options"_qs,
          name + u"^{commit}"_qs},
         [this, name, done = std::move(done)](int status, const QByteArray& out) {
             const QString commit = QString::fromLatin1(out.trimmed());
             if (status == 0 && models::isCommit(commit))
                 return done(commit);
             // 128: no repository at all, or one that git refuses to read.
             finish(models::failure(
                 ErrorCode::NotFound,
                 status == 1
                     ? tr("%1 has no commit, branch or tag %2. Fetch it there.")
                           .arg(m_question.repository, name)
                     : tr("%1 is no repository that git reads.").arg(m_question.repository)));
         });
}

void GitCommits::count() {
    call({u"rev-list"_qs, u"--left-right"_qs, u"--count"_qs,
          m_relation.from + u"..."_qs + m_relation.to, u"--"_qs},
         [this](int status, const QByteArray& out) {
             const QList<QByteArray> counts = out.simplified().split(' ');
             if (status != 0 || counts.size() != 2)
                 return finish(models::failure(ErrorCode::NotReadable,
                                               tr("The history in %1 is not whole. Fetch it there.")
                                                   .arg(m_question.repository)));
             m_relation.behind = counts[0].toInt();
             m_relation.ahead = counts[1].toInt();
             readLines(m_relation.to + u".."_qs + m_relation.from, m_relation.behindLines, [this] {
                 readLines(m_relation.from + u".."_qs + m_relation.to, m_relation.aheadLines,
                           [this] { finish(m_relation); });
             });
         });
}

void GitCommits::readLines(const QString& range, QList<models::CommitLine>& lines,
                           std::function<void()> done) {
    call({u"log"_qs, u"--no-show-signature"_qs, u"--no-color"_qs, u"-z"_qs,
          u"--max-count=%1"_qs.arg(shownLines), u"--format=%H %s"_qs, range, u"--"_qs},
         [&lines, done = std::move(done)](int status, const QByteArray& out) {
             for (const QByteArray& line : status == 0 ? out.split('\0') : QList<QByteArray>()) {
                 const qsizetype space = line.indexOf(' ');
                 if (space > 0)
                     lines.append({QString::fromLatin1(line.left(space)),
                                   QString::fromUtf8(line.mid(space + 1)).left(200)});
             }
             done();
         });
}

void GitCommits::finish(const models::Result<models::CommitRelation>& relation) {
    const Done done = std::exchange(m_done, nullptr);
    const models::Result<models::CommitRelation> answer = relation;
    m_isBusy = false;
    // From the loop: whoever is told may ask again at once, or end this.
    QTimer::singleShot(0, this, [this] {
        if (!m_isBusy)
            next();
    });
    done(answer);
}

} // namespace app
