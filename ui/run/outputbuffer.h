// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/ansi.h"

#include <QByteArray>
#include <QObject>
#include <QStringList>

#include <array>
#include <deque>

namespace ui {

/// The lines of one attempt's output, both streams as they arrived, bounded: the oldest lines go
/// first (the journal keeps more), and a line in their place says so. Lines are numbered from 0 and
/// keep their number.
class OutputBuffer final : public QObject {
    Q_OBJECT

public:
    static constexpr int maximumLines = 100'000;
    static constexpr qint64 maximumCharacters = 24'000'000;

    struct Line {
        models::StyledLine styled;
        int stream = 0; ///< 0 stdout, 1 stderr
    };

    using QObject::QObject;

    /// stream is 0 for stdout, 1 for stderr.
    void append(int stream, const QByteArray& bytes);

    /// Number of the first line that is kept.
    [[nodiscard]] qint64 firstLine() const { return m_first; }
    /// One past the last, lines under way included.
    [[nodiscard]] qint64 endLine() const;
    [[nodiscard]] bool isEmpty() const { return endLine() == m_first; }
    [[nodiscard]] const Line& line(qint64 number) const;
    /// The longest line so far, in characters.
    [[nodiscard]] int longestLine() const { return m_longest; }
    /// The text of these lines in pieces, which are shared: to be joined where there is time.
    [[nodiscard]] QStringList pieces(qint64 from, qint64 to) const;

Q_SIGNALS:
    /// Lines were added or the last ones changed; old ones may have gone.
    void changed();

private:
    void settlePartial();
    void replaceFirst();

    std::array<models::AnsiDecoder, 2> m_decoders;
    std::deque<Line> m_lines;
    std::deque<Line> m_partial; ///< at most one a stream
    qint64 m_first = 0;
    qint64 m_characters = 0;
    int m_longest = 0;
};

} // namespace ui
