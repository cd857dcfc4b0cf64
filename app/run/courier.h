// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QEvent>
#include <QObject>

#include <deque>
#include <functional>
#include <mutex>
#include <utility>

namespace app {

/// Brings work to the thread that it lives on, in order with everything else that is posted there.
///
/// What is done travels in a queue behind a std::mutex, and Qt's event only rings: ThreadSanitizer
/// sees the hand-over that way, which it cannot inside the distribution's Qt. A queued connection
/// or invocation between two threads would show as a race in each of its arguments.
class Courier final : public QObject {
public:
    using Letter = std::function<void()>;

    using QObject::QObject;

    /// Any thread, for as long as it lives. What is posted and not opened before its end is
    /// dropped.
    void post(Letter letter) {
        {
            const std::scoped_lock lock(m_mutex);
            m_letters.push_back(std::move(letter));
        }
        QCoreApplication::postEvent(this, new QEvent(QEvent::User));
    }

    bool event(QEvent* event) override {
        if (event->type() != QEvent::User)
            return QObject::event(event);
        Letter letter;
        {
            const std::scoped_lock lock(m_mutex);
            letter = std::move(m_letters.front());
            m_letters.pop_front();
        }
        letter();
        return true;
    }

private:
    std::mutex m_mutex;
    std::deque<Letter> m_letters;
};

} // namespace app
