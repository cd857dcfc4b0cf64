// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/contract/contractdraft.h"

#include <QRegularExpression>

namespace models {

namespace {

QString keysOf(const QString& requirement) {
    static const QRegularExpression optional(u"\\boptional\\b"_qs,
                                             QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression length(u"\\b(\\d{1,4})\\+? ?(?:char|letters|bytes)"_qs,
                                           QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression forbidden(u"\\bNOT `?([A-Za-z0-9_-]+)"_qs);
    static const QRegularExpression https(u"\\bhttps\\b"_qs,
                                          QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression same(u"\\b(?:same as|matches|equals) `?([A-Z][A-Z0-9_]+)"_qs);
    QStringList keys;
    if (!optional.match(requirement).hasMatch())
        keys.append(u"required: true"_qs);
    if (const auto match = length.match(requirement); match.hasMatch())
        keys.append(u"min_length: "_qs + match.captured(1));
    if (const auto match = forbidden.match(requirement); match.hasMatch())
        keys.append(u"not: [%1]"_qs.arg(match.captured(1)));
    if (https.match(requirement).hasMatch())
        keys.append(u"https: true"_qs);
    if (const auto match = same.match(requirement); match.hasMatch())
        keys.append(u"same_as: "_qs + match.captured(1));
    return keys.isEmpty() ? u"{}"_qs : u"{ %1 }"_qs.arg(keys.join(u", "));
}

} // namespace

QString contractDraft(const QList<ContractVariable>& variables) {
    static const QRegularExpression name(u"^[A-Za-z_][A-Za-z0-9_]*\\z"_qs);
    QString draft = u"contract:\n"_qs;
    for (const ContractVariable& variable : variables) {
        const QString said = variable.rules.simplified();
        const QString comment = said.isEmpty() ? QString() : u" # "_qs + said;
        // A pattern of names, as in TURN_*, is none that can be checked.
        if (name.match(variable.name).hasMatch())
            draft += u"  %1: "_qs.arg(variable.name) + keysOf(said) + comment + u'\n';
        else
            draft += u"  # "_qs + variable.name.simplified() + comment + u'\n';
    }
    return draft;
}

} // namespace models
