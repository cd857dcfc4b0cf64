// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/outputrecorder.h"

namespace app {

OutputRecorder::OutputRecorder(models::AttemptKey attempt, const models::SecretMasker& masker,
                               StreamOffsets from)
    : m_attempt(std::move(attempt))
    , m_streams{Stream{models::MaskingStream(masker), from.out, from.out, {}},
                Stream{models::MaskingStream(masker), from.err, from.err, {}}} {}

QByteArray OutputRecorder::push(OutputStream stream, qint64 offset, const QByteArray& bytes) {
    Stream& into = m_streams[index(stream)];
    const qint64 known = into.received - offset;
    if (known >= bytes.size())
        return {};
    if (known < 0) { // the place left something out: what follows stands at its own offset
        into.received = offset;
        into.released = offset;
    }
    const QByteArray fresh = known > 0 ? bytes.mid(known) : bytes;
    into.received += fresh.size();
    return release(stream, into.masking.push(fresh));
}

std::array<QByteArray, 2> OutputRecorder::finish() {
    std::array<QByteArray, 2> shown;
    for (const OutputStream stream : {OutputStream::Stdout, OutputStream::Stderr})
        shown[index(stream)] = release(stream, m_streams[index(stream)].masking.flush());
    return shown;
}

QByteArray OutputRecorder::release(OutputStream stream,
                                   const models::MaskingStream::Released& released) {
    if (released.raw == 0)
        return {};
    Stream& from = m_streams[index(stream)];
    OutputBody* last = m_batch.isEmpty() ? nullptr : &m_batch.last();
    if (last && last->stream == static_cast<int>(stream) && last->rawTo == from.released) {
        last->bytes += released.bytes;
        last->rawTo += released.raw;
    } else {
        m_batch.append({m_attempt, static_cast<int>(stream), from.released,
                        from.released + released.raw, released.bytes});
    }
    from.released += released.raw;
    m_batchSize += released.bytes.size();
    if (from.text.size() + released.bytes.size() <= keptBytes)
        from.text += released.bytes;
    else
        m_complete = false;
    return released.bytes;
}

QList<OutputBody> OutputRecorder::takeBatch() {
    m_batchSize = 0;
    return std::exchange(m_batch, {});
}

void OutputRecorder::prepend(OutputStream stream, const QByteArray& masked) {
    QByteArray& text = m_streams[index(stream)].text;
    if (text.size() + masked.size() <= keptBytes)
        text.prepend(masked);
    else
        m_complete = false;
}

} // namespace app
