// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

namespace app {

/// Calls done with the future's value on the context's thread, always from the event loop; never
/// when the context went before, or when the future was cancelled. To be called on that thread.
///
/// QFuture::then with a context is not used in its place: as of Qt 6.4 it needs the context to
/// outlive the future, and a service may be ended while the journal still owes it an answer.
template <class T, class Done>
void whenFinished(const QFuture<T>& future, QObject* context, Done done) {
    auto* watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcher<T>::finished, context,
                     [watcher, done = std::move(done)]() mutable {
                         watcher->deleteLater();
                         if (watcher->future().resultCount() > 0)
                             done(watcher->result());
                     });
    watcher->setFuture(future);
}

} // namespace app
