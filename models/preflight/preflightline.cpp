// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/preflight/preflightline.h"

#include <QStringList>

#include <algorithm>
#include <utility>

namespace models {

using Topic = PreflightTopic;

QString preflightTopicName(PreflightTopic topic) {
    switch (topic) {
    case Topic::Commands:
        return u"commands"_qs;
    case Topic::Values:
        return u"values"_qs;
    case Topic::Environment:
        return u"environment"_qs;
    case Topic::Freeze:
        return u"freeze"_qs;
    case Topic::Promotion:
        return u"promotion"_qs;
    case Topic::Release:
        return u"release"_qs;
    case Topic::Approvals:
        return u"approval"_qs;
    case Topic::Lock:
        return u"lock"_qs;
    case Topic::Hosts:
        return u"host"_qs;
    case Topic::Disk:
        return u"disk"_qs;
    case Topic::Contract:
        return u"contract"_qs;
    case Topic::Isolation:
        return u"isolation"_qs;
    case Topic::WayBack:
        return u"way back"_qs;
    case Topic::Risks:
        return u"risk"_qs;
    case Topic::Duration:
        return u"duration"_qs;
    }
    Q_UNREACHABLE();
}

QString preflightWord(const PreflightLine& line) {
    return line.topic == Topic::Risks ? u"RISK"_qs : verdictName(line.verdict);
}

QString countsOf(const std::vector<PreflightLine>& lines) {
    QStringList parts;
    const std::pair<QString, QString> words[] = {{u"FAIL"_qs, u"%1 fail"_qs},
                                                 {u"UNKNOWN"_qs, u"%1 unknown"_qs},
                                                 {u"RISK"_qs, u"%1 risks"_qs},
                                                 {u"PASS"_qs, u"%1 pass"_qs}};
    for (const auto& [word, text] : words) {
        const auto count =
            std::count_if(lines.cbegin(), lines.cend(), [&word = word](const PreflightLine& line) {
                return preflightWord(line) == word;
            });
        if (count == 1 && word == u"RISK")
            parts.append(u"1 risk"_qs);
        else if (count > 0)
            parts.append(text.arg(count));
    }
    return parts.join(u", "_qs);
}

} // namespace models
