// SPDX-License-Identifier: GPL-3.0-or-later
// What a login needs of a person: passphrases, passwords, and whatever else a host wants to know.
#include "app/ssh/authentication.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace app {
namespace {

constexpr int rounds = 3;
/// A host that only ever has something to say.
constexpr int turnLimit = 20;

QString tr(const char* text) {
    return QCoreApplication::translate("Authentication", text);
}

} // namespace

KeyHandle Authentication::unlock(const QString& file) {
    SshQuestion question;
    question.kind = SshQuestion::Kind::Passphrase;
    question.keyFile = file;
    if (const QByteArray blob = publicBlob(publicPartOf(file)); !blob.isEmpty())
        question.keyFingerprint = fingerprintOf(blob);
    question.prompts = {{tr("Passphrase of %1").arg(file), true}};
    while (question.round <= rounds) {
        auto answer = ask(question);
        if (!answer)
            return nullptr;
        QByteArray& passphrase = answer->texts.first();
        KeyHandle key = readPrivateKey(file, passphrase.constData());
        burn(passphrase);
        m_asker.judge(key ? AnswerVerdict::Right : AnswerVerdict::Wrong);
        if (key) {
            m_credentials.keep(file, key.get());
            return key;
        }
        if (answer->origin == SshAnswer::Origin::Keychain)
            question.kept = SshQuestion::Kept::Wrong; // which is no mistake of a person's
        else
            ++question.round;
    }
    m_tried << tr("%1, without the right passphrase").arg(file);
    return nullptr;
}

Authentication::Outcome Authentication::tryInteractive() {
    m_tried << QStringLiteral("keyboard-interactive");
    m_method = QStringLiteral("keyboard-interactive");
    for (int round = 1; round <= rounds;) {
        const Outcome outcome = converse();
        const bool wasRemembered =
            std::any_of(m_given.cbegin(), m_given.cend(),
                        [](const Given& one) { return one.source == Given::Source::Memory; });
        settleAnswers(outcome);
        if (outcome != Outcome::Refused)
            return outcome;
        // What was remembered is forgotten now: the next time a person is asked.
        if (!wasRemembered)
            ++round;
    }
    return Outcome::Refused;
}

/// One round: the host asks as often as it likes, and says in the end whether it lets us in.
Authentication::Outcome Authentication::converse() {
    for (int turn = 0; turn < turnLimit; ++turn) {
        int result = SSH_AUTH_INFO;
        const Outcome outcome = await([this, &result] {
            result = ssh_userauth_kbdint(m_session, nullptr, nullptr);
            return result;
        });
        if (result != SSH_AUTH_INFO)
            return outcome;
        if (!answerPrompts())
            return Outcome::Failed;
    }
    return Outcome::Failed;
}

/// False where nobody answered.
bool Authentication::answerPrompts() {
    const int count = ssh_userauth_kbdint_getnprompts(m_session);
    if (count <= 0)
        return true; // it only had something to say; the next turn goes on
    SshQuestion question;
    question.kind = SshQuestion::Kind::Interactive;
    question.instruction =
        QString::fromUtf8(ssh_userauth_kbdint_getinstruction(m_session)).trimmed();
    for (int i = 0; i < count; ++i) {
        char echo = 0;
        const QString text =
            QString::fromUtf8(ssh_userauth_kbdint_getprompt(m_session, unsigned(i), &echo));
        question.prompts.append({text.trimmed(), echo == 0});
    }
    Given given{question, {}, Given::Source::Memory};
    if (auto remembered = m_credentials.answers(m_host, question)) {
        given.texts = std::move(*remembered);
    } else {
        auto answer = ask(question);
        if (!answer)
            return false;
        given.texts = std::move(answer->texts);
        given.source = Given::Source::Person;
    }
    for (int i = 0; i < count; ++i)
        ssh_userauth_kbdint_setanswer(m_session, unsigned(i), given.texts.at(i).constData());
    m_given.append(std::move(given));
    return true;
}

Authentication::Outcome Authentication::tryPassword() {
    SshQuestion question;
    question.kind = SshQuestion::Kind::Password;
    question.prompts = {{tr("Password of %1").arg(m_settings.address()), true}};
    m_tried << QStringLiteral("password");
    m_method = QStringLiteral("password");
    if (auto remembered = m_credentials.answers(m_host, question)) {
        m_given.append({question, std::move(*remembered), Given::Source::Memory});
        const Outcome outcome = sendPassword(m_given.last().texts.at(0));
        settleAnswers(outcome);
        if (outcome != Outcome::Refused)
            return outcome;
    }
    for (question.round = 1; question.round <= rounds; ++question.round) {
        auto answer = ask(question);
        if (!answer)
            return Outcome::Failed;
        m_given.append({question, std::move(answer->texts), Given::Source::Person});
        const Outcome outcome = sendPassword(m_given.last().texts.at(0));
        settleAnswers(outcome);
        if (outcome != Outcome::Refused)
            return outcome;
    }
    return Outcome::Refused;
}

Authentication::Outcome Authentication::sendPassword(const QByteArray& password) {
    return await([this, &password] {
        return ssh_userauth_password(m_session, nullptr, password.constData());
    });
}

/// Remembers what the host took, and burns everything.
void Authentication::settleAnswers(Outcome outcome) {
    const bool isTaken = outcome == Outcome::In || outcome == Outcome::Onwards;
    for (Given& given : m_given) {
        if (isTaken && given.source == Given::Source::Person)
            m_credentials.keep(m_host, given.question, given.texts);
        else if (outcome == Outcome::Refused && given.source == Given::Source::Memory)
            m_credentials.drop(given.question);
        burn(given.texts);
    }
    m_given.clear();
}

/// An answer with a text for every prompt, or nothing.
std::optional<SshAnswer> Authentication::ask(SshQuestion question) {
    question.host = m_settings.name;
    question.user = m_settings.user;
    const qsizetype prompts = question.prompts.size();
    auto answer = m_asker.ask(std::move(question));
    if (answer && answer->decision == SshAnswer::Decision::Continue &&
        answer->texts.size() == prompts)
        return answer;
    m_isDeclined = true;
    return std::nullopt;
}

} // namespace app
