// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/mailbox.h"

#include <QPointer>
#include <QSocketNotifier>

#include <algorithm>
#include <deque>
#include <iterator>
#include <mutex>
#include <sys/eventfd.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace app {

struct MailAddress::Box {
    std::mutex mutex;
    std::deque<Letter> letters;
    bool isOpen = true;
    const int bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);

    Box() = default;
    ~Box() { ::close(bell); }
    Q_DISABLE_COPY_MOVE(Box)

    /// add puts letters behind those that are there.
    template <class Add>
    void leave(Add add) {
        {
            const std::scoped_lock lock(mutex);
            if (!isOpen)
                return;
            const bool wasRung = !letters.empty(); // for the first of them
            add(letters);
            if (wasRung)
                return;
        }
        eventfd_write(bell, 1);
    }
};

/// Letters of one thread for some boxes, in order for each; there is seldom more than one.
struct MailBundle::Bound {
    struct ForBox {
        std::shared_ptr<MailAddress::Box> box;
        std::deque<MailAddress::Letter> letters;
    };
    std::vector<ForBox> boxes;

    void add(const std::shared_ptr<MailAddress::Box>& box, MailAddress::Letter letter) {
        auto found = std::find_if(boxes.begin(), boxes.end(),
                                  [&box](const ForBox& one) { return one.box == box; });
        if (found == boxes.end())
            found = boxes.insert(boxes.end(), {box, {}});
        found->letters.push_back(std::move(letter));
    }

    static thread_local Bound* current;
};
thread_local MailBundle::Bound* MailBundle::Bound::current = nullptr;

MailBundle::MailBundle() {
    if (Bound::current != nullptr)
        return;
    m_bound = std::make_unique<Bound>();
    Bound::current = m_bound.get();
}

MailBundle::~MailBundle() {
    if (!m_bound)
        return;
    Bound::current = nullptr;
    for (Bound::ForBox& one : m_bound->boxes)
        one.box->leave([&one](auto& letters) {
            std::move(one.letters.begin(), one.letters.end(), std::back_inserter(letters));
        });
}

void MailAddress::post(Letter letter) const {
    if (!m_box)
        return;
    if (MailBundle::Bound::current != nullptr) {
        MailBundle::Bound::current->add(m_box, std::move(letter));
        return;
    }
    m_box->leave([&letter](auto& letters) { letters.push_back(std::move(letter)); });
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
