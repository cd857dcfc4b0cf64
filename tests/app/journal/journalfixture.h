// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/journal/sqlitejournal.h"

#include <QTemporaryDir>

#include <memory>

namespace tests {

/// The id of the number-th run of a test.
[[nodiscard]] models::RunId runId(int number = 1);
[[nodiscard]] app::Append started(const models::RunId& run);
[[nodiscard]] app::Append note(const models::RunId& run, const QString& text);
[[nodiscard]] app::OutputBody body(const models::RunId& run, const QByteArray& bytes,
                                   int stream = 0, const QString& step = QStringLiteral("deploy"));
[[nodiscard]] app::Append output(const models::RunId& run, const QList<app::OutputBody>& bodies);

/// A folder with a journal in it, reopened at will.
class JournalFixture {
public:
    JournalFixture();

    /// Closes what is open and opens the journal in the folder anew.
    app::SqliteJournal& reopen();
    void close() { m_journal.reset(); }
    app::SqliteJournal& journal() { return *m_journal; }
    /// Statements on a connection beside the journal, as an intruder would run them.
    void tamper(const QString& statement, const QVariantList& values = {});
    /// What the only column of a query holds.
    QVariantList column(const QString& statement);

    app::JournalOptions options; ///< of the next reopen()

private:
    QTemporaryDir m_folder;
    std::unique_ptr<app::SqliteJournal> m_journal;
};

/// Waits for a future of the journal, whose thread needs no event loop here.
template <class T>
T done(QFuture<T> future) {
    future.waitForFinished();
    return future.result();
}

} // namespace tests
