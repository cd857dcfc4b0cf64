// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secret/sessionstore.h"

#include <QPromise>

#include <utility>

namespace app {

using models::Result;

namespace {

template <class T>
QFuture<T> ready(T value) {
    QPromise<T> promise;
    promise.start();
    promise.addResult(std::move(value));
    promise.finish();
    return promise.future();
}

Result<QString> missing(const QString& what) {
    return models::failure(models::ErrorCode::NotFound,
                           QStringLiteral("%1 is not known in this session.").arg(what));
}

} // namespace

QFuture<Result<QString>> SessionStore::read(const QString& key) {
    const auto found = m_entries.constFind(key);
    return ready(found == m_entries.constEnd() ? missing(key) : Result<QString>(*found));
}

QFuture<Result<void>> SessionStore::write(const QString& key, const QString& value) {
    m_entries.insert(key, value);
    return ready(Result<void>());
}

QFuture<Result<void>> SessionStore::remove(const QString& key) {
    m_entries.remove(key);
    return ready(Result<void>());
}

QFuture<Result<QString>> SessionStore::resolve(const QString& source) {
    return ready(missing(source));
}

} // namespace app
