// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/memorysecretstore.h"

#include <utility>

namespace tests {

namespace {

template <class T>
QFuture<T> finished(T value) {
    QPromise<T> promise;
    promise.start();
    promise.addResult(std::move(value));
    promise.finish();
    return promise.future();
}

models::Result<QString> found(const QString& value, const QString& name) {
    if (value.isEmpty())
        return models::failure(models::ErrorCode::NotFound,
                               QStringLiteral("There is no %1.").arg(name));
    return value;
}

} // namespace

void MemorySecretStore::failWith(const models::Error& error) {
    m_failure = error;
}

QFuture<models::Result<QString>> MemorySecretStore::read(const QString& key) {
    ++reads;
    if (!m_isHeld)
        return finished(valueOf(key));
    const auto promise = std::make_shared<QPromise<models::Result<QString>>>();
    promise->start();
    m_held.append({key, promise});
    return promise->future();
}

models::Result<QString> MemorySecretStore::valueOf(const QString& key) const {
    if (m_failure)
        return tl::unexpected(*m_failure);
    return found(entries.value(key), key);
}

void MemorySecretStore::release() {
    m_isHeld = false;
    for (const Held& one : std::exchange(m_held, {})) {
        one.promise->addResult(valueOf(one.key));
        one.promise->finish();
    }
}

QFuture<models::Result<void>> MemorySecretStore::write(const QString& key, const QString& value) {
    if (m_failure)
        return finished(models::Result<void>(tl::unexpected(*m_failure)));
    entries.insert(key, value);
    return finished(models::Result<void>());
}

QFuture<models::Result<void>> MemorySecretStore::remove(const QString& key) {
    entries.remove(key);
    return finished(models::Result<void>());
}

QFuture<models::Result<QString>> MemorySecretStore::resolve(const QString& source) {
    const QString name = source.section(QLatin1Char(':'), 1);
    if (source.startsWith(QLatin1String("keychain:")))
        return read(name);
    if (source.startsWith(QLatin1String("env:")))
        return finished(found(qEnvironmentVariable(qPrintable(name)), name));
    return finished(found({}, source));
}

} // namespace tests
