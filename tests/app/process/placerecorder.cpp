// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/process/placerecorder.h"

#include <utility>

namespace tests {

PlaceRecorder::PlaceRecorder(app::Place& place, QHash<models::AttemptKey, Seen> continued)
    : m_seen(std::move(continued)) {
    connect(&place, &app::Place::attemptStarted, this,
            [this](const models::AttemptKey& key) { ++m_seen[key].started; });
    connect(&place, &app::Place::outputReceived, this,
            [this](const models::AttemptKey& key, app::OutputStream stream, qint64 offset,
                   const QByteArray& bytes) {
                Seen& seen = m_seen[key];
                QByteArray& whole = seen.output[static_cast<size_t>(stream)];
                seen.gapless = seen.gapless && offset == whole.size() && !bytes.isEmpty();
                whole += bytes;
            });
    connect(&place, &app::Place::attemptFinished, this,
            [this](const models::AttemptKey& key, const app::AttemptRecord& record) {
                ++m_seen[key].ends;
                m_seen[key].record = record;
            });
    connect(&place, &app::Place::attemptUnknown, this,
            [this](const models::AttemptKey& key, const QString& reason, const QString& evidence,
                   models::Loss loss) {
                ++m_seen[key].ends;
                m_seen[key].loss = loss;
                m_seen[key].unknownReason = reason;
                m_seen[key].evidence = evidence;
            });
    connect(&place, &app::Place::attemptRefused, this,
            [this](const models::AttemptKey& key, const models::Error& error) {
                ++m_seen[key].ends;
                m_seen[key].refused = error;
            });
    connect(&place, &app::Place::cancelFinished, this,
            [this](const models::AttemptKey& key, app::CancelOutcome outcome, const QString& left) {
                cancelled.append({key, outcome, left});
            });
}

models::AttemptKey keyOf(const QString& step, int number) {
    return {models::RunId(QStringLiteral("01hzzzzzzzzzzzzzzzzzzzzzzz")), models::StepId(step),
            number};
}

app::AttemptRequest requestOf(const QString& step, const QByteArray& script, const QString& shell) {
    app::AttemptRequest request;
    request.attempt = keyOf(step);
    request.script = script;
    request.shell = shell;
    return request;
}

} // namespace tests
