// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demohost/demoworkspace.h"

#include <QList>

#include <algorithm>

namespace app {
namespace {

/// "  between: [dev, prod]": a list in one line that names environments, and none of the demo's.
bool namesOthersAlone(const QByteArray& line) {
    const qsizetype key = line.indexOf("between: [");
    return key >= 0 && !line.mid(key).contains("demo");
}

/// "  environments: [demo, prod]" of a runbook, without those that are not here.
QByteArray withoutOthers(const QByteArray& line) {
    constexpr QByteArrayView key("environments: [");
    const qsizetype start = line.indexOf(key);
    const qsizetype end = line.indexOf(']', start);
    if (start < 0 || end < 0)
        return line;
    const qsizetype from = start + key.size();
    QByteArrayList names;
    for (const QByteArray& name : line.mid(from, end - from).split(',')) {
        if (name.trimmed().startsWith("demo"))
            names.append(name.trimmed());
    }
    return line.left(from) + names.join(", ") + line.mid(end);
}

} // namespace

QByteArray demoPartOf(const QByteArray& text, const QMap<QByteArray, QByteArray>& addresses) {
    QByteArrayList kept;
    bool isAmongEnvironments = false;
    bool isOther = false;
    for (const QByteArray& line : text.split('\n')) {
        const qsizetype indent =
            std::find_if(line.begin(), line.end(), [](char c) { return c != ' '; }) - line.begin();
        const bool isEmpty = indent == line.size();
        if (indent == 0 && !isEmpty) {
            isAmongEnvironments = line.startsWith("environments:");
            isOther = false;
        } else if (isAmongEnvironments && indent == 2 && !isEmpty) {
            isOther = !line.trimmed().startsWith("demo");
        }
        if (!isOther && !namesOthersAlone(line))
            kept.append(withoutOthers(line));
    }
    QByteArray part = kept.join('\n');
    for (auto address = addresses.begin(); address != addresses.end(); ++address)
        part.replace(address.key(), address.value());
    return part;
}

} // namespace app
