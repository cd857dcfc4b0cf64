// SPDX-License-Identifier: GPL-3.0-or-later
// What a headless run costs, beside the processes and durable commits that it cannot do without.
#include "benchmark.h"
#include "samplecorpus.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>

#include <array>
#include <chrono>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace tests {

namespace {

using models::ErrorCode;
using models::failure;
using models::Result;

constexpr int steps = 1000;
constexpr int repetitions = 5;
constexpr int commitsPerStep = 2; ///< the intent, and the outcome
constexpr std::chrono::seconds removalLimit{10};

/// Starts a program without output and waits for it; its exit status, -1 where it has none.
int spawnAndWait(const std::vector<QByteArray>& arguments,
                 const std::vector<QByteArray>& variables) {
    std::vector<char*> argv;
    for (const QByteArray& argument : arguments) {
        argv.push_back(const_cast<char*>(argument.constData()));
    }
    argv.push_back(nullptr);
    std::vector<char*> envp;
    for (const QByteArray& variable : variables) {
        envp.push_back(const_cast<char*>(variable.constData()));
    }
    envp.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t pid = -1;
    const int error = posix_spawn(&pid, argv[0], &actions, nullptr, argv.data(), envp.data());
    posix_spawn_file_actions_destroy(&actions);
    int status = 0;
    if (error != 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status)) {
        return -1;
    }
    return WEXITSTATUS(status);
}

/// An environment with a home of its own below folder.
std::vector<QByteArray> environmentBelow(const QString& folder) {
    const auto made = [&folder](const char* name) {
        const QString path = folder + QLatin1Char('/') + QLatin1String(name);
        QDir().mkpath(path);
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return QFile::encodeName(path);
    };
    return {"PATH=" + qgetenv("PATH"),           "LANG=C.UTF-8",
            "QT_QPA_PLATFORM=offscreen",         "HOME=" + made("home"),
            "XDG_DATA_HOME=" + made("data"),     "XDG_CONFIG_HOME=" + made("config"),
            "XDG_STATE_HOME=" + made("state"),   "XDG_CACHE_HOME=" + made("cache"),
            "XDG_RUNTIME_DIR=" + made("runtime")};
}

/// On a disk, and not where compilers delete theirs all the time: ext4 without a journal looks at
/// every inode of a group that was just deleted before it takes one for a new file.
QString folderTemplate() {
    return QStringLiteral("/var/tmp/gantry-bench-XXXXXX");
}

Result<double> timeOfRun() {
    QTemporaryDir folder(folderTemplate());
    const QString workspace = folder.filePath(QStringLiteral("workspace"));
    QDir().mkpath(workspace);
    QFile file(workspace + QStringLiteral("/steps.md"));
    if (!file.open(QIODevice::WriteOnly) || file.write(checklistOfTrue(steps)) <= 0) {
        return failure(ErrorCode::NotWritable,
                       QStringLiteral("cannot write %1").arg(file.fileName()));
    }
    file.close();
    const std::vector<QByteArray> environment = environmentBelow(folder.path());
    int status = -1;
    const double time = millisecondsOf([&] {
        status = spawnAndWait({GANTRY_EXECUTABLE, "run", QFile::encodeName(workspace), "steps.md",
                               "--environment", "local", "--unattended"},
                              environment);
    });
    // The run's directory is being removed too: what goes away under us fails.
    for (const QDeadlineTimer limit(removalLimit); !folder.remove() && !limit.hasExpired();) {
    }
    if (status != 0) {
        return failure(ErrorCode::Internal,
                       QStringLiteral("gantry run ended with status %1").arg(status));
    }
    return time;
}

Result<double> timeOfProcesses() {
    bool good = true;
    const std::vector<QByteArray> environment = {"PATH=" + qgetenv("PATH")};
    const double time = millisecondsOf([&good, &environment] {
        for (int step = 0; step < steps && good; ++step) {
            good = spawnAndWait({"/bin/sh", "-c", "true"}, environment) == 0;
        }
    });
    return good ? Result<double>(time)
                : failure(ErrorCode::Internal, QStringLiteral("/bin/sh -c true failed"));
}

bool commitAll(QSqlDatabase& database) {
    QSqlQuery insert(database);
    if (!insert.prepare(QStringLiteral("INSERT INTO event(payload) VALUES (?)"))) {
        return false;
    }
    const QByteArray payload(300, 'x'); // about the size of an event
    for (int commit = 0; commit < steps * commitsPerStep; ++commit) {
        insert.bindValue(0, payload);
        // Without a transaction around it, each statement is a durable commit of its own.
        if (!insert.exec()) {
            return false;
        }
    }
    return true;
}

Result<double> timeOfCommits() {
    QTemporaryDir folder(folderTemplate());
    const QString connection = QStringLiteral("bench");
    double time = 0;
    bool good = false;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection);
        database.setDatabaseName(folder.filePath(QStringLiteral("commits.sqlite")));
        good = database.open();
        constexpr std::array settings = {
            "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",
            "CREATE TABLE event(seq INTEGER PRIMARY KEY, payload BLOB)"};
        for (const char* statement : settings) {
            QSqlQuery query(database);
            good = good && query.exec(QLatin1String(statement));
        }
        time = millisecondsOf([&] { good = good && commitAll(database); });
    }
    QSqlDatabase::removeDatabase(connection);
    return good ? Result<double>(time)
                : failure(ErrorCode::Internal, QStringLiteral("SQLite did not commit"));
}

/// They take turns, so that a busy moment of the machine falls on all.
Result<Measurements> measureSteps() {
    QList<double> against;
    QList<double> whole;
    for (int repetition = 0; repetition < repetitions; ++repetition) {
        const Result<double> processes = timeOfProcesses();
        const Result<double> commits = timeOfCommits();
        const Result<double> run = timeOfRun();
        for (const Result<double>* part : {&processes, &commits, &run}) {
            if (!*part) {
                return tl::unexpected(part->error());
            }
        }
        against.append(*processes + *commits);
        whole.append(*run);
    }
    return Measurements{{QStringLiteral("run.steps1000"), median(whole), QStringLiteral("ms"),
                         QStringLiteral("1000 sh -c true and 2000 durable SQLite commits"),
                         median(against), repetitions}};
}

const Registration steps1000(QStringLiteral("run"), QStringLiteral("run.steps1000"), &measureSteps);

} // namespace

} // namespace tests
