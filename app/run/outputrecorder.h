// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/journalstore.h"
#include "app/run/place.h"
#include "models/core/secretmasker.h"

#include <array>

namespace app {

/// The output of one attempt on its way into the journal: secrets masked, in batches, with the raw
/// offsets that reattaching needs. Keeps the masked text as well, for the expectations.
class OutputRecorder {
public:
    /// Text past this is not kept for expectations.
    static constexpr qsizetype keptBytes = 8 * 1024 * 1024;
    /// A batch this large does not wait for its time.
    static constexpr qsizetype batchBytes = 256 * 1024;

    /// The masker outlives the recorder. from: what the journal holds already.
    OutputRecorder(models::AttemptKey attempt, const models::SecretMasker& masker,
                   StreamOffsets from);

    /// What can be shown now, masked. Bytes that the journal already holds are dropped.
    QByteArray push(OutputStream stream, qint64 offset, const QByteArray& bytes);
    /// Both streams have ended: releases what was held back. What can be shown of each.
    std::array<QByteArray, 2> finish();

    [[nodiscard]] bool hasBatch() const { return !m_batch.isEmpty(); }
    [[nodiscard]] bool isBatchFull() const { return m_batchSize >= batchBytes; }
    /// The bodies since the last call.
    [[nodiscard]] QList<OutputBody> takeBatch();

    /// What was recorded before this process took over.
    void prepend(OutputStream stream, const QByteArray& masked);
    [[nodiscard]] const QByteArray& text(OutputStream stream) const {
        return m_streams[index(stream)].text;
    }
    /// False where the text is not all that there was.
    [[nodiscard]] bool isTextComplete() const { return m_complete; }

private:
    struct Stream {
        models::MaskingStream masking;
        qint64 received = 0; ///< raw bytes that came in
        qint64 released = 0; ///< raw bytes that went out, masked
        QByteArray text;
    };

    static std::size_t index(OutputStream stream) { return static_cast<std::size_t>(stream); }
    QByteArray release(OutputStream stream, const models::MaskingStream::Released& released);

    models::AttemptKey m_attempt;
    std::array<Stream, 2> m_streams;
    QList<OutputBody> m_batch;
    qsizetype m_batchSize = 0;
    bool m_complete = true;
};

} // namespace app
