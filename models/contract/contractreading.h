// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/contract/contract.h"
#include "models/core/instant.h"
#include "models/core/result.h"
#include "models/core/verdict.h"
#include "models/run/host.h"

#include <QByteArray>

namespace models {

/// How one variable stands at one place. Its value is not known here, and never comes over.
struct VariableReading {
    QString name;
    Verdict verdict = Verdict::Unknown;
    QString why; ///< empty where it passes

    bool operator==(const VariableReading&) const = default;
};

/// How the contract of a service stands at one place. A value.
struct ContractReading {
    QString place;
    QList<VariableReading> variables; ///< in the order of the contract
    QString problem;                  ///< why nothing of it is known; empty: it is
    Instant at;                       ///< null: nobody looked yet

    bool operator==(const ContractReading&) const = default;
};

/// Of a whole service. Passes only where every variable passes at every place.
struct ContractStanding {
    Verdict verdict = Verdict::Unknown;
    QString words; ///< "2 of 4 variables fail"
    Instant at;    ///< of the oldest look; null: never
    QList<ContractReading> places;

    bool operator==(const ContractStanding&) const = default;
};

/// What the check at a place is called with: where it looks, then a rule, a name and what is wanted
/// for each thing to be checked. No value of the environment is among them.
[[nodiscard]] QStringList checkArguments(const VariableSource& source, const Host& host,
                                         const QList<ContractRule>& rules);
/// What it answered. Whatever is missing of the answer is Unknown.
[[nodiscard]] ContractReading readCheck(const QString& place, const QList<ContractRule>& rules,
                                        const Result<QByteArray>& answer, Instant at);
/// A reading that is too old says nothing any more.
[[nodiscard]] ContractStanding contractStanding(const QList<ContractReading>& places, Instant now);

/// Where the check looks, as the first of its arguments behind the mode. Of checks and comparisons.
[[nodiscard]] QStringList sourceArguments(const VariableSource& source, const Host& host);
/// The lines of an answer by number; an error where the place told a problem, or broke off.
[[nodiscard]] Result<QMap<int, QString>> readAnswer(const Result<QByteArray>& answer);

} // namespace models
