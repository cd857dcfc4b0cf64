// SPDX-License-Identifier: GPL-3.0-or-later
// Writes to a run until it is killed, and says on standard output what was acknowledged:
//   journalwriter FOLDER RUN create|append|hold
#include "app/journal/sqlitejournal.h"

#include "tests/app/journal/journalfixture.h"

#include <QCoreApplication>

#include <cstdio>

namespace {

void say(const QByteArray& line) {
    std::fputs((line + '\n').constData(), stdout);
    std::fflush(stdout);
}

bool acknowledged(QFuture<models::Result<QList<models::Event>>> future) {
    const auto events = tests::done(std::move(future));
    if (events)
        say("event " + QByteArray::number(events->last().seq) + ' ' + events->last().hash.toHex());
    else
        say("error " + events.error().message.toUtf8());
    return events.has_value();
}

} // namespace

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    if (arguments.size() != 4)
        return 2;
    app::JournalOptions options;
    options.folder = arguments[1];
    const models::RunId run(arguments[2]);
    app::SqliteJournal journal(options);
    if (arguments[3] == QLatin1String("create")) {
        if (!acknowledged(journal.create(tests::started(run))))
            return 1;
    } else {
        const auto loaded = tests::done(journal.load(run, true));
        if (!loaded || !loaded->writable) {
            say("held " + (loaded ? loaded->heldBy : loaded.error().message).toUtf8());
            return 1;
        }
    }
    if (arguments[3] == QLatin1String("hold")) {
        say("holding");
        std::getchar();
        return 0;
    }
    for (int i = 0;; ++i) {
        app::Append append = tests::note(run, QString::number(i));
        append.bodies = {tests::body(run, QByteArray(i % 3000, 'o'))};
        if (!acknowledged(journal.append(append)))
            return 1;
    }
}
