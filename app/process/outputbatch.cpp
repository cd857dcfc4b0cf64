// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process/outputbatch.h"

#include <chrono>
#include <utility>

namespace app {
namespace {

constexpr std::chrono::milliseconds patience{40};
constexpr qsizetype largeEnough = 256 * 1024;

size_t indexOf(OutputStream stream) {
    return static_cast<size_t>(stream);
}

} // namespace

OutputBatch::OutputBatch(const StreamOffsets& from, QObject* parent)
    : QObject(parent) {
    m_pending[indexOf(OutputStream::Stdout)].offset = from.out;
    m_pending[indexOf(OutputStream::Stderr)].offset = from.err;
    m_timer.setSingleShot(true);
    m_timer.setInterval(patience);
    connect(&m_timer, &QTimer::timeout, this, qOverload<>(&OutputBatch::flush));
}

void OutputBatch::append(OutputStream stream, const QByteArray& bytes) {
    if (bytes.isEmpty())
        return;
    QByteArray& pending = m_pending[indexOf(stream)].bytes;
    pending += bytes;
    if (pending.size() >= largeEnough)
        flush(stream);
    else if (!m_timer.isActive())
        m_timer.start();
}

void OutputBatch::flush() {
    m_timer.stop();
    flush(OutputStream::Stdout);
    flush(OutputStream::Stderr);
}

void OutputBatch::flush(OutputStream stream) {
    Pending& pending = m_pending[indexOf(stream)];
    if (pending.bytes.isEmpty())
        return;
    const QByteArray bytes = std::exchange(pending.bytes, {});
    const qint64 offset = pending.offset;
    pending.offset += bytes.size();
    Q_EMIT batchReady(stream, offset, bytes);
}

qint64 OutputBatch::seen(OutputStream stream) const {
    const Pending& pending = m_pending[indexOf(stream)];
    return pending.offset + pending.bytes.size();
}

} // namespace app
