// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logwords.h"

#include "ui/theme/theme.h"
#include "ui/widgets/timeformat.h"
#include "ui/widgets/wording.h"

#include <QDateTime>
#include <QLocale>

namespace ui {

namespace {

struct LogWords {
    Q_DECLARE_TR_FUNCTIONS(ui::LogWords)
};

QString lengthOf(const models::LogMarker& marker) {
    return formatDuration(std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::nanoseconds(marker.length())));
}

QString gapWords(const models::LogMarker& marker) {
    return marker.length() == 0 ? LogWords::tr("The stream was cut. Lines may be missing here.")
                                : LogWords::tr("Nothing came for %1. Lines may be missing here.")
                                      .arg(lengthOf(marker));
}

QString resumedWords(const models::LogMarker& marker) {
    return marker.length() == 0
               ? LogWords::tr("The connection was lost. The stream goes on where it stopped.")
               : LogWords::tr(
                     "The connection was lost for %1. The stream goes on where it stopped.")
                     .arg(lengthOf(marker));
}

QString droppedWords(const models::LogMarker& marker) {
    return countOf(marker.lines,
                   LogWords::tr("%1 older line went to keep within the memory limit."),
                   LogWords::tr("%L1 older lines went to keep within the memory limit."));
}

} // namespace

QString markerWords(const models::LogMarker& marker) {
    using Kind = models::LogMarker::Kind;
    const QString detail = QString::fromUtf8(marker.detail);
    switch (marker.kind) {
    case Kind::Gap:
        return gapWords(marker);
    case Kind::Resumed:
        return resumedWords(marker);
    case Kind::Successor:
        return LogWords::tr("The container was made anew. What follows comes from %1.").arg(detail);
    case Kind::Rotated:
        return LogWords::tr("The log was rotated.");
    case Kind::Vanished:
        return detail.isEmpty() ? LogWords::tr("The source is gone.")
                                : LogWords::tr("The source is gone: %1").arg(detail);
    case Kind::Dropped:
        return droppedWords(marker);
    }
    return {};
}

QString formatClock(models::Instant at) {
    if (at.isNull())
        return {};
    const QDateTime utc = at.toDateTime();
    const bool isLocal = Theme::instance().timeDisplay() == TimeDisplay::Local;
    return (isLocal ? utc.toLocalTime() : utc).time().toString(QStringLiteral("HH:mm:ss.zzz"));
}

} // namespace ui
