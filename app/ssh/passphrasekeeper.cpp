// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/passphrasekeeper.h"

#include "app/run/whenfinished.h"
#include "app/ssh/keyring.h"

#include <QTimer>

#include <utility>

namespace app {

PassphraseKeeper::PassphraseKeeper(SecretStore& secrets, std::chrono::milliseconds patience)
    : m_secrets(secrets)
    , m_patience(patience) {}

PassphraseKeeper::~PassphraseKeeper() {
    for (auto& [question, promised] : m_promised)
        burn(promised.passphrase);
}

QString PassphraseKeeper::entryOf(const SshQuestion& question) {
    return QStringLiteral("ssh-passphrase:") +
           (question.keyFingerprint.isEmpty() ? question.keyFile : question.keyFingerprint);
}

void PassphraseKeeper::take(const SshQuestion& question) {
    const QString entry = entryOf(question);
    m_open[question.id] = {question};
    if (question.kept == SshQuestion::Kept::Wrong)
        m_outdated.insert(entry);
    // A person was asked before, so the keychain has nothing.
    if (question.round > 1 || m_outdated.contains(entry)) {
        show(question.id);
        return;
    }
    QTimer::singleShot(m_patience, this, [this, id = question.id] { show(id); });
    whenFinished(m_secrets.read(entry), this,
                 [this, id = question.id](const models::Result<QString>& kept) { use(id, kept); });
}

void PassphraseKeeper::use(quint64 question, const models::Result<QString>& kept) {
    if (!m_open.contains(question))
        return;
    if (kept && !kept->isEmpty()) {
        m_open.erase(question);
        SshAnswer answer{
            SshAnswer::Decision::Continue, {kept->toUtf8()}, SshAnswer::Origin::Keychain};
        Q_EMIT found(question, answer);
        burn(answer.texts);
        return;
    }
    if (!kept && kept.error().code != models::ErrorCode::NotFound &&
        !std::exchange(m_hasFailed, true))
        Q_EMIT noticed(tr("The keychain was not asked for the passphrase of %1. %2")
                           .arg(m_open[question].question.keyFile, kept.error().message));
    show(question);
}

void PassphraseKeeper::show(quint64 question) {
    const auto open = m_open.find(question);
    if (open != m_open.end() && !std::exchange(open->second.isShown, true))
        Q_EMIT wanted(open->second.question);
}

void PassphraseKeeper::withdraw(quint64 question) {
    m_open.erase(question);
}

void PassphraseKeeper::noteAnswer(quint64 question, const SshAnswer& answer, Keep keep) {
    const auto open = m_open.find(question);
    if (open == m_open.end())
        return;
    if (keep == Keep::InKeychain && answer.decision == SshAnswer::Decision::Continue &&
        answer.texts.size() == 1) {
        const QByteArray& text = answer.texts.first();
        m_promised[question] = {open->second.question, QByteArray(text.constData(), text.size())};
    }
    m_open.erase(open); // the keychain's answer would come too late
}

void PassphraseKeeper::judge(quint64 question, AnswerVerdict verdict) {
    const auto found = m_promised.find(question);
    if (found == m_promised.end())
        return;
    Promised promised = std::move(found->second);
    m_promised.erase(found);
    if (verdict == AnswerVerdict::Right)
        write(std::move(promised));
    else
        burn(promised.passphrase);
}

void PassphraseKeeper::write(Promised promised) {
    const QString entry = entryOf(promised.question);
    QString passphrase = QString::fromUtf8(promised.passphrase);
    burn(promised.passphrase);
    whenFinished(
        m_secrets.write(entry, passphrase), this,
        [this, entry, file = promised.question.keyFile](const models::Result<void>& done) {
            if (done)
                m_outdated.remove(entry);
            else
                Q_EMIT noticed(
                    tr("The passphrase of %1 was not kept. %2").arg(file, done.error().message));
        });
    burn(passphrase);
}

} // namespace app
