// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/runsecrets.h"

#include "app/run/whenfinished.h"
#include "models/run/resolve.h"

namespace app {

using models::RunId;

namespace {

QString keyOf(const RunId& run, const QString& name) {
    return u"run/%1/%2"_qs.arg(run.text(), name);
}

/// It came, or will go, as a file: what that says runs nothing by itself, and a command that gives
/// a secret is one.
bool isHandedOver(const models::RunState& state) {
    return state.givenAway.has_value() || state.drivers.size() > 1;
}

} // namespace

RunSecrets::RunSecrets(SecretStore& store, HandOver handOver)
    : m_store(store)
    , m_handOver(std::move(handOver)) {}

void RunSecrets::read(const models::RunState& state) {
    if (!state.plan || state.status == models::RunStatus::Closed)
        return;
    QMap<QString, QString> sources;
    for (const models::SecretReference& secret : state.plan->context.secrets)
        sources.insert(secret.name, secret.source);
    // A rollback knows what was given to the run that it takes back, which closes with it.
    const RunId giver = state.plan->isRollback() ? state.plan->context.rollbackOf : state.id;
    m_givers.insert(state.id, giver);
    for (const QString& name : models::secretNames(*state.plan)) {
        const QString source = sources.value(name, u"prompt"_qs);
        if (isHandedOver(state) && source.startsWith(u"command:"))
            continue; // asked for instead
        ++m_awaited[state.id];
        QFuture<models::Result<QString>> value =
            source == u"prompt" ? m_store.read(keyOf(giver, name)) : m_store.resolve(source);
        whenFinished(value, this,
                     [this, run = state.id, name](const models::Result<QString>& found) {
                         receive(run, name, found);
                     });
    }
}

void RunSecrets::receive(const RunId& run, const QString& name,
                         const models::Result<QString>& value) {
    if (value && !value->isEmpty())
        m_handOver(run, {{name, *value}});
    if (--m_awaited[run] > 0)
        return;
    m_awaited.remove(run);
    for (const auto& act : m_afterwards.take(run))
        act();
}

void RunSecrets::whenRead(const RunId& run, std::function<void()> act) {
    if (m_awaited.contains(run))
        m_afterwards[run].append(std::move(act));
    else
        act();
}

void RunSecrets::keep(const RunId& run, const QMap<QString, QString>& values) {
    for (auto it = values.cbegin(); it != values.cend(); ++it)
        m_store.write(keyOf(m_givers.value(run, run), it.key()), it.value());
}

void RunSecrets::forget(const models::RunState& state) {
    const RunId giver = m_givers.take(state.id);
    for (const QString& name : models::secretNames(*state.plan))
        m_store.remove(keyOf(giver.isEmpty() ? state.id : giver, name));
}

} // namespace app
