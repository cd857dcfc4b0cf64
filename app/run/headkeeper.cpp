// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/headkeeper.h"

namespace app {

using namespace std::chrono_literals;

HeadKeeper::HeadKeeper(SecretStore& secrets, QObject* parent)
    : QObject(parent)
    , m_secrets(secrets) {
    m_timer.setParent(this);
    m_timer.setSingleShot(true);
    m_timer.setInterval(1min);
    connect(&m_timer, &QTimer::timeout, this, &HeadKeeper::writeAll);
}

void HeadKeeper::note(const models::RunId& run, const QByteArray& head) {
    m_noted.insert(run, head);
    if (!m_timer.isActive())
        m_timer.start();
}

QFuture<void> HeadKeeper::write(const models::RunId& run) {
    const QByteArray head = m_noted.take(run);
    if (head.isEmpty())
        return QtFuture::makeReadyFuture();
    return m_secrets.write(keyOf(run), QString::fromLatin1(head.toHex()))
        .then(this, [](const models::Result<void>&) {});
}

QString HeadKeeper::keyOf(const models::RunId& run) {
    return u"head/"_qs + run.text();
}

void HeadKeeper::writeAll() {
    const QList<models::RunId> runs = m_noted.keys();
    for (const models::RunId& run : runs)
        write(run);
}

} // namespace app
