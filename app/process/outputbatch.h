// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/place.h"

#include <QObject>
#include <QTimer>

#include <array>

namespace app {

/// Collects the bytes of an attempt's two streams and hands them on in pieces: when one is large,
/// or a short while after its first byte.
class OutputBatch final : public QObject {
    Q_OBJECT

public:
    explicit OutputBatch(const StreamOffsets& from, QObject* parent = nullptr);

    void append(OutputStream stream, const QByteArray& bytes);
    void flush();
    /// Bytes seen of a stream, with those that are not handed on yet.
    [[nodiscard]] qint64 seen(OutputStream stream) const;

Q_SIGNALS:
    void batchReady(app::OutputStream stream, qint64 offset, const QByteArray& bytes);

private:
    struct Pending {
        qint64 offset = 0;
        QByteArray bytes;
    };

    void flush(OutputStream stream);

    std::array<Pending, 2> m_pending;
    QTimer m_timer;
};

} // namespace app
