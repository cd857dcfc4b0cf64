// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/delivery.h"

#include <algorithm>
#include <utility>

namespace app {

Delivery::Delivery(QObject* parent)
    : QObject(parent) {
    m_nextTurn.setParent(this);
    m_nextTurn.setSingleShot(true);
    connect(&m_nextTurn, &QTimer::timeout, this, [this] {
        m_left = bytesPerTurn;
        deliver();
    });
}

void Delivery::add(const models::RunId& run, std::function<void()> fact) {
    m_items.push_back({run, std::move(fact), {}, 0, {}, 0});
    deliver();
}

void Delivery::addOutput(const models::AttemptKey& attempt, int stream, const QByteArray& bytes) {
    if (bytes.isEmpty())
        return;
    m_items.push_back({attempt.run, {}, attempt, stream, bytes, 0});
    deliver();
}

void Delivery::drop(const models::RunId& run) {
    std::erase_if(m_items, [&run](const Item& item) { return item.run == run; });
}

/// The timer goes by turns: what is added meanwhile, also by events of the same turn, shares what
/// is left of this one.
void Delivery::deliver() {
    while (!m_items.empty() && m_left > 0) {
        if (!m_nextTurn.isActive())
            m_nextTurn.start(0);
        deliverFront();
    }
}

/// What is delivered is off the queue before: a receiver may add or drop.
void Delivery::deliverFront() {
    Item& front = m_items.front();
    if (front.tell) {
        const auto tell = std::move(front.tell);
        m_items.pop_front();
        m_left -= bytesPerFact;
        tell();
        return;
    }
    const models::AttemptKey attempt = front.attempt;
    const int stream = front.stream;
    const qsizetype size = std::min(m_left, front.bytes.size() - front.from);
    const QByteArray part = front.bytes.mid(front.from, size);
    front.from += size;
    if (front.from == front.bytes.size())
        m_items.pop_front();
    m_left -= size;
    Q_EMIT outputReady(attempt, stream, part);
}

} // namespace app
