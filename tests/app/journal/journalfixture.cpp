// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/journal/journalfixture.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

namespace tests {

models::RunId runId(int number) {
    return models::RunId(QStringLiteral("01testrun%1").arg(number, 17, 10, QLatin1Char('0')));
}

app::Append started(const models::RunId& run) {
    app::Append append;
    append.run = run;
    append.actor = QStringLiteral("lead@desk");
    const QJsonObject context{{QStringLiteral("workspaceId"), QStringLiteral("ws1")},
                              {QStringLiteral("workspaceName"), QStringLiteral("Shop")},
                              {QStringLiteral("workspaceRoot"), QStringLiteral("/srv/shop")},
                              {QStringLiteral("runbookPath"), QStringLiteral("release.md")},
                              {QStringLiteral("environment"), QStringLiteral("local")}};
    const QJsonObject runbook{{QStringLiteral("title"), QStringLiteral("Release – “grün” 🚀")}};
    append.drafts = {
        {models::EventKind::RunStarted,
         {{QStringLiteral("plan"), QJsonObject{{QStringLiteral("context"), context},
                                               {QStringLiteral("runbook"), runbook}}}}}};
    append.progress = models::Progress{0, 3, 0, 0};
    return append;
}

app::Append note(const models::RunId& run, const QString& text) {
    app::Append append;
    append.run = run;
    append.actor = QStringLiteral("lead@desk");
    append.drafts = {{models::EventKind::NoteAdded, {{QStringLiteral("text"), text}}}};
    return append;
}

app::OutputBody body(const models::RunId& run, const QByteArray& bytes, int stream,
                     const QString& step) {
    app::OutputBody output;
    output.attempt = {run, models::StepId(step), 1};
    output.stream = stream;
    output.rawTo = bytes.size();
    output.bytes = bytes;
    return output;
}

app::Append output(const models::RunId& run, const QList<app::OutputBody>& bodies) {
    app::Append append;
    append.run = run;
    append.actor = QStringLiteral("gantry");
    append.bodies = bodies;
    return append;
}

JournalFixture::JournalFixture() {
    options.folder = m_folder.filePath(QStringLiteral("data/gantry"));
    options.console = QStringLiteral("test-console");
}

app::SqliteJournal& JournalFixture::reopen() {
    m_journal.reset();
    m_journal = std::make_unique<app::SqliteJournal>(options);
    return *m_journal;
}

void JournalFixture::tamper(const QString& statement, const QVariantList& values) {
    {
        QSqlDatabase database =
            QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("tamper"));
        database.setDatabaseName(options.databasePath());
        QSqlQuery query(database);
        bool ok = database.open();
        query = QSqlQuery(database);
        ok = ok && query.prepare(statement);
        for (const QVariant& value : values)
            query.addBindValue(value);
        ok = ok && query.exec();
        if (!ok)
            qFatal("%s", qPrintable(query.lastError().text()));
    }
    QSqlDatabase::removeDatabase(QStringLiteral("tamper"));
}

QVariantList JournalFixture::column(const QString& statement) {
    QVariantList values;
    {
        QSqlDatabase database =
            QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("look"));
        database.setDatabaseName(options.databasePath());
        if (!database.open())
            qFatal("%s", qPrintable(database.lastError().text()));
        QSqlQuery query(database);
        if (!query.exec(statement))
            qFatal("%s", qPrintable(query.lastError().text()));
        while (query.next())
            values.append(query.value(0));
    }
    QSqlDatabase::removeDatabase(QStringLiteral("look"));
    return values;
}

} // namespace tests
