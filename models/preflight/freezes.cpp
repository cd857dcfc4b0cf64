// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/preflight/freezes.h"

namespace models {

QString freezeWords(const QString& environment, const Maintenance& freeze) {
    const QString words =
        freeze.isEndless()
            ? u"%1 is frozen without an end."_qs.arg(environment)
            : u"%1 is frozen until %2 UTC."_qs.arg(
                  environment, freeze.until.toDateTime().toString(u"yyyy-MM-dd HH:mm"_qs));
    return freeze.reason.isEmpty() ? words : words + u' ' + freeze.reason;
}

QString unreadFreezeWords(const QString& environment, const Diagnostic& mistake) {
    return u"Line %1, column %2: %3 Until that can be read, %4 counts as frozen."_qs.arg(
        QString::number(mistake.line), QString::number(mistake.column), mistake.message,
        environment);
}

QStringList freezeReasons(const QString& environment, const QList<Maintenance>& freezes,
                          const Diagnostics& unread, Instant now) {
    QStringList reasons;
    for (const Diagnostic& mistake : unread)
        reasons.append(unreadFreezeWords(environment, mistake));
    for (const Maintenance& freeze : freezes) {
        if (freeze.holds(now))
            reasons.append(freezeWords(environment, freeze));
    }
    return reasons;
}

} // namespace models
