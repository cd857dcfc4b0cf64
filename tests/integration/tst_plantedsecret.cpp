// SPDX-License-Identifier: GPL-3.0-or-later
// A secret is planted: a run at a host (planted.md) prints it in every way, and keeps it in
// variables. Afterwards it is nowhere: not in the journal, in the log or anywhere else in the
// console's home, not at the host, and no other user ever saw it in a list of processes.
#include "tests/app/ssh/sshtest.h"
#include "tests/integration/processwatch.h"
#include "tests/support/temporaryhome.h"

#include "app/journal/outputcodec.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QProcess>
#include <QRandomGenerator>
#include <QSqlDatabase>
#include <QSqlField>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QTest>
#include <QUrl>

#include <cstring>

using namespace tests;

namespace {

Lab* lab = nullptr;

/// Of a command that is meant to be seen: what looks for the secret would have seen it too.
constexpr char plain[] = "meant-to-be-seen";

/// The secret in all the spellings that it could be found in.
QByteArrayList spellingsOf(const QByteArray& secret) {
    QByteArrayList spellings{secret, secret.left(12), secret.mid(12),
                             QUrl::toPercentEncoding(QString::fromLatin1(secret))};
    for (int before = 0; before < 3; ++before) {
        // What stands before and behind changes the outermost four letters.
        const QByteArray coded = (QByteArray(before, 'a') + secret).toBase64();
        spellings << coded.mid(4, coded.size() - 8);
    }
    return spellings;
}

/// Every value in every table of the journal, outputs as they were before they were packed.
QByteArray wholeJournal(const QString& path) {
    QByteArray whole;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), path);
        database.setDatabaseName(path);
        if (!database.open())
            return {};
        for (const QString& table : database.tables()) {
            QSqlQuery query(QStringLiteral("SELECT * FROM ") + table, database);
            while (query.next()) {
                const QSqlRecord record = query.record();
                for (int i = 0; i < record.count(); ++i)
                    whole += query.value(i).toByteArray() + '\n';
                if (table == QLatin1String("bodies")) {
                    const auto coding =
                        app::BodyCoding(query.value(QStringLiteral("coding")).toInt());
                    whole += app::decodeBody(
                                 {coding, query.value(QStringLiteral("bytes")).toByteArray()},
                                 query.value(QStringLiteral("size")).toLongLong())
                                 .value_or(QByteArray());
                }
            }
        }
    }
    QSqlDatabase::removeDatabase(path);
    return whole;
}

/// Files below the folder that hold any of the texts, with it.
QStringList filesWith(const QByteArrayList& texts, const QString& folder) {
    QStringList found;
    QDirIterator files(folder, QDir::Files | QDir::Hidden | QDir::System,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QByteArray content =
            QFileInfo(files.next()).isFile() ? contentOf(files.filePath()) : QByteArray();
        for (const QByteArray& text : texts) {
            if (content.contains(text))
                found << files.filePath() + QStringLiteral(": ") + QString::fromLatin1(text);
        }
    }
    return found;
}

} // namespace

class TestPlantedSecret : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isFoundNowhere_data();
    void isFoundNowhere();
    void isRemovedByTheNextConsole();

private:
    void plant(const QString& user, const QByteArray& runbook);

    QTemporaryDir m_source; ///< the secret, where a password manager would have it
    QByteArray m_secret;
};

void TestPlantedSecret::isFoundNowhere_data() {
    QTest::addColumn<QString>("user");
    QTest::addColumn<int>("end");
    // Where a step fails, the run's folder at the host stays.
    int end = 0;
    for (const QString& user : lab->users()) {
        QTest::addRow("%s, %s", qPrintable(user), end == 0 ? "to the end" : "until a step fails")
            << user << end;
        end = end == 0 ? 3 : 0;
    }
}

/// A workspace with a host, a secret and this runbook.
void TestPlantedSecret::plant(const QString& user, const QByteArray& runbook) {
    m_secret = "p1anted+" + QByteArray::number(QRandomGenerator::global()->generate64(), 36) +
               "/of\\ test=";
    const QString source = m_source.filePath(QStringLiteral("token"));
    writeFile(source, m_secret + '\n');
    const QString home = QDir::homePath();
    QDir().mkpath(home + QStringLiteral("/.ssh"));
    writeFile(home + QStringLiteral("/.ssh/config"),
              "Host *\n  IdentitiesOnly yes\n  IdentityFile " +
                  lab->key(QStringLiteral("person")).toUtf8() + '\n');
    writeFile(home + QStringLiteral("/.ssh/known_hosts"),
              contentOf(lab->path(QStringLiteral("known_hosts"))));
    const QString workspace = home + QStringLiteral("/workspace");
    QDir().mkpath(workspace);
    writeFile(workspace + QStringLiteral("/gantry.yaml"),
              QStringLiteral("gantry: 1\nname: Lab\nsecrets:\n  TOKEN: \"command:cat %1\"\n"
                             "environments:\n  lab:\n    hosts:\n"
                             "      web-1: { ssh: \"%2@127.0.0.1:%3\", runtime: none }\n"
                             "    default_host: web-1\nrunbooks: [ a.md ]\n")
                  .arg(source, user)
                  .arg(lab->hostPort())
                  .toUtf8());
    writeFile(workspace + QStringLiteral("/a.md"), runbook);
}

void TestPlantedSecret::isFoundNowhere() {
    QFETCH(QString, user);
    QFETCH(int, end);
    plant(user, contentOf(sourceDir() + QStringLiteral("/tests/integration/planted.md"))
                    .replace("%END%", QByteArray::number(end)));
    const QByteArrayList spellings = spellingsOf(m_secret);
    ProcessWatch watch;
    const bool isWatched = watch.start(spellings + QByteArrayList{plain});

    QProcess process;
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(QStringLiteral(GANTRY_PROGRAM),
                  {QStringLiteral("run"), QDir::homePath() + QStringLiteral("/workspace"),
                   QStringLiteral("--unattended"), QStringLiteral("--override"),
                   QStringLiteral("What failed before is left open.")});
    QVERIFY(process.waitForFinished(patience));
    const QByteArray said = process.readAllStandardOutput() + process.readAllStandardError();
    QVERIFY2(process.exitCode() == (end == 0 ? 0 : 1), said.constData());
    // It went through, and what was printed is there but for the secret.
    QVERIFY2(said.contains("nothing nothing"), said.constData());
    QVERIFY2(said.contains("https://me:"), said.constData());

    const QString data = QDir::homePath() + QStringLiteral("/data/gantry/journal.db");
    const QByteArray journal = wholeJournal(data);
    QVERIFY(journal.contains("https://me:"));
    for (const QByteArray& text : spellings) {
        QVERIFY2(!journal.contains(text), text.constData());
        QVERIFY2(!said.contains(text), text.constData());
    }
    QCOMPARE(filesWith(spellings, QDir::homePath()).join(QLatin1Char('\n')), QString());
    QVERIFY(!filesWith({plain}, QDir::homePath()).isEmpty());
    QCOMPARE(filesWith(spellings, lab->path(QString())).join(QLatin1Char('\n')), QString());
    const QDir runs(lab->home(user) + QStringLiteral("/.local/state/gantry"));
    QCOMPARE(runs.entryList({QStringLiteral("r-*")}, QDir::Dirs).size(), end == 0 ? 0 : 1);
    if (!isWatched)
        QSKIP("only root can look at processes as another user");
    const ProcessWatch::Seen seen = watch.stop();
    QVERIFY(seen.looks > 0);
    QCOMPARE(seen.texts, QByteArrayList{plain});
}

/// The console is killed when the output of a step is in its journal, and not yet removed at the
/// host. Whoever takes the run up removes it.
void TestPlantedSecret::isRemovedByTheNextConsole() {
    const QString user = QStringLiteral("dash");
    plant(user, "# Plant\n\n## Steps\n\n- [ ] Plain\n  ```sh\n  printf '%s\\n' \"$TOKEN\"\n  ```\n"
                "- [ ] Wait\n  ```sh\n  while [ ! -e \"$HOME/go\" ]; do sleep 0.05; done\n  ```\n");
    const QStringList command{QStringLiteral("run"),
                              QDir::homePath() + QStringLiteral("/workspace"),
                              QStringLiteral("--unattended"), QStringLiteral("--override"),
                              QStringLiteral("The console before was killed.")};
    const auto left = [&] { return filesWith({m_secret}, lab->home(user)); };
    // Half a second lies in between; a console on a busy machine may be killed too late.
    for (int round = 0; left().isEmpty() && round < 20; ++round) {
        QProcess killed;
        killed.start(QStringLiteral(GANTRY_PROGRAM), command);
        QByteArray said;
        while (!said.contains("passed   Plain") && killed.waitForReadyRead(patience))
            said += killed.readAll();
        killed.kill();
        QVERIFY(killed.waitForFinished(patience));
        QVERIFY2(said.contains("passed   Plain"), said.constData());
    }
    QVERIFY(!left().isEmpty());

    QProcess next;
    next.start(QStringLiteral(GANTRY_PROGRAM), command + QStringList{QStringLiteral("--resume")});
    QTRY_COMPARE_WITH_TIMEOUT(left().join(QLatin1Char('\n')), QString(), patience);
    QCOMPARE(next.state(), QProcess::Running); // and not because the run was closed
    writeFile(lab->home(user) + QStringLiteral("/go"), "now");
    QVERIFY(next.waitForFinished(patience));
    QCOMPARE(next.exitCode(), 0);
}

int main(int argc, char** argv) {
    if (argc == 3 && std::strcmp(argv[1], ProcessWatch::argument) == 0)
        return ProcessWatch::watch(argv[2]);
    // No keychain answers, whatever the desktop of who runs this has.
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    qunsetenv("SSH_AUTH_SOCK");
    return runWithLab(argc, argv, [&](Lab& started) {
        lab = &started;
        TestPlantedSecret test;
        return QTest::qExec(&test, argc, argv);
    });
}

#include "tst_plantedsecret.moc"
