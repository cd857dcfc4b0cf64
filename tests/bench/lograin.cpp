// SPDX-License-Identifier: GPL-3.0-or-later
#include "lograin.h"

#include "logparty.h"

#include "models/log/bytescan.h"

namespace tests {

namespace {

constexpr std::chrono::milliseconds pace{10};

} // namespace

LogRain::LogRain(FakeLogService& service)
    : m_service(service) {
    m_timer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] {
        const auto due = m_atStart + size_t(m_since.elapsed() * m_pace / 1000 / pieceLines);
        while (m_next < due && m_next + 1 < m_pieces.size())
            pourNext();
    });
}

LogRain::~LogRain() = default;

models::Result<void> LogRain::open(qint64 from, qint64 count) {
    const models::Result<QString> path = LogParty::instance().path();
    if (!path)
        return tl::unexpected(path.error());
    m_file.setFileName(*path);
    if (!m_file.open(QIODevice::ReadOnly))
        return models::failure(models::ErrorCode::NotReadable,
                               QStringLiteral("cannot read %1").arg(*path));
    const qint64 size = m_file.size();
    m_bytes = reinterpret_cast<const char*>(m_file.map(0, size));
    if (m_bytes == nullptr)
        return models::failure(models::ErrorCode::NotReadable,
                               QStringLiteral("cannot map %1").arg(*path));
    constexpr qint64 blockSize = 1 << 20;
    models::LineEnds ends;
    qint64 line = 0;
    m_pieces.push_back(from == 0 ? 0 : -1);
    for (qint64 at = 0; at < size && (count < 0 || line < from + count); at += blockSize) {
        models::splitLines({m_bytes + at, std::min(blockSize, size - at)}, ends);
        for (const std::uint32_t end : ends.feeds) {
            if (++line < from || (line - from) % pieceLines != 0)
                continue;
            const qint64 behind = at + (end & ~models::LineEnds::special) + 1;
            if (line == from)
                m_pieces.front() = behind;
            else
                m_pieces.push_back(behind);
        }
    }
    return {};
}

void LogRain::pourNext() {
    const qint64 from = m_pieces[m_next];
    const qint64 size = m_pieces[m_next + 1] - from;
    const auto streams = m_service.followed.keys();
    const quint64 stream = streams[qsizetype(m_next) % streams.size()];
    ++m_next;
    Q_EMIT m_service.arrived(
        stream,
        {app::LogPiece{models::LogChannel::Stdout, QByteArray::fromRawData(m_bytes + from, size)}});
}

void LogRain::pour(qint64 lines) {
    for (qint64 fell = 0; fell < lines && m_next + 1 < m_pieces.size(); fell += pieceLines)
        pourNext();
}

void LogRain::start(int linesInASecond) {
    m_pace = linesInASecond;
    m_atStart = m_next;
    m_since.start();
    m_timer.start(pace);
}

void LogRain::stop() {
    m_timer.stop();
}

} // namespace tests
