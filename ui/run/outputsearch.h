// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QString>
#include <QTimer>

namespace ui {

class OutputBuffer;

/// Looks for a text in an attempt's output, once round, in either case of its letters: so much in a
/// turn of the event loop that the window stays free.
class OutputSearch final : public QObject {
    Q_OBJECT

public:
    /// Of the output, in one turn; some milliseconds.
    static constexpr qint64 charactersPerTurn = 1'000'000;

    explicit OutputSearch(QObject* parent = nullptr);

    /// From a line on, that one included; step is 1 or -1. In place of what was looked for before.
    /// The buffer stays the caller's, and may change or go meanwhile.
    void start(OutputBuffer* buffer, const QString& text, qint64 from, int step);
    void stop();

Q_SIGNALS:
    /// The number of the line, or -1 where there is none. At once where it is found in the first
    /// turn's part.
    void finished(qint64 line);

private:
    void lookOn();
    void finish(qint64 line);

    QPointer<OutputBuffer> m_buffer;
    QString m_text;
    qint64 m_line = 0; ///< to look at next
    qint64 m_left = 0; ///< lines that were not looked at
    int m_step = 1;
    QTimer m_nextTurn;
};

} // namespace ui
