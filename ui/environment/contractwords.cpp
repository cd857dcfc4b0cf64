// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/contractwords.h"

#include "ui/widgets/timeformat.h"

#include <QCoreApplication>

#include <algorithm>

namespace ui {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("ui::ContractWords", text);
}

int rankOf(models::Verdict verdict) {
    switch (verdict) {
    case models::Verdict::Fail:
        return 0;
    case models::Verdict::Unknown:
        return 1;
    case models::Verdict::Pass:
        break;
    }
    return 2;
}

} // namespace

QString contractWord(models::Verdict verdict) {
    switch (verdict) {
    case models::Verdict::Pass:
        return tr("Pass");
    case models::Verdict::Fail:
        return tr("Fail");
    case models::Verdict::Unknown:
        break;
    }
    return tr("Unknown");
}

IsolationLine isolationLine(std::vector<models::IsolationReading> rules, models::Instant now) {
    if (rules.empty())
        return {};
    std::stable_sort(rules.begin(), rules.end(), [](const auto& one, const auto& other) {
        return rankOf(one.verdict) < rankOf(other.verdict);
    });
    QStringList words;
    for (const models::IsolationReading& rule : rules) {
        const QString age =
            rule.at.isNull() ? QString() : QStringLiteral(" (%1)").arg(formatAge(rule.at, now));
        words.append(QStringLiteral("%1: %2%3").arg(contractWord(rule.verdict), rule.words, age));
    }
    return {tr("Isolation · %1").arg(words.join(QStringLiteral(" · "))), rules.front().verdict};
}

} // namespace ui
