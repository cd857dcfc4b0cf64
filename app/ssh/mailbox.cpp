// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/mailbox.h"

#include <QPointer>
#include <QSocketNotifier>

#include <deque>
#include <mutex>
#include <sys/eventfd.h>
#include <unistd.h>
#include <utility>

namespace app {

struct MailAddress::Box {
    std::mutex mutex;
    std::deque<Letter> letters;
    bool isOpen = true;
    const int bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);

    Box() = default;
    ~Box() { ::close(bell); }
    Q_DISABLE_COPY_MOVE(Box)
};

void MailAddress::post(Letter letter) const {
    if (!m_box)
        return;
    {
        const std::scoped_lock lock(m_box->mutex);
        if (!m_box->isOpen)
            return;
        m_box->letters.push_back(std::move(letter));
        if (m_box->letters.size() > 1)
            return; // the bell was rung for the first of them
    }
    eventfd_write(m_box->bell, 1);
}

Mailbox::Mailbox(QObject* parent)
    : QObject(parent) {
    m_address.m_box = std::make_shared<MailAddress::Box>();
    m_bell = new QSocketNotifier(m_address.m_box->bell, QSocketNotifier::Read, this);
    connect(m_bell, &QSocketNotifier::activated, this, &Mailbox::open);
}

Mailbox::~Mailbox() {
    std::deque<MailAddress::Letter> unread; // goes after the lock
    const std::scoped_lock lock(m_address.m_box->mutex);
    m_address.m_box->isOpen = false;
    unread.swap(m_address.m_box->letters);
}

void Mailbox::open() {
    eventfd_t rung = 0;
    eventfd_read(m_address.m_box->bell, &rung);
    std::deque<MailAddress::Letter> letters;
    {
        const std::scoped_lock lock(m_address.m_box->mutex);
        letters.swap(m_address.m_box->letters);
    }
    // A letter may take the mailbox down.
    const QPointer<Mailbox> self(this);
    for (MailAddress::Letter& letter : letters) {
        std::exchange(letter, nullptr)();
        if (!self)
            return;
    }
}

} // namespace app
