// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPromise>

#include <memory>

namespace app {

/// QPromise cannot be copied, and std::function only holds what can: hence shared.
template <class T>
using SharedPromise = std::shared_ptr<QPromise<T>>;

template <class T>
SharedPromise<T> startedPromise() {
    auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    return promise;
}

template <class T>
void finish(QPromise<T>& promise, T value) {
    promise.addResult(std::move(value));
    promise.finish();
}

} // namespace app
