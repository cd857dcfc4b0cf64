// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/container/runtimeevent.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace app {
namespace {

/// No event is longer; what is, is dropped.
constexpr qsizetype longestEvent = 1024 * 1024;

QString textOf(const QJsonObject& object, std::initializer_list<QLatin1String> keys) {
    for (const QLatin1String key : keys) {
        if (const QString text = object.value(key).toString(); !text.isEmpty())
            return text;
    }
    return {};
}

bool changesNothing(const QString& action) {
    return action.startsWith(QLatin1String("exec_")) || action == QLatin1String("exec") ||
           action == QLatin1String("top") || action == QLatin1String("attach") ||
           action == QLatin1String("export") || action == QLatin1String("resize");
}

} // namespace

QStringList changedContainers(QByteArray& pending) {
    QStringList ids;
    qsizetype begin = 0;
    for (qsizetype end = pending.indexOf('\n'); end >= 0; end = pending.indexOf('\n', begin)) {
        const QJsonObject event = QJsonDocument::fromJson(pending.mid(begin, end - begin)).object();
        begin = end + 1;
        const QString action = textOf(
            event, {QLatin1String("Action"), QLatin1String("status"), QLatin1String("Status")});
        QString id = textOf(event, {QLatin1String("id"), QLatin1String("ID")});
        if (id.isEmpty())
            id = event.value(u"Actor").toObject().value(u"ID").toString();
        if (!id.isEmpty() && !changesNothing(action) && !ids.contains(id))
            ids.append(id);
    }
    pending.remove(0, begin);
    if (pending.size() > longestEvent)
        pending.clear();
    return ids;
}

} // namespace app
