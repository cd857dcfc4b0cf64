// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/evidence.h"

#include "ui/widgets/timeformat.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <optional>

namespace ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Evidence)
};

/// The sentence for one "key=value" of the record that a supervisor keeps; empty where the reason
/// of the outcome says the same, nothing where the word is not known.
std::optional<QString> factOf(const QString& key, const QString& value) {
    if (key == QLatin1String("why"))
        return QString(); // the reason of the outcome, in words
    if (key == QLatin1String("step"))
        return Words::tr("Process %1 of the command still runs.").arg(value);
    if (key == QLatin1String("pid"))
        return Words::tr("It was watched by process %1.").arg(value);
    return std::nullopt;
}

/// The record as sentences, if every word of it is known.
std::optional<QStringList> factsOf(const QString& record) {
    static const QRegularExpression word(QStringLiteral("^([a-z]+)=([A-Za-z0-9_.:/-]*)$"));
    QStringList facts;
    for (const QString& part : record.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const QRegularExpressionMatch match = word.match(part);
        if (!match.hasMatch())
            return std::nullopt;
        const std::optional<QString> fact = factOf(match.captured(1), match.captured(2));
        if (!fact)
            return std::nullopt;
        if (!fact->isEmpty())
            facts << *fact;
    }
    return facts;
}

QString outputFact(const models::Attempt& attempt) {
    const qint64 bytes = attempt.outputBytes[0] + attempt.outputBytes[1];
    return bytes == 0 ? Words::tr("No output of it arrived.")
                      : Words::tr("%1 of its output arrived; it is shown below.")
                            .arg(QLocale::c().formattedDataSize(bytes));
}

} // namespace

Evidence evidenceOf(const models::Attempt& attempt) {
    Evidence evidence;
    if (!attempt.startedAt.isNull())
        evidence.facts
            << Words::tr("Started at %1 · %2.").arg(formatTime(attempt.startedAt), attempt.place);
    evidence.facts << outputFact(attempt);
    if (!attempt.exitCode)
        evidence.facts << Words::tr("No exit status was recorded.");
    const QString record = attempt.evidence.trimmed();
    if (const std::optional<QStringList> facts = factsOf(record))
        evidence.facts << *facts;
    else
        evidence.verbatim = record;
    return evidence;
}

QStringList unmetExpectations(const models::Attempt& attempt) {
    QStringList sentences;
    for (const models::ExpectationResult& result : attempt.expectations) {
        if (result.finding.verdict != models::Verdict::Fail)
            continue;
        const int line = result.expectation.line;
        // What stands above as the reason is not said again.
        sentences << (result.finding.reason == attempt.reason
                          ? Words::tr("It is the expectation of line %1.").arg(line)
                          : Words::tr("Expectation of line %1 not met: %2")
                                .arg(line)
                                .arg(result.finding.reason));
    }
    return sentences;
}

} // namespace ui
