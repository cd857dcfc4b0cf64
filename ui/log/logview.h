// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/log/cellcanvas.h"
#include "ui/log/cellfont.h"
#include "ui/log/loglines.h"

#include <QAbstractScrollArea>
#include <QPointer>

#include <functional>
#include <memory>
#include <optional>

class QTimer;

namespace ui {

/// Draws the rows of a LogLines that are in sight. At the end it follows; anywhere else what is in
/// sight stays in sight, whatever comes or goes, and what came since is counted.
class LogView final : public QAbstractScrollArea {
    Q_OBJECT

public:
    enum class Wrapping { Off, On };

    explicit LogView(QWidget* parent = nullptr);
    ~LogView() override;

    /// The lines stay the caller's; nullptr shows nothing.
    void setLines(LogLines* lines);
    void setWrapping(Wrapping wrapping);
    /// Stands in the middle while there is no line: why there is none. Plain text.
    void setEmptyWords(const QString& words);
    [[nodiscard]] const QString& emptyWords() const { return m_emptyWords; }
    /// Finds what is to be marked in a line: start and length in bytes, in order.
    using Highlighter = std::function<QList<std::pair<qsizetype, qsizetype>>(QByteArrayView)>;
    /// Asked for the lines in sight at each paint; none marks nothing.
    void setHighlighter(Highlighter highlighter);

    /// Whether a row has a bookmark; asked for the rows in sight at each paint.
    using BookmarkTest = std::function<bool(qint64)>;
    void setBookmarkTest(BookmarkTest hasBookmark);

    [[nodiscard]] bool isFollowing() const { return m_isFollowing; }
    void follow();
    /// Rows that came since it follows no longer.
    [[nodiscard]] qint64 newRows() const;
    /// The row that keys and searches start from; -1 while there is none.
    [[nodiscard]] qint64 currentRow() const { return m_cursor ? m_cursor->row : -1; }
    /// Makes it the current row, in the middle where it was out of sight.
    void goTo(qint64 row);
    [[nodiscard]] qint64 topRow() const { return m_top; }
    /// Rows that fit, at least 1.
    [[nodiscard]] int pageRows() const;

    void selectAll();
    /// Whole rows, both within those that there are; the first of them comes into sight.
    void selectRows(qint64 first, qint64 last);
    [[nodiscard]] bool hasSelection() const;
    /// First and last row of which something is selected, else the current row twice; nothing
    /// without either.
    [[nodiscard]] std::optional<std::pair<qint64, qint64>> selectedRows() const;
    /// With: each line's time in UTC stands before it.
    enum class Times { Without, With };
    /// What is selected, else the current row; invalid UTF-8 as U+FFFD, markers as what they say.
    /// None where that is too much for a clipboard.
    [[nodiscard]] std::optional<QString> selectedText(Times times = Times::Without) const;
    void copy(Times times = Times::Without);

    QSize sizeHint() const override;

Q_SIGNALS:
    void followingChanged();
    void currentRowChanged(qint64 row);
    void selectionChanged();
    /// Beside the text of this row.
    void gutterClicked(qint64 row);
    /// So many rows are too many to copy.
    void copyRefused(qint64 rows);
    /// Return, B and Escape were pressed.
    void wholeLineRequested();
    void bookmarkRequested();
    void escaped();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    /// Between the characters of a row, counted in bytes.
    struct Place {
        qint64 row = 0;
        qsizetype byte = 0;
        auto operator<=>(const Place&) const = default;
    };
    struct Inks;
    struct RowPaint;
    enum class Extend { No, Selection };

    void onChanged();
    void onInserted(qint64 row, qint64 count);
    void onReset();
    void onThemeChanged();

    // where things are
    [[nodiscard]] qint64 firstRow() const;
    [[nodiscard]] qint64 endRow() const;
    [[nodiscard]] int lineHeight() const { return m_normal.lineHeight(); }
    [[nodiscard]] int gutterWidth() const;
    [[nodiscard]] int textColumns() const;
    [[nodiscard]] int firstColumn() const;
    [[nodiscard]] int partsOf(const LogRow& row) const;
    [[nodiscard]] std::optional<Place> placeAt(const QPoint& point) const;
    [[nodiscard]] bool isInSight(qint64 row) const;
    /// Parts from the top of the view to the end of this row, which must not be before the top.
    [[nodiscard]] qint64 partsTo(qint64 row) const;

    // scrolling
    void settle();
    void scrollToEnd();
    void scrollBy(qint64 lines);
    void moveTop(qint64 row, int part);
    void showTop(bool atEnd);
    void setFollowing(bool following);
    void moveTo(const Place& place, Extend extend);
    void moveByKey(const QKeyEvent& event);
    void extendTo(qint64 row);
    void hold();
    void bringIntoSight(qint64 row);
    void dragOn();
    [[nodiscard]] std::pair<Place, Place> selection() const;
    [[nodiscard]] QByteArray selectedBytes(const LogRow& row, qint64 number, Times times) const;

    // painting
    void paintRow(Inks& inks, qint64 number, int& top);
    void paintGutter(QPainter& painter, const Inks& inks, const RowPaint& row, int top);
    void paintEmptyWords(QPainter& painter, const Inks& inks) const;
    void paintPart(Inks& inks, const RowPaint& row, int part);
    void paintBookmark(QPainter& painter, int top) const;
    void paintMarker(QPainter& painter, const models::LogMarker& marker, int top) const;
    [[nodiscard]] static CellStyle styleOf(const models::LogSpan& span, const RowPaint& row,
                                           Inks& inks);

    QPointer<LogLines> m_lines;
    Highlighter m_highlighter;
    BookmarkTest m_hasBookmark;
    QString m_emptyWords;
    CellFont m_normal;
    CellFont m_bold;
    CellCanvas m_canvas{m_normal, m_bold};
    Wrapping m_wrapping = Wrapping::Off;
    bool m_isFollowing = true;
    bool m_isAtFoot = true; ///< the last row in sight ends at the bottom
    bool m_isSettling = false;
    qint64 m_top = 0;     ///< row at the top
    int m_topPart = 0;    ///< which of its parts, where lines are wrapped
    qint64 m_scale = 1;   ///< rows that one step of the scroll bar stands for
    qint64 m_seenEnd = 0; ///< end of the rows when it stopped following
    int m_widest = 0;     ///< columns, of the rows that were painted so far
    std::optional<Place> m_cursor;
    Place m_anchor;
    bool m_isDragging = false;
    std::optional<qint64> m_pressedBeside; ///< the row in whose gutter the mouse was pressed
    QPoint m_pointer;
    std::unique_ptr<QTimer> m_dragTimer;
};

} // namespace ui
