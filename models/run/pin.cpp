// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/pin.h"

#include <QJsonObject>

#include <algorithm>

namespace models {

QString pinRefusal(const QList<PinnedLine>& lines) {
    if (lines.isEmpty())
        return u"No lines are chosen. Select the lines that show it."_qs;
    if (lines.size() > Pin::mostLines)
        return u"%L1 lines are more than a run keeps. Select at most %L2, or save the log as a "
               u"file "
               "and name it in a note."_qs.arg(lines.size())
                   .arg(Pin::mostLines);
    qsizetype characters = 0;
    for (const PinnedLine& line : lines)
        characters += line.text.size() + line.source.size();
    if (characters > Pin::mostCharacters)
        return u"These lines are longer than a run keeps (%L1 of %L2 characters). Select fewer."_qs
            .arg(characters)
            .arg(Pin::mostCharacters);
    return {};
}

std::pair<Instant, Instant> timesOf(const QList<PinnedLine>& lines) {
    std::pair<Instant, Instant> times;
    for (const PinnedLine& line : lines) {
        if (line.at.isNull())
            continue;
        times.first = times.first.isNull() ? line.at : std::min(times.first, line.at);
        times.second = std::max(times.second, line.at);
    }
    return times;
}

QStringList sourcesOf(const QList<PinnedLine>& lines) {
    QStringList sources;
    for (const PinnedLine& line : lines) {
        if (!sources.contains(line.source))
            sources.append(line.source);
    }
    return sources;
}

QString pinSummary(const Pin& pin) {
    QString text = pin.lines.size() == 1 ? u"1 line"_qs : u"%L1 lines"_qs.arg(pin.lines.size());
    text += u" of "_qs + sourcesOf(pin.lines).join(u", "_qs);
    const auto [from, to] = timesOf(pin.lines);
    if (!from.isNull())
        text += from == to ? u", %1"_qs.arg(from.toString())
                           : u", %1 to %2"_qs.arg(from.toString(), to.toString());
    return text;
}

QString pinText(const Pin& pin) {
    const bool hasSeveral = sourcesOf(pin.lines).size() > 1;
    QString text;
    for (const PinnedLine& line : pin.lines) {
        if (!line.at.isNull())
            text += line.at.toString() + u' ';
        if (hasSeveral)
            text += line.source + u' ';
        text += line.text + u'\n';
    }
    return text;
}

QJsonArray pinnedLinesToJson(const QList<PinnedLine>& lines) {
    QJsonArray array;
    for (const PinnedLine& line : lines) {
        QJsonObject object{{u"source"_qs, line.source}, {u"text"_qs, line.text}};
        if (!line.at.isNull())
            object.insert(u"at"_qs, line.at.toString());
        array.append(object);
    }
    return array;
}

QList<PinnedLine> pinnedLinesFromJson(const QJsonArray& array) {
    QList<PinnedLine> lines;
    for (const QJsonValue& value : array)
        lines.append({Instant::fromString(value[u"at"].toString()), value[u"source"].toString(),
                      value[u"text"].toString()});
    return lines;
}

} // namespace models
