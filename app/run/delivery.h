// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"

#include <QByteArray>
#include <QObject>
#include <QTimer>

#include <deque>
#include <functional>

namespace app {

/// Facts and output on their way to who shows them: in the order in which they were added, and at
/// most so much in one turn of the event loop, so that a flood of output leaves the thread free for
/// everything else. Lives and is used on one thread.
class Delivery : public QObject {
    Q_OBJECT

public:
    /// Of output, in one turn. Its receivers take a few milliseconds for this.
    static constexpr qsizetype bytesPerTurn = 64 * 1024;
    /// What a fact counts for beside it.
    static constexpr qsizetype bytesPerFact = 8 * 1024;

    explicit Delivery(QObject* parent = nullptr);

    /// Called when everything before it is delivered: at once where nothing waits.
    void add(const models::RunId& run, std::function<void()> fact);
    void addOutput(const models::AttemptKey& attempt, int stream, const QByteArray& bytes);
    /// Nobody asks for what still waits of this run.
    void drop(const models::RunId& run);

Q_SIGNALS:
    /// A part of what was added, cut anywhere; together the parts are the whole.
    void outputReady(const models::AttemptKey& attempt, int stream, const QByteArray& bytes);

private:
    /// A fact where tell is set, else output.
    struct Item {
        models::RunId run;
        std::function<void()> tell;
        models::AttemptKey attempt;
        int stream = 0;
        QByteArray bytes;
        qsizetype from = 0; ///< what is before it is delivered
    };

    void deliver();
    void deliverFront();

    std::deque<Item> m_items;
    qsizetype m_left = bytesPerTurn; ///< of what this turn may deliver
    QTimer m_nextTurn;
};

} // namespace app
