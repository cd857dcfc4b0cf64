// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/pin.h"

#include <QJsonObject>

#include <algorithm>

namespace models {

namespace {

/// To the millisecond: who wants it exactly reads the lines.
QString timesForPeople(Instant from, Instant to) {
    const QString time = u"HH:mm:ss.zzz"_qs;
    const QString dayAndTime = u"yyyy-MM-dd HH:mm:ss.zzz"_qs;
    const QDateTime first = from.toDateTime();
    const QDateTime last = to.toDateTime();
    if (from == to)
        return first.toString(dayAndTime) + u" UTC"_qs;
    return u"%1 to %2 UTC"_qs.arg(first.toString(dayAndTime),
                                  last.toString(first.date() == last.date() ? time : dayAndTime));
}

} // namespace

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
        text += u", "_qs + timesForPeople(from, to);
    return text;
}

QString pinText(const Pin& pin) {
    const bool hasSeveral = sourcesOf(pin.lines).size() > 1;
    QStringList lines;
    for (const PinnedLine& line : pin.lines) {
        QString text;
        if (!line.at.isNull())
            text += line.at.toString() + u' ';
        if (hasSeveral)
            text += line.source + u' ';
        lines.append(text + line.text);
    }
    return lines.join(u'\n');
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
