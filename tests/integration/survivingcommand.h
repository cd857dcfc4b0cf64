// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace tests {

/// One command of a survival trial, all of whose effects are known beforehand. It notes each time
/// that it runs, says something on both streams, and ends with a status of its own. Its files begin
/// with one path, as consoles have it (see ConsoleAttempt); ".log" is where it notes that it ran.
class SurvivingCommand {
public:
    static constexpr int lines = 400; ///< on each stream

    struct Ways {
        int status = 0;
        QByteArray pause; ///< seconds that it sleeps at each of eight places
        int heldAt = 0;   ///< the line at which it waits for release(); 0: it does not
    };

    SurvivingCommand(QString files, const Ways& ways);

    void release() const;
    [[nodiscard]] QString path(const QString& name) const;
    [[nodiscard]] QByteArray content(const QString& name) const;
    [[nodiscard]] int timesRun() const { return int(content(QStringLiteral("log")).count('\n')); }
    /// What a console found out, or nothing as yet.
    [[nodiscard]] QByteArray result() const { return content(QStringLiteral("result")); }
    /// Checks, as in a test, that it ran once, and that what came of it is whole.
    void verify() const;

private:
    QString m_files;
    int m_status;
};

/// The seeds of as many trials, or the only one that GANTRY_SEED names.
[[nodiscard]] QList<quint32> seedsOf(int trials);
/// Takes "--trials N" out of the arguments; what else there is, or usual.
[[nodiscard]] int takeTrials(QStringList& arguments, int usual);

} // namespace tests
