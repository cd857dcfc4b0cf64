// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/run/outputsearch.h"
#include "ui/theme/theme.h"

#include <QAbstractScrollArea>
#include <QPointer>

namespace models {
struct StyledLine;
}

namespace ui {

class OutputBuffer;

/// Draws the visible lines of an OutputBuffer. At the end it follows; anywhere else it stays where
/// the person put it, and counts what came since.
class OutputView final : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit OutputView(QWidget* parent = nullptr);

    /// The buffer stays the caller's; nullptr shows nothing.
    void setBuffer(OutputBuffer* buffer);
    void setSearch(const QString& text);
    /// To the next hit (1) or the one before (-1); hitSought() says when it is there.
    void goToHit(int step);
    void scrollToEnd();
    [[nodiscard]] bool isFollowing() const { return m_isFollowing; }
    [[nodiscard]] qint64 newLines() const;
    /// What is marked, else everything.
    [[nodiscard]] QString copyText() const { return copyPieces().join(QString()); }
    /// The same to the clipboard; a lot of it is put together off this thread.
    void copy();

    QSize sizeHint() const override;

Q_SIGNALS:
    void followingChanged();
    void hitSought(bool found);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    static constexpr int margin = space::s;
    static constexpr int edgeWidth = 2;
    static constexpr int textLeft = margin + edgeWidth + 6;

    struct Position {
        qint64 line = 0;
        int column = 0;
        auto operator<=>(const Position&) const = default;
    };

    void onBufferChanged();
    void showHit(qint64 line);
    [[nodiscard]] QStringList copyPieces() const;
    void settleScroll();
    [[nodiscard]] int lineHeight() const;
    [[nodiscard]] qreal cellWidth() const;
    [[nodiscard]] int visibleLines() const;
    [[nodiscard]] qint64 topLine() const;
    [[nodiscard]] Position positionAt(const QPoint& point) const;
    void paintLine(QPainter& painter, const QRectF& rect, qint64 number) const;
    void paintMarks(QPainter& painter, const QRectF& rect, qint64 number) const;

    QPointer<OutputBuffer> m_buffer;
    OutputSearch m_seeker;
    QString m_search;
    qint64 m_hit = -1;
    qint64 m_firstShown = 0; ///< number of the line that scroll position 0 stands for
    qint64 m_seenEnd = 0;    ///< end of the output when it stopped following
    bool m_isFollowing = true;
    bool m_isSettling = false;
    Position m_anchor;
    Position m_cursor;
};

} // namespace ui
