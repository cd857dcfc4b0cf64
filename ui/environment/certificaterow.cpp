// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/certificaterow.h"

#include "app/health/healthservice.h"
#include "ui/widgets/healthwords.h"
#include "ui/widgets/timeformat.h"
#include "ui/widgets/wording.h"

#include <QCoreApplication>

#include <cmath>

namespace ui {

namespace {

constexpr std::int64_t day = 86'400'000'000'000;
constexpr int fewDays = 2; ///< within these, hours count

QString tr(const char* text) {
    return QCoreApplication::translate("ui::CertificateRow", text);
}

/// A probe for a certificate, and of which service it is.
struct Looked {
    std::size_t service = 0;
    const models::ProbeHealth* probe = nullptr;
    models::HealthStanding standing;

    /// nullptr: what it found last was none.
    [[nodiscard]] const models::CertificateFacts* facts() const {
        const auto& reply = probe->lastReply();
        return reply && reply->certificate ? &*reply->certificate : nullptr;
    }
};

std::vector<Looked> lookedAt(const app::HealthService& health, const QString& environment,
                             models::Instant now) {
    std::vector<Looked> found;
    for (std::size_t i = 0; i < health.services().size(); ++i) {
        const app::HealthService::Watched& watched = health.services()[i];
        if (watched.environment != environment)
            continue;
        for (const std::size_t number : watched.probes) {
            const models::ProbeHealth& probe = health.probe(number);
            if (probe.probe().kind == models::Probe::Kind::Tls)
                found.push_back({i, &probe, health.standing({environment, {}, {number}}, now)});
        }
    }
    return found;
}

QString daysWords(std::int64_t nanoseconds) {
    const std::int64_t days = nanoseconds / day;
    return days >= fewDays ? countOf(days, tr("%1 day"), tr("%1 days"))
                           : formatDuration(std::chrono::milliseconds(nanoseconds / 1'000'000));
}

/// "limit 14 days, warns below 30 days": what the condition of the probe compares the time left
/// with, and where the probe warns before that.
QString limitWords(const models::ProbeHealth& probe) {
    QStringList words;
    const QList<models::LeafReading> leaves =
        probe.last() ? probe.last()->leaves : QList<models::LeafReading>();
    for (const models::LeafReading& leaf : leaves) {
        if (leaf.limit && leaf.expression.contains(QStringLiteral("expires_in")))
            words.append(
                tr("limit %1")
                    .arg(daysWords(static_cast<std::int64_t>(std::llround(*leaf.limit * 1e9)))));
    }
    const std::chrono::nanoseconds before = probe.probe().warnBefore;
    if (before.count() > 0)
        words.append(tr("warns below %1").arg(daysWords(before.count())));
    return words.join(QStringLiteral(", "));
}

void readSeen(const Looked& looked, models::Instant now, ReleaseRow& row) {
    const models::CertificateFacts& facts = *looked.facts();
    const std::int64_t left = facts.expires.nanoseconds - now.nanoseconds;
    row.word = left > 0 ? tr("Ends in %1").arg(daysWords(left))
                        : tr("Ended %1").arg(formatAge(facts.expires, now));
    row.glyph = stateGlyph(looked.standing.state);
    row.tone = stateTone(looked.standing.state);
    if (left <= 0) {
        row.glyph = Glyph::Failed;
        row.tone = Colour::Fail;
    }
    QStringList words;
    if (!facts.problem.isEmpty())
        words.append(tr("not trusted: %1").arg(facts.problem));
    if (const QString limit = limitWords(*looked.probe); !limit.isEmpty())
        words.append(limit);
    row.words = words.join(QStringLiteral(" · "));
}

/// One of which nothing is known may end sooner than the others.
void readUnseen(const Looked& looked, std::size_t unseen, std::size_t all, ReleaseRow& row) {
    const bool isGood = row.tone == Colour::Pass;
    if (row.word.isEmpty()) {
        row.word = tr("Unknown");
        row.words = looked.standing.words.isEmpty() ? stateWord(looked.standing.state)
                                                    : looked.standing.words;
    }
    if (all > 1)
        row.words += QStringLiteral(" · ") + tr("%1 of %2 not seen").arg(unseen).arg(all);
    if (isGood) {
        row.glyph = Glyph::Unknown;
        row.tone = Colour::Unknown;
    }
}

} // namespace

std::optional<ReleaseRow> certificateRow(const app::HealthService& health,
                                         const QString& environment, models::Instant now) {
    const std::vector<Looked> all = lookedAt(health, environment, now);
    if (all.empty())
        return std::nullopt;
    const Looked* first = nullptr;
    const Looked* missing = nullptr;
    std::size_t unseen = 0;
    for (const Looked& one : all) {
        const models::CertificateFacts* const facts = one.facts();
        if (facts == nullptr) {
            ++unseen;
            missing = &one;
        } else if (first == nullptr || facts->expires < first->facts()->expires) {
            first = &one;
        }
    }
    const Looked& told = first != nullptr ? *first : *missing;
    ReleaseRow row;
    row.kind = ReleaseRow::Kind::Certificate;
    row.service = told.service;
    row.name = tr("Certificate of %1").arg(health.services()[told.service].service);
    row.at = told.standing.at;
    row.undated = tr("not seen yet");
    if (first != nullptr)
        readSeen(*first, now, row);
    if (unseen > 0)
        readUnseen(told, unseen, all.size(), row);
    return row;
}

} // namespace ui
