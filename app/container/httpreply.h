// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace app {

/// Reads one answer of HTTP/1.1 (RFC 9112) as its bytes come, which may be cut anywhere. Nothing is
/// kept but what is not complete: of the head, at most 64 KB. Pure.
class HttpReply {
public:
    /// Gives the body's bytes among these, without the chunks' sizes around them.
    [[nodiscard]] QByteArray take(QByteArrayView bytes);
    /// The other side has closed: the end of a body that has no length.
    void end();

    [[nodiscard]] bool hasHead() const { return m_part != Part::Head && m_part != Part::Broken; }
    [[nodiscard]] int status() const { return m_status; }
    /// The whole body came, as it was announced.
    [[nodiscard]] bool isComplete() const { return m_part == Part::Complete; }
    /// It is no HTTP, or contradicts itself.
    [[nodiscard]] bool isBroken() const { return m_part == Part::Broken; }

private:
    enum class Part {
        Head,
        UntilClose,
        Sized,
        ChunkSize,
        Chunk,
        ChunkEnd,
        Trailer,
        Complete,
        Broken
    };

    [[nodiscard]] bool readHead();
    void takeLine(QByteArrayView line);

    Part m_part = Part::Head;
    QByteArray m_pending; ///< of the head, or of a line between chunks
    int m_status = 0;
    qint64 m_left = 0; ///< of the body, or of the chunk
};

} // namespace app
