// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/healthrecord.h"

#include "models/core/sha256.h"
#include "models/health/healthslots.h"

#include <QStringList>
#include <QtEndian>

#include <array>
#include <cmath>
#include <cstring>
#include <tuple>

namespace models {

namespace {

constexpr std::size_t times = 5;
constexpr qsizetype recordSize = 8 + 1 + times * sizeof(float);

float secondsOf(const ProbePhases::Time& time) {
    return time ? static_cast<float>(static_cast<double>(time->count()) / 1e9) : -1.0F;
}

ProbePhases::Time timeOf(float seconds) {
    if (!(seconds >= 0) || !std::isfinite(seconds))
        return std::nullopt;
    return std::chrono::nanoseconds(static_cast<std::int64_t>(double(seconds) * 1e9));
}

void add(KeptSlot& slot, LatencySketch& sketch, const CheckRecord& check) {
    HealthSummary& summary = slot.rollup.summary;
    summary.passed += check.verdict == Verdict::Pass ? 1 : 0;
    summary.failed += check.verdict == Verdict::Fail ? 1 : 0;
    summary.unknown += check.verdict == Verdict::Unknown ? 1 : 0;
    if (check.verdict != Verdict::Pass)
        return;
    const std::array<ProbePhases::Time, phaseCount> parts{check.phases.lookup, check.phases.connect,
                                                          check.phases.tls, check.phases.firstByte};
    for (std::size_t i = 0; i < phaseCount; ++i) {
        if (parts[i]) {
            slot.phases.sums[i] += secondsOf(parts[i]);
            ++slot.phases.counts[i];
        }
    }
    if (!check.phases.total)
        return;
    const auto seconds = double(secondsOf(check.phases.total));
    summary.least = summary.measured == 0 ? seconds : std::min(summary.least, seconds);
    summary.most = std::max(summary.most, seconds);
    summary.sum += seconds;
    ++summary.measured;
    sketch.add(seconds);
}

} // namespace

QByteArray packed(const CheckRecord& check) {
    QByteArray bytes(recordSize, '\0');
    char* to = bytes.data();
    qToLittleEndian(qint64(millisecondsOf(check.at)), to);
    to[8] = static_cast<char>(check.verdict);
    to += 9;
    for (const ProbePhases::Time& time :
         {check.phases.lookup, check.phases.connect, check.phases.tls, check.phases.firstByte,
          check.phases.total}) {
        qToLittleEndian(secondsOf(time), to);
        to += sizeof(float);
    }
    return bytes;
}

std::vector<CheckRecord> unpackedChecks(QByteArrayView bytes) {
    std::vector<CheckRecord> checks;
    checks.reserve(static_cast<std::size_t>(bytes.size() / recordSize));
    for (qsizetype begin = 0; begin + recordSize <= bytes.size(); begin += recordSize) {
        const char* from = bytes.data() + begin;
        const auto milliseconds = qFromLittleEndian<qint64>(from);
        const auto verdict = static_cast<std::uint8_t>(from[8]);
        if (milliseconds <= 0 || verdict > static_cast<std::uint8_t>(Verdict::Unknown))
            continue;
        std::array<ProbePhases::Time, times> read;
        for (std::size_t i = 0; i < times; ++i)
            read[i] = timeOf(qFromLittleEndian<float>(from + 9 + i * sizeof(float)));
        checks.push_back({instantOf(milliseconds),
                          static_cast<Verdict>(verdict),
                          {read[0], read[1], read[2], read[3], read[4]}});
    }
    return checks;
}

std::vector<KeptSlot> rollUp(const std::vector<CheckRecord>& checks,
                             std::chrono::seconds resolution) {
    std::vector<KeptSlot> slots;
    LatencySketch sketch;
    const auto close = [&slots, &sketch] {
        if (!slots.empty())
            slots.back().rollup.sketch = PackedSketch(sketch);
        sketch.clear();
    };
    for (const CheckRecord& check : checks) {
        const std::uint32_t slot = slotOf(millisecondsOf(check.at), resolution);
        if (slots.empty() || slots.back().phases.slot != slot) {
            close();
            slots.push_back({{instantOf(beginOf(slot, resolution)), {}, {}}, {slot}});
        }
        add(slots.back(), sketch, check);
    }
    close();
    return slots;
}

bool ProbeIdentity::operator<(const ProbeIdentity& other) const {
    return std::tie(workspace, environment, service, definition) <
           std::tie(other.workspace, other.environment, other.service, other.definition);
}

QString definitionOf(const Probe& probe) {
    QStringList parts{probeWord(probe.kind),
                      probe.target,
                      probe.pass,
                      QString::number(probe.every.count()),
                      QString::number(probe.timeLimit.count()),
                      QString::number(probe.retriesDown),
                      QString::number(probe.retriesUp),
                      probe.method,
                      probe.authority,
                      probe.certificate,
                      probe.key};
    for (const Probe::Header& header : probe.headers)
        parts.append(header.name);
    parts += probe.places;
    // A part holds no NUL: two lists never come to the same text.
    return sha256Text(parts.join(QChar(u'\0')).toUtf8());
}

} // namespace models
