// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/git/gitcommits.h"
#include "tests/support/temporaryhome.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using app::CommitQuestion;
using app::GitCommits;
using models::CommitRelation;
using models::Result;

namespace {

constexpr int patience = 60'000;

/// A repository: main has three commits, "old" is the first of them, and "side" left it there.
class Repository {
public:
    Repository() {
        git({"init", "--quiet", "--initial-branch=main"});
        commit("First");
        git({"tag", "old"});
        git({"checkout", "--quiet", "-b", "side"});
        commit("On the side");
        git({"checkout", "--quiet", "main"});
        commit("Second");
        commit("Third <b>\x1b[31m");
    }

    QByteArray git(const QStringList& arguments) const {
        QProcess process;
        process.setWorkingDirectory(path());
        process.start(QStringLiteral("git"),
                      QStringList{QStringLiteral("-c"), QStringLiteral("user.name=Release"),
                                  QStringLiteral("-c"),
                                  QStringLiteral("user.email=release@example.com")} +
                          arguments);
        process.waitForFinished(patience);
        return process.readAllStandardOutput().trimmed();
    }
    QByteArray git(std::initializer_list<const char*> arguments) const {
        QStringList words;
        for (const char* argument : arguments)
            words.append(QString::fromUtf8(argument));
        return git(words);
    }
    void commit(const char* subject) const {
        git({"commit", "--quiet", "--allow-empty", "-m", subject});
    }
    void write(const QString& name, const QByteArray& text) const {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(text);
        file.close();
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }
    [[nodiscard]] QString path() const { return m_folder.path(); }
    [[nodiscard]] QString at(const QString& name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
};

QStringList subjects(const QList<models::CommitLine>& lines) {
    QStringList found;
    for (const models::CommitLine& line : lines)
        found.append(line.subject);
    return found;
}

} // namespace

class TestGitCommits : public QObject {
    Q_OBJECT

    Result<CommitRelation> ask(const QString& from, const QString& to, const QString& folder) {
        GitCommits commits;
        std::optional<Result<CommitRelation>> answer;
        commits.relate({folder, from, to}, [&answer](const auto& relation) { answer = relation; });
        [&] { QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), patience); }();
        return answer.value_or(models::failure(models::ErrorCode::Internal, {}));
    }
    Result<CommitRelation> ask(const char* from, const char* to) {
        return ask(QString::fromUtf8(from), QString::fromUtf8(to), m_repository->path());
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(!QStandardPaths::findExecutable(QStringLiteral("git")).isEmpty(),
                 "git is not installed: see packaging/packages");
        m_repository = std::make_unique<Repository>();
    }

    void countsWhatLiesBetween() {
        const auto relation = ask("main", "old");
        QVERIFY2(relation, relation ? "" : qPrintable(relation.error().message));
        QCOMPARE(relation->behind, 2);
        QCOMPARE(relation->ahead, 0);
        QCOMPARE(subjects(relation->behindLines).value(1), QStringLiteral("Second"));
        QVERIFY(relation->aheadLines.isEmpty());
        QCOMPARE(relation->to.toLatin1(), m_repository->git({"rev-parse", "old"}));
        const auto apart = ask("main", "side");
        QCOMPARE(apart->behind, 2);
        QCOMPARE(apart->ahead, 1);
        QCOMPARE(subjects(apart->aheadLines), {QStringLiteral("On the side")});
    }

    void namesAndCommitsAreTheSame() {
        const QByteArray commit = m_repository->git({"rev-parse", "main"});
        const auto relation = ask("main", commit.left(8).constData());
        QVERIFY(relation);
        QCOMPARE(relation->from, relation->to);
        QCOMPARE(relation->ahead + relation->behind, 0);
    }

    void saysWhyNot() {
        QVERIFY(ask("main", "nowhere").error().message.contains(QStringLiteral("nowhere")));
        const QTemporaryDir bare;
        QVERIFY(ask(QStringLiteral("main"), QStringLiteral("main"), bare.path())
                    .error()
                    .message.contains(QStringLiteral("no repository")));
        QVERIFY(ask(QStringLiteral("main"), QStringLiteral("main"),
                    bare.filePath(QStringLiteral("gone")))
                    .error()
                    .message.contains(QStringLiteral("no folder")));
        QCOMPARE(ask("--help", "main").error().code, models::ErrorCode::InvalidInput);
        GitCommits missing(QStringLiteral("no-such-git"));
        QString message;
        missing.relate({m_repository->path(), QStringLiteral("main"), QStringLiteral("old")},
                       [&message](const auto& relation) { message = relation.error().message; });
        QTRY_VERIFY_WITH_TIMEOUT(message.contains(QStringLiteral("package git")), patience);
    }

    void runsNothingOfTheRepository() {
        const Repository repository;
        const QString witness = repository.at(QStringLiteral("ran"));
        repository.write(QStringLiteral("program"), "#!/bin/sh\ntouch " + witness.toUtf8() + "\n");
        const QString program = repository.at(QStringLiteral("program"));
        for (const char* key : {"core.fsmonitor", "core.pager", "gpg.program", "core.sshCommand",
                                "core.alternateRefsCommand"})
            repository.git({QStringLiteral("config"), QString::fromUtf8(key), program});
        repository.git({"config", "log.showSignature", "true"});
        repository.git({"config", "remote.origin.url", "ssh://git.example.com/portal"});
        repository.git({"config", "remote.origin.promisor", "true"});
        repository.git({"config", "core.repositoryFormatVersion", "1"});
        repository.git({"config", "extensions.partialClone", "origin"});
        QFile::remove(witness); // git itself was asked above
        QVERIFY(ask(QStringLiteral("main"), QStringLiteral("old"), repository.path()));
        // What is not there would be fetched.
        QVERIFY(!ask(QStringLiteral("main"), QString(40, u'e'), repository.path()));
        QVERIFY(!QFile::exists(witness));
    }

    void questionsWaitForOneAnother() {
        GitCommits commits;
        QStringList order;
        for (const char* name : {"old", "side", "nowhere"}) {
            commits.relate({m_repository->path(), QStringLiteral("main"), QString::fromUtf8(name)},
                           [&order, name](const auto&) { order.append(QString::fromUtf8(name)); });
        }
        QTRY_COMPARE_WITH_TIMEOUT(
            order,
            QStringList({QStringLiteral("old"), QStringLiteral("side"), QStringLiteral("nowhere")}),
            patience);
    }

    void mayEndInBetween() {
        auto commits = std::make_unique<GitCommits>();
        bool isTold = false;
        commits->relate({m_repository->path(), QStringLiteral("main"), QStringLiteral("old")},
                        [&isTold](const auto&) { isTold = true; });
        commits.reset();
        QCoreApplication::processEvents();
        QVERIFY(!isTold);
    }

private:
    const tests::TemporaryHome m_home;
    std::unique_ptr<Repository> m_repository;
};

QTEST_GUILESS_MAIN(TestGitCommits)
#include "tst_gitcommits.moc"
