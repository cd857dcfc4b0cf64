// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logsink.h"

#include <QByteArrayView>
#include <QList>

#include <array>

namespace app {

/// Takes apart what the Docker API sends of a container without a terminal: eight bytes (the
/// stream, three zeroes, the length as big-endian 32 bits) in front of each piece. Pure.
/// https://docs.docker.com/engine/api/v1.41/#tag/Container/operation/ContainerAttach
class LogFrames {
public:
    struct Piece {
        models::LogChannel channel = models::LogChannel::Stdout;
        QByteArray bytes;

        bool operator==(const Piece&) const = default;
    };

    /// Neighbours of one channel come as one piece. Pieces of a frame come as soon as they are
    /// here.
    [[nodiscard]] QList<Piece> take(QByteArrayView bytes);
    /// It is not such a stream.
    [[nodiscard]] bool isBroken() const { return m_isBroken; }

private:
    void readHeader();

    std::array<unsigned char, 8> m_header{};
    size_t m_headerSize = 0;
    quint32 m_left = 0; ///< of the frame
    models::LogChannel m_channel = models::LogChannel::Stdout;
    bool m_isBroken = false;
};

} // namespace app
