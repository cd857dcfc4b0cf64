// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logsink.h"

#include <QByteArrayList>
#include <QList>

namespace tests {

/// Keeps what a stream delivers.
class RecordingSink final : public app::LogSink {
public:
    void append(models::LogChannel channel, const QByteArray& bytes) override {
        (channel == models::LogChannel::Stdout ? out : err) += bytes;
    }
    void mark(const models::LogMarker& marker) override {
        markers.append(marker);
        lengths.append(out.size());
    }

    void clear() {
        out.clear();
        err.clear();
        markers.clear();
        lengths.clear();
    }
    [[nodiscard]] qsizetype count(models::LogMarker::Kind kind) const {
        qsizetype found = 0;
        for (const models::LogMarker& marker : markers)
            found += marker.kind == kind ? 1 : 0;
        return found;
    }
    /// All of them, for the words of a test that fails.
    [[nodiscard]] QByteArray said() const {
        QByteArrayList texts;
        for (const models::LogMarker& marker : markers)
            texts.append(marker.words);
        return texts.join("\n");
    }

    QByteArray out;
    QByteArray err;
    QList<models::LogMarker> markers;
    QList<qsizetype> lengths; ///< of out, when each of them came
};

/// Lines without the time in front.
[[nodiscard]] inline QByteArray withoutStamps(const QByteArray& lines) {
    QByteArray plain;
    for (const QByteArray& line : lines.split('\n')) {
        if (!line.isEmpty())
            plain += line.mid(line.indexOf(' ') + 1) + '\n';
    }
    return plain;
}

} // namespace tests
