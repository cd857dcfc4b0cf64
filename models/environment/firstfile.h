// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/runbook.h"

#include <QByteArray>

namespace models {

/// What a runbook says about where it is carried out: offered for the first gantry.yaml. All of it
/// is a document's words. A value.
struct RunbookOffer {
    QStringList environments; ///< that it names, in its order
    QStringList destinations; ///< "user@host" of its commands, in its order
    QList<ContractVariable> contract;
    QList<ConditionText> thresholds;

    bool operator==(const RunbookOffer&) const = default;
};
[[nodiscard]] RunbookOffer offerOf(const Runbook& runbook);

/// What a person answered about a folder that has no gantry.yaml. A value.
struct FirstFile {
    struct Place {
        QString name;             ///< of the environment
        QStringList destinations; ///< of its hosts, as ssh takes them; none: this machine
        bool isProtected = false;

        bool operator==(const Place&) const = default;
    };

    QString name;
    QList<Place> environments; ///< each promoted from the one before it
    QString runbook;           ///< relative to the folder; empty: those that are found
    QString service;           ///< that the contract is of
    QList<ContractVariable> contract;
    QList<ConditionText> thresholds;
};

/// What keeps these answers from becoming a file, as a sentence; empty: nothing.
[[nodiscard]] QString problemOf(const FirstFile& answers);
/// The file: every answer in its place, and commented examples of what comes next. Readable without
/// a diagnostic where there is no problem with the answers, whatever they hold.
[[nodiscard]] QByteArray firstFileText(const FirstFile& answers);
/// The variables as the `contract` of a service, each with the document's words behind it; indented
/// by so many spaces.
[[nodiscard]] QString contractText(const QList<ContractVariable>& contract, int indent);

/// What a host is called that is connected to like this: "web-1" of "deploy@web-1.example.com".
[[nodiscard]] QString hostNameOf(const QString& destination);
/// What a service may be called after these words: letters, digits and dashes, lower case.
[[nodiscard]] QString serviceNameOf(const QString& words);

} // namespace models
