// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/log/logfilter.h"
#include "models/log/logstore.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

namespace tests {

/// What the benchmarks of logs share: a generated log in memory's file system, which goes with the
/// program, and the stores that it was read into. It has a million lines, ten millions in full.
class LogParty {
public:
    /// What is searched for: L are texts, R expressions.
    struct Search {
        QString name;
        models::LogPattern pattern;
        QString forRipgrep;
    };

    static LogParty& instance();

    /// Makes the log at the first call.
    [[nodiscard]] models::Result<QString> path();
    [[nodiscard]] qint64 lineCount() const { return m_lines; }
    [[nodiscard]] qint64 size() const { return m_size; }
    [[nodiscard]] static const QList<Search>& searches();

    /// For a store that keeps all as it comes.
    [[nodiscard]] static models::LogBudget unlimited();
    /// The whole log as it is read, and packed.
    [[nodiscard]] models::Result<models::LogSnapshot> hot();
    [[nodiscard]] models::Result<models::LogSnapshot> cold();

    /// Reads the log into a store of unlimited budget.
    [[nodiscard]] models::Result<std::unique_ptr<models::LogStore>> read();
    /// Wall time of a program's run, its output kept; the file is its standard input where asked.
    struct Run {
        double milliseconds = 0;
        QByteArray output;
    };
    enum class Input { None, Log };
    [[nodiscard]] models::Result<Run> run(const QString& program, const QStringList& arguments,
                                          Input input = Input::None);

private:
    LogParty();

    QTemporaryDir m_folder;
    qint64 m_lines;
    qint64 m_size = 0;
    std::unique_ptr<models::LogStore> m_hot;
    std::unique_ptr<models::LogStore> m_cold;
};

} // namespace tests
