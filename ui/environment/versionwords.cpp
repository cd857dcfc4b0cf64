// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/versionwords.h"

#include "ui/widgets/timeformat.h"

#include <QCoreApplication>

namespace ui {

using models::Verdict;
using models::VersionState;

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("ui::VersionWords", text);
}

/// With something of which it is known that it is the same, or with other places.
bool isCompared(const models::VersionStanding& standing) {
    const auto isSame = [](const std::optional<models::VersionComparison>& comparison) {
        return comparison && comparison->verdict == Verdict::Pass;
    };
    return standing.observed.size() > 1 || isSame(standing.expected) || isSame(standing.recorded) ||
           isSame(standing.promoted);
}

} // namespace

QString versionWord(const models::VersionStanding& standing) {
    switch (standing.state) {
    case VersionState::HostsDiffer:
        return tr("Hosts differ");
    case VersionState::Unexpected:
        return tr("Not as expected");
    case VersionState::Unrecorded:
        return tr("Not as recorded");
    case VersionState::Unknown:
        return tr("Unknown");
    case VersionState::Undecided:
        return tr("Not comparable");
    case VersionState::EnvironmentDiffers:
        return tr("Environments differ");
    case VersionState::Unchecked:
        return tr("Not looked up");
    case VersionState::Settled:
        return isCompared(standing) ? tr("No drift found") : tr("Nothing to compare with");
    }
    return {};
}

VersionMark versionMark(const models::VersionStanding& standing) {
    VersionMark mark;
    mark.text =
        standing.version.isEmpty() ? tr("version ?") : models::shortVersion(standing.version);
    if (models::isDrift(standing.state))
        mark.look = Chip::Look::Outlined;
    switch (standing.state) {
    case VersionState::HostsDiffer:
        mark.word = tr("hosts differ");
        mark.tone = Colour::Fail;
        break;
    case VersionState::Unexpected:
        mark.word = standing.words.section(u'.', 0, 0);
        if (!standing.expected->relation)
            mark.word = tr("not as expected");
        mark.tone = Colour::Warn;
        break;
    case VersionState::Unrecorded:
        mark.word = tr("not as recorded");
        mark.tone = Colour::Warn;
        break;
    case VersionState::Unknown:
        mark.word = tr("unknown");
        mark.tone = Colour::Unknown;
        break;
    case VersionState::Undecided:
        mark.word = tr("not comparable");
        mark.tone = Colour::Unknown;
        break;
    case VersionState::EnvironmentDiffers:
        mark.word = standing.promoted->words;
        mark.tone = Colour::Quiet;
        break;
    case VersionState::Unchecked:
        mark.word = tr("not looked up");
        mark.tone = Colour::Unknown;
        break;
    case VersionState::Settled:
        break;
    }
    return mark;
}

QString versionWords(const models::VersionStanding& standing, models::Instant now) {
    QStringList words;
    words.append(standing.version.isEmpty()
                     ? tr("version not known")
                     : tr("version %1").arg(models::shortVersion(standing.version)));
    words.append(versionWord(standing));
    if (!standing.words.isEmpty())
        words.append(standing.words);
    if (!standing.at.isNull())
        words.append(tr("looked up %1").arg(formatAge(standing.at, now)));
    return words.join(QStringLiteral(", "));
}

QString aheadWords(const models::VersionComparison& promoted) {
    switch (promoted.verdict) {
    case Verdict::Pass:
        return {};
    case Verdict::Unknown:
        return QStringLiteral("?");
    case Verdict::Fail:
        break;
    }
    if (!promoted.relation)
        return tr("differs");
    QStringList counts;
    if (promoted.relation->behind > 0)
        counts.append(QStringLiteral("+%1").arg(promoted.relation->behind));
    if (promoted.relation->ahead > 0)
        counts.append(QStringLiteral("−%1").arg(promoted.relation->ahead));
    return counts.join(u' ');
}

} // namespace ui
