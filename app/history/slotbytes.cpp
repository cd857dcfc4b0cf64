// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/slotbytes.h"

#include <QtEndian>

namespace app {

namespace {

template <class Number>
void append(QByteArray& bytes, Number number) {
    const qsizetype at = bytes.size();
    bytes.resize(at + static_cast<qsizetype>(sizeof(Number)));
    qToLittleEndian(number, bytes.data() + at);
}

} // namespace

QByteArray bytesOf(const models::PackedSketch& sketch) {
    QByteArray bytes;
    for (const std::uint16_t word : sketch.words())
        append(bytes, word);
    return bytes;
}

models::PackedSketch sketchFrom(const QByteArray& bytes) {
    std::vector<std::uint16_t> words;
    for (qsizetype at = 0; at + 2 <= bytes.size(); at += 2)
        words.push_back(qFromLittleEndian<quint16>(bytes.constData() + at));
    return models::PackedSketch::fromWords(words);
}

QByteArray bytesOf(const models::PhaseSeries::Row& row) {
    QByteArray bytes;
    for (const float sum : row.sums)
        append(bytes, sum);
    for (const std::uint16_t count : row.counts)
        append(bytes, count);
    return bytes;
}

models::PhaseSeries::Row phasesFrom(std::uint32_t slot, const QByteArray& bytes) {
    models::PhaseSeries::Row row{slot};
    constexpr qsizetype size = models::phaseCount * (sizeof(float) + sizeof(std::uint16_t));
    if (bytes.size() != size)
        return row;
    const char* from = bytes.constData();
    for (float& sum : row.sums) {
        sum = qFromLittleEndian<float>(from);
        from += sizeof(float);
    }
    for (std::uint16_t& count : row.counts) {
        count = qFromLittleEndian<quint16>(from);
        from += sizeof(std::uint16_t);
    }
    return row;
}

} // namespace app
