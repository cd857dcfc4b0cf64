// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/iothread.h"

#include <QEventLoop>

#include <future>
#include <utility>

namespace app {

void SessionTable::add(quint64 id, SessionHandle session, const KeepAlive& keepAlive,
                       SessionListener listener) {
    m_sessions[id] =
        std::make_unique<LiveSession>(std::move(session), keepAlive, m_self, std::move(listener));
}

LiveSession* SessionTable::find(quint64 id) const {
    const auto found = m_sessions.find(id);
    return found == m_sessions.end() ? nullptr : found->second.get();
}

void SessionTable::remove(quint64 id, const QString& why) {
    const auto found = m_sessions.find(id);
    if (found == m_sessions.end())
        return;
    found->second->end(why);
    // It may be what calls this.
    m_buried.push_back(std::move(found->second));
    m_sessions.erase(found);
    m_self.post([this] { m_buried.clear(); });
}

struct IoThread::Inside {
    QEventLoop loop;
    Mailbox mailbox;
    SessionTable sessions{mailbox.address()};
};

IoThread::IoThread() {
    std::promise<Inside*> ready;
    m_thread =
        std::thread([this, &ready] { run([&ready](Inside* inside) { ready.set_value(inside); }); });
    m_inside = ready.get_future().get();
    m_address = m_inside->mailbox.address();
}

IoThread::~IoThread() {
    m_address.post([inside = m_inside] { inside->loop.quit(); });
    m_thread.join();
}

void IoThread::run(const std::function<void(Inside*)>& ready) {
    Inside inside;
    ready(&inside);
    inside.loop.exec();
}

void IoThread::post(Order order) const {
    m_address.post([inside = m_inside, order = std::move(order)] { order(inside->sessions); });
}

} // namespace app
