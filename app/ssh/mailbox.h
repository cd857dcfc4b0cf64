// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>
#include <memory>

class QSocketNotifier;

namespace app {

/// Where letters for one thread can be left. Copyable, and usable from any thread; letters to a
/// mailbox that is gone are dropped.
class MailAddress {
public:
    /// A letter is opened once, on the mailbox's thread, in the order in which they came.
    using Letter = std::function<void()>;

    void post(Letter letter) const;

private:
    friend class Mailbox;
    friend class MailBundle;
    struct Box;
    std::shared_ptr<Box> m_box;
};

/// While one of these lives, what its thread posts waits; at its end all letters for one mailbox
/// are left together, and the bell is rung once for them. For a thread that has many to post at
/// once, each of which would wake the other one.
class MailBundle {
public:
    MailBundle();
    ~MailBundle();
    Q_DISABLE_COPY_MOVE(MailBundle)

private:
    friend class MailAddress;
    struct Bound;
    std::unique_ptr<Bound> m_bound; ///< none: within another one, which keeps them
};

/// Hands work over to the thread that made it, which runs an event loop. Built on std::mutex and a
/// descriptor, which ThreadSanitizer sees, and not on Qt's event queue, which it does not.
class Mailbox final : public QObject {
    Q_OBJECT

public:
    explicit Mailbox(QObject* parent = nullptr);
    ~Mailbox() override;
    Q_DISABLE_COPY_MOVE(Mailbox)

    [[nodiscard]] const MailAddress& address() const { return m_address; }

private:
    void open();

    MailAddress m_address;
    QSocketNotifier* m_bell = nullptr;
};

} // namespace app
