// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/container/containerruntime.h"

namespace app {

using models::ErrorCode;

models::Error runtimeError(const QString& runtime, const QString& place, const QByteArray& words) {
    const QString detail = QString::fromUtf8(words).trimmed();
    const auto says = [&detail](const char* text) {
        return detail.contains(QLatin1String(text), Qt::CaseInsensitive);
    };
    if (says("no such container") || says("no such object") || says("no container with name"))
        return {
            ErrorCode::NotFound,
            ContainerRuntime::tr("There is no such container at %1. Check its name.").arg(place),
            detail};
    if (says("a password is required") || says("a terminal is required to read the password") ||
        says("not in the sudoers") || says("is not allowed to execute") || says("may not run sudo"))
        return {ErrorCode::Refused,
                ContainerRuntime::tr("sudo at %1 does not run %2 without a password. Allow it in "
                                     "sudoers, or add the user to the runtime's group.")
                    .arg(place, runtime),
                detail};
    if (says("permission denied") || says("access denied"))
        return {ErrorCode::Refused,
                ContainerRuntime::tr("The user at %1 may not use %2. Add the user to its group, or "
                                     "set sudo: true for the host.")
                    .arg(place, runtime),
                detail};
    if (says("cannot connect to the docker daemon") || says("is the docker daemon running") ||
        says("unable to connect to podman") || says("connection refused"))
        return {ErrorCode::NotReadable,
                ContainerRuntime::tr("%1 at %2 does not answer. Check that its service runs.")
                    .arg(runtime, place),
                detail};
    return {ErrorCode::NotReadable,
            ContainerRuntime::tr("%1 at %2 refused: %3")
                .arg(runtime, place, detail.section(QLatin1Char('\n'), -1).left(300)),
            detail};
}

QByteArray momentText(const models::Instant& moment) {
    constexpr std::int64_t second = 1'000'000'000;
    return QByteArray::number(qint64(moment.nanoseconds / second)) + '.' +
           QByteArray::number(qint64(moment.nanoseconds % second)).rightJustified(9, '0');
}

} // namespace app
