// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/headkeeper.h"

#include "app/run/startedpromise.h"
#include "app/run/whenfinished.h"

#include <QPromise>

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

QFuture<models::Result<void>> HeadKeeper::write(const models::RunId& run) {
    const QByteArray head = m_noted.take(run);
    if (head.isEmpty())
        return QtFuture::makeReadyFuture(models::Result<void>());
    return m_secrets.write(keyOf(run), QString::fromLatin1(head.toHex()));
}

QFuture<models::Result<void>> HeadKeeper::write(const models::RunId& run,
                                                const QFuture<models::Result<QByteArray>>& last) {
    const QByteArray known = m_noted.value(run);
    // At once: nobody may be left to write it when last is told.
    const QFuture<models::Result<void>> writing = write(run);
    auto kept = startedPromise<models::Result<void>>();
    whenFinished(
        last, this, [this, run, known, writing, kept](const models::Result<QByteArray>& head) {
            const bool isNews = head && !head->isEmpty() && *head != known;
            if (isNews)
                note(run, *head);
            whenFinished(isNews ? write(run) : writing, this,
                         [kept](const models::Result<void>& done) { finish(*kept, done); });
        });
    return kept->future();
}

struct HeadKeeper::Reading {
    QList<models::RunId> runs;
    Remembered found;
    QPromise<Remembered> promise;

    void finish() {
        promise.addResult(found);
        promise.finish();
    }
};

QFuture<HeadKeeper::Remembered> HeadKeeper::read(const QList<models::RunId>& runs) {
    auto reading = std::make_shared<Reading>();
    reading->runs = runs;
    reading->promise.start();
    readNext(reading);
    return reading->promise.future();
}

void HeadKeeper::readNext(const std::shared_ptr<Reading>& reading) {
    if (reading->runs.isEmpty()) {
        reading->finish();
        return;
    }
    const models::RunId run = reading->runs.takeFirst();
    whenFinished(m_secrets.read(keyOf(run)), this,
                 [this, reading, run](const models::Result<QString>& head) {
                     if (head) {
                         reading->found.heads.insert(run, QByteArray::fromHex(head->toLatin1()));
                     } else if (head.error().code != models::ErrorCode::NotFound) {
                         reading->found.trouble = head.error().message;
                         reading->finish();
                         return;
                     }
                     readNext(reading);
                 });
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
