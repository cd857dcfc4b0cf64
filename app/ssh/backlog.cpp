// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/backlog.h"

#include <algorithm>
#include <utility>

namespace app {
namespace {

constexpr qsizetype pieceSize = 64 * 1024;

} // namespace

void Backlog::append(OutputStream stream, const char* bytes, qsizetype size, qsizetype memory) {
    const qsizetype room =
        m_spilled.empty() ? std::clamp<qsizetype>(memory - m_inMemory, 0, size) : 0;
    for (qsizetype at = 0; at < size;) {
        const bool isKept = at < room;
        const qsizetype part = std::min(pieceSize, (isKept ? room : size) - at);
        if (isKept)
            keep(stream, QByteArray(bytes + at, part));
        else
            spill(stream, bytes + at, part);
        at += part;
    }
}

void Backlog::keep(OutputStream stream, const QByteArray& bytes) {
    m_kept.push_back({stream, bytes});
    m_inMemory += bytes.size();
}

void Backlog::spill(OutputStream stream, const char* bytes, qsizetype size) {
    const QByteArray piece(bytes, size);
    if (m_file.append(piece)) {
        m_spilled.push_back({stream, size});
        return;
    }
    // Behind everything that is on disk already.
    while (!m_spilled.empty())
        unspill();
    keep(stream, piece);
}

void Backlog::unspill() {
    const Spilled front = m_spilled.front();
    m_spilled.pop_front();
    keep(front.stream, m_file.take(front.size));
}

Backlog::Piece Backlog::take(qsizetype limit) {
    if (m_kept.empty())
        unspill();
    Piece& front = m_kept.front();
    Piece taken{front.stream, front.bytes.left(limit)};
    m_inMemory -= taken.bytes.size();
    if (taken.bytes.size() == front.bytes.size())
        m_kept.pop_front();
    else
        front.bytes.remove(0, taken.bytes.size());
    return taken;
}

} // namespace app
