// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/escapes.h"

#include <algorithm>

namespace models {

namespace {

constexpr char escapeByte = '\x1b';
constexpr char bell = '\x07';
/// A title or link longer than this is no such thing: its end was lost.
constexpr qsizetype maximumString = 4'096;

bool within(char byte, char low, char high) {
    return byte >= low && byte <= high;
}

/// Where the string sequence that is introduced before `at` ends; `at` where it does not.
qsizetype stringEnd(QByteArrayView raw, qsizetype at) {
    const qsizetype limit = std::min(raw.size(), at + maximumString);
    for (qsizetype i = at; i < limit; ++i) {
        if (raw[i] == bell)
            return i + 1;
        if (raw[i] == escapeByte)
            return i + 1 < raw.size() && raw[i + 1] == '\\' ? i + 2 : at;
    }
    return at;
}

/// Where the sequence ends whose escape character is at `at`.
qsizetype sequenceEnd(QByteArrayView raw, qsizetype at) {
    ++at;
    if (at == raw.size())
        return at;
    const char introducer = raw[at];
    if (introducer == '[') {
        ++at;
        while (at < raw.size() && within(raw[at], 0x20, 0x3f))
            ++at;
        return at < raw.size() && within(raw[at], 0x40, 0x7e) ? at + 1 : at;
    }
    if (QByteArrayView("]PX^_").contains(introducer))
        return stringEnd(raw, at + 1);
    while (at < raw.size() && within(raw[at], 0x20, 0x2f))
        ++at;
    return at < raw.size() && within(raw[at], 0x30, 0x7e) ? at + 1 : at;
}

/// The numbers of a sequence that selects graphics; false where it does something else.
bool parametersOf(QByteArrayView sequence, SgrParameters& parameters) {
    if (sequence.size() < 3 || sequence[1] != '[' || sequence.back() != 'm')
        return false;
    for (const char byte : sequence.sliced(2).chopped(1)) {
        if (within(byte, '0', '9'))
            parameters.digit(byte - '0');
        else if (byte == ';' || byte == ':')
            parameters.separator(byte == ':' ? SgrParameters::Separator::Colon
                                             : SgrParameters::Separator::Semicolon);
        else
            return false;
    }
    return true;
}

} // namespace

void stripEscapes(QByteArrayView raw, StrippedLine& stripped) {
    stripped.text.clear();
    stripped.sequences.clear();
    stripped.escapes.clear();
    const auto take = [&stripped](QByteArrayView sequence) {
        stripped.sequences.append(sequence.data(), static_cast<size_t>(sequence.size()));
        stripped.escapes.emplace_back(static_cast<std::uint32_t>(stripped.text.size()),
                                      static_cast<std::uint32_t>(stripped.sequences.size()));
    };
    qsizetype end = raw.size();
    while (end > 0 && raw[end - 1] == '\r')
        --end;
    const QByteArrayView line = raw.first(end);
    qsizetype at = 0;
    while (at < end) {
        const qsizetype next = line.indexOf(escapeByte, at);
        const qsizetype plainEnd = next < 0 ? end : next;
        stripped.text.append(line.data() + at, static_cast<size_t>(plainEnd - at));
        at = plainEnd;
        if (next < 0)
            break;
        at = sequenceEnd(line, next);
        take(line.sliced(next, at - next));
    }
    if (end < raw.size())
        take(raw.sliced(end));
}

QByteArray restored(QByteArrayView text, const QList<Escape>& escapes) {
    QByteArray raw;
    qsizetype at = 0;
    for (const Escape& escape : escapes) {
        raw.append(text.sliced(at, escape.position - at)).append(escape.sequence);
        at = escape.position;
    }
    return raw.append(text.sliced(at));
}

QList<LogSpan> spansOf(qsizetype textSize, const QList<Escape>& escapes) {
    static const TextStyle plain;
    QList<LogSpan> spans;
    TextStyle style;
    const auto close = [&](qsizetype start, qsizetype end) {
        if (start == end || style == plain)
            return;
        const bool goesOn = !spans.isEmpty() && spans.last().style == style &&
                            spans.last().start + spans.last().length == start;
        if (goesOn)
            spans.last().length += end - start;
        else
            spans.append({start, end - start, style});
    };
    qsizetype start = 0;
    for (const Escape& escape : escapes) {
        SgrParameters parameters;
        if (!parametersOf(escape.sequence, parameters))
            continue;
        close(start, escape.position);
        start = escape.position;
        parameters.apply(style);
    }
    close(start, textSize);
    return spans;
}

} // namespace models
