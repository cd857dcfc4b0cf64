// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secret/keychainstore.h"

#include "app/run/startedpromise.h"
#include "app/secret/commandsecret.h"
#include "app/secret/secretreference.h"

#include <qt6keychain/keychain.h>

namespace app {

namespace {

using models::Error;
using models::ErrorCode;
using models::Result;

QString serviceName() {
    return QStringLiteral("gantry");
}

Error keychainError(const QKeychain::Job& job) {
    const QString detail = job.errorString();
    switch (job.error()) {
    case QKeychain::EntryNotFound:
        return {ErrorCode::NotFound,
                QStringLiteral("The keychain holds no \"%1\" for Gantry. Store it there, or enter "
                               "the secret.")
                    .arg(job.key()),
                detail};
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return {ErrorCode::Refused,
                QStringLiteral("The keychain did not give access. Unlock it, then try again."),
                detail};
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
    case QKeychain::OtherError:
    case QKeychain::NoError:
    case QKeychain::CouldNotDeleteEntry:
        break;
    }
    return {ErrorCode::NotWritable,
            QStringLiteral("No keychain answers on this desktop, and secrets are never kept in "
                           "plain text. Start one (GNOME Keyring, KWallet or KeePassXC), or enter "
                           "secrets each time."),
            detail};
}

template <class T>
QFuture<T> readyFuture(T value) {
    auto promise = startedPromise<T>();
    finish(*promise, std::move(value));
    return promise->future();
}

/// Starts the job and finishes the future when it has finished. value makes the result of success.
template <class T, class Job, class Value>
QFuture<T> started(Job* job, const QString& key, QObject* context, Value value) {
    // Shared with the connection, which lives exactly as long as the job.
    auto promise = startedPromise<T>();
    job->setKey(key);
    job->setInsecureFallback(false);
    QObject::connect(job, &QKeychain::Job::finished, context, [promise, job, value] {
        if (job->error() == QKeychain::NoError)
            finish(*promise, T(value(*job)));
        else
            finish(*promise, T(tl::unexpected(keychainError(*job))));
    });
    job->start();
    return promise->future();
}

} // namespace

QFuture<Result<QString>> KeychainStore::read(const QString& key) {
    return started<Result<QString>>(
        new QKeychain::ReadPasswordJob(serviceName(), this), key, this,
        [](QKeychain::ReadPasswordJob& job) { return Result<QString>(job.textData()); });
}

QFuture<Result<void>> KeychainStore::write(const QString& key, const QString& value) {
    auto* job = new QKeychain::WritePasswordJob(serviceName(), this);
    job->setTextData(value);
    return started<Result<void>>(job, key, this,
                                 [](QKeychain::WritePasswordJob&) { return Result<void>(); });
}

QFuture<Result<void>> KeychainStore::remove(const QString& key) {
    return started<Result<void>>(new QKeychain::DeletePasswordJob(serviceName(), this), key, this,
                                 [](QKeychain::DeletePasswordJob&) { return Result<void>(); });
}

QFuture<Result<QString>> KeychainStore::resolve(const QString& source) {
    const auto parsed = parseSecretSource(source);
    if (!parsed)
        return readyFuture(Result<QString>(tl::unexpected(parsed.error())));
    switch (parsed->kind) {
    case SecretSource::Kind::Keychain:
        return read(parsed->argument);
    case SecretSource::Kind::Environment:
        return readyFuture(secretFromEnvironment(parsed->argument));
    case SecretSource::Kind::Command:
        return secretFromCommand(parsed->argument, this);
    case SecretSource::Kind::Prompt:
        break;
    }
    return readyFuture(Result<QString>(models::failure(
        ErrorCode::NotFound, QStringLiteral("This secret is to be entered at each start."))));
}

} // namespace app
