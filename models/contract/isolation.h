// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/contract/contractreading.h"

#include <QHash>

namespace models {

/// The salted digests of the variables of one service at one place, for one comparison. They are
/// compared and dropped: neither shown nor kept.
struct VariableDigests {
    QString environment;
    QString service;
    QString place;
    QHash<QString, QString> digests; ///< by variable; those that are set
    QString problem;                 ///< why there are none; empty: there may be

    bool operator==(const VariableDigests&) const = default;
};

/// How one rule stands. A value.
struct IsolationReading {
    IsolationRule rule;
    Verdict verdict = Verdict::Unknown;
    QString words; ///< "dev/books and prod/books share DATABASE_URL."
    Instant at;    ///< null: nobody looked yet

    bool operator==(const IsolationReading&) const = default;
};

/// What the comparison at a place is called with. It reads a salt of 64 hexadecimal digits, which
/// is for this comparison alone.
[[nodiscard]] QStringList compareArguments(const VariableSource& source, const Host& host,
                                           const QStringList& variables);
[[nodiscard]] VariableDigests readDigests(VariableDigests where, const QStringList& variables,
                                          const Result<QByteArray>& answer);
/// Two environments that share a value fail. Passes only where every place could be read, and every
/// variable is set in every environment.
[[nodiscard]] IsolationReading judgeIsolation(const IsolationRule& rule,
                                              const QList<VariableDigests>& all, Instant at);

} // namespace models
