// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/shell/heldplace.h"

namespace tests {

void HeldPlace::run(const app::AttemptRequest& request) {
    const models::AttemptKey attempt = request.attempt;
    QMetaObject::invokeMethod(
        this,
        [this, attempt] {
            Q_EMIT attemptStarted(attempt);
            Q_EMIT outputReceived(attempt, app::OutputStream::Stdout, 0, "under way\n");
        },
        Qt::QueuedConnection);
}

void HeldPlace::cancel(const models::AttemptKey& attempt, std::chrono::milliseconds) {
    app::AttemptRecord record;
    record.exitCode = 143;
    record.cancelled = true;
    record.sizes.out = 10;
    Q_EMIT attemptFinished(attempt, record);
    Q_EMIT cancelFinished(attempt, app::CancelOutcome::Gone, {});
}

void HeldPlace::exec(const QStringList&, const QByteArray&, std::chrono::milliseconds,
                     ExecCallback done) {
    QMetaObject::invokeMethod(
        this,
        [done] {
            done(app::ExecResult{0, {}, {}});
        },
        Qt::QueuedConnection);
}

} // namespace tests
