// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/authentication.h"

#include "app/ssh/agentsocket.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <utility>

namespace app {
namespace {

using Kind = ConnectFailure::Kind;

/// A host may look up names and ask other machines before it answers.
constexpr std::chrono::seconds answerLimit{60};
constexpr int rounds = 3;
/// Steps of one login: a key, a code and a password are three.
constexpr int stepLimit = 8;
/// A host that only ever has something to say.
constexpr int turnLimit = 20;

QString tr(const char* text) {
    return QCoreApplication::translate("Authentication", text);
}

QString methodNames(int methods) {
    QStringList names;
    if ((methods & SSH_AUTH_METHOD_PUBLICKEY) != 0)
        names << QStringLiteral("publickey");
    if ((methods & SSH_AUTH_METHOD_INTERACTIVE) != 0)
        names << QStringLiteral("keyboard-interactive");
    if ((methods & SSH_AUTH_METHOD_PASSWORD) != 0)
        names << QStringLiteral("password");
    return names.join(QStringLiteral(", "));
}

KeyHandle readPublicKey(const QString& file, bool isCertificate) {
    ssh_key key = nullptr;
    const QByteArray name = file.toLocal8Bit();
    const int result = isCertificate ? ssh_pki_import_cert_file(name.constData(), &key)
                                     : ssh_pki_import_pubkey_file(name.constData(), &key);
    return KeyHandle(result == SSH_OK ? key : nullptr);
}

} // namespace

Authentication::Authentication(ssh_session session, const HostSettings& settings, KeyRing& keys,
                               const Asker& ask, const Cancellation& cancellation)
    : m_session(session)
    , m_settings(settings)
    , m_keys(keys)
    , m_ask(ask)
    , m_cancellation(cancellation) {}

Connected<void> Authentication::perform() {
    m_method = QStringLiteral("none");
    Outcome outcome = await([this] { return ssh_userauth_none(m_session, nullptr); });
    for (int step = 0; step < stepLimit; ++step) {
        if (outcome == Outcome::In)
            return {};
        if (outcome == Outcome::Failed)
            break;
        outcome = tryAll();
        if (outcome == Outcome::Refused)
            break;
    }
    return outcome == Outcome::In ? Connected<void>() : failure();
}

Authentication::Outcome Authentication::await(const std::function<int()>& call) {
    const auto result = settle(m_session, m_cancellation, answerLimit, SSH_AUTH_AGAIN, call);
    if (!result) {
        m_hasTimedOut = true;
        return Outcome::Failed;
    }
    switch (*result) {
    case SSH_AUTH_SUCCESS:
        return Outcome::In;
    case SSH_AUTH_PARTIAL:
        return Outcome::Onwards;
    case SSH_AUTH_DENIED:
        return Outcome::Refused;
    default:
        return Outcome::Failed;
    }
}

/// Each method that the host takes, until one gets us further.
Authentication::Outcome Authentication::tryAll() {
    const int methods = ssh_userauth_list(m_session, nullptr);
    Outcome outcome = Outcome::Refused;
    if ((methods & SSH_AUTH_METHOD_PUBLICKEY) != 0)
        outcome = tryAgent();
    if (outcome == Outcome::Refused && (methods & SSH_AUTH_METHOD_PUBLICKEY) != 0)
        outcome = tryFiles();
    if (outcome == Outcome::Refused && (methods & SSH_AUTH_METHOD_INTERACTIVE) != 0)
        outcome = tryInteractive();
    if (outcome == Outcome::Refused && (methods & SSH_AUTH_METHOD_PASSWORD) != 0)
        outcome = tryPassword();
    return outcome;
}

Authentication::Outcome Authentication::tryAgent() {
    if (m_settings.agentSocket.isEmpty() || m_settings.identitiesOnly)
        return Outcome::Refused;
    const int agent = connectAgent(m_settings.agentSocket);
    if (agent < 0) {
        m_tried << tr("no agent at %1").arg(m_settings.agentSocket);
        return Outcome::Refused;
    }
    ssh_set_agent_socket(m_session, agent); // which owns it now
    m_tried << tr("the agent's keys");
    const Outcome outcome = await([this] { return ssh_userauth_agent(m_session, nullptr); });
    m_method = tr("publickey, from the agent");
    return outcome;
}

Authentication::Outcome Authentication::tryFiles() {
    for (const QString& file : m_settings.identityFiles) {
        const Outcome outcome = tryFile(file);
        if (outcome != Outcome::Refused)
            return outcome;
    }
    return Outcome::Refused;
}

Authentication::Outcome Authentication::tryFile(const QString& file) {
    if (!QFileInfo::exists(file))
        return Outcome::Refused;
    QStringList certificates = m_settings.certificateFiles;
    certificates.prepend(file + QStringLiteral("-cert.pub"));
    for (const QString& certificate : std::as_const(certificates)) {
        const Outcome outcome = offer(file, certificate, true);
        if (outcome != Outcome::Refused)
            return outcome;
    }
    const QString published = file + QStringLiteral(".pub");
    return offer(file, QFileInfo::exists(published) ? published : file, false);
}

/// Asks first whether the host would take the key: only then is a passphrase worth asking for.
Authentication::Outcome Authentication::offer(const QString& file, const QString& publicFile,
                                              bool isCertificate) {
    const KeyHandle shown = readPublicKey(publicFile, isCertificate);
    if (!shown && isCertificate)
        return Outcome::Refused;
    KeyHandle key;
    if (!shown) {
        // An old format, whose public part cannot be read without its passphrase.
        key = privateKey(file);
        if (!key)
            return Outcome::Refused;
    } else {
        m_tried << publicFile;
        const Outcome offered =
            await([&] { return ssh_userauth_try_publickey(m_session, nullptr, shown.get()); });
        if (offered != Outcome::In)
            return offered;
        key = privateKey(file);
        if (!key)
            return Outcome::Refused;
    }
    if (isCertificate && ssh_pki_copy_cert_to_privkey(shown.get(), key.get()) != SSH_OK)
        return Outcome::Refused;
    m_method = QStringLiteral("publickey, ") + publicFile;
    return await([&] { return ssh_userauth_publickey(m_session, nullptr, key.get()); });
}

KeyHandle Authentication::privateKey(const QString& file) {
    if (KeyHandle kept = m_keys.find(file))
        return kept;
    const QByteArray name = file.toLocal8Bit();
    ssh_key key = nullptr;
    if (ssh_pki_import_privkey_file(name.constData(), nullptr, nullptr, nullptr, &key) == SSH_OK)
        return KeyHandle(key);
    SshQuestion question;
    question.kind = SshQuestion::Kind::Passphrase;
    question.keyFile = file;
    question.prompts = {{tr("Passphrase of %1").arg(file), true}};
    for (question.round = 1; question.round <= rounds; ++question.round) {
        auto answer = ask(question);
        if (!answer)
            return nullptr;
        QByteArray& passphrase = answer->texts.first();
        const int result = ssh_pki_import_privkey_file(name.constData(), passphrase.constData(),
                                                       nullptr, nullptr, &key);
        burn(passphrase);
        if (result == SSH_OK) {
            m_keys.remember(file, key);
            return KeyHandle(key);
        }
    }
    m_tried << tr("%1, without the right passphrase").arg(file);
    return nullptr;
}

Authentication::Outcome Authentication::tryInteractive() {
    m_tried << QStringLiteral("keyboard-interactive");
    for (int round = 1; round <= rounds; ++round) {
        int result = SSH_AUTH_INFO;
        Outcome outcome = Outcome::Refused;
        for (int turn = 0; result == SSH_AUTH_INFO && turn < turnLimit; ++turn) {
            outcome = await([this, &result] {
                result = ssh_userauth_kbdint(m_session, nullptr, nullptr);
                return result;
            });
            if (result == SSH_AUTH_INFO)
                outcome = answerPrompts();
            if (m_isDeclined)
                return Outcome::Failed;
        }
        m_method = QStringLiteral("keyboard-interactive");
        if (outcome != Outcome::Refused)
            return outcome;
    }
    return Outcome::Refused;
}

Authentication::Outcome Authentication::answerPrompts() {
    const int count = ssh_userauth_kbdint_getnprompts(m_session);
    if (count <= 0)
        return Outcome::Refused; // it only had something to say; the next turn goes on
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
    auto answer = ask(question);
    if (!answer)
        return Outcome::Failed;
    for (int i = 0; i < count; ++i) {
        QByteArray& text = answer->texts[i];
        ssh_userauth_kbdint_setanswer(m_session, unsigned(i), text.constData());
        burn(text);
    }
    return Outcome::Refused;
}

Authentication::Outcome Authentication::tryPassword() {
    SshQuestion question;
    question.kind = SshQuestion::Kind::Password;
    question.prompts = {{tr("Password of %1").arg(m_settings.address()), true}};
    m_tried << QStringLiteral("password");
    m_method = QStringLiteral("password");
    for (question.round = 1; question.round <= rounds; ++question.round) {
        auto answer = ask(question);
        if (!answer)
            return Outcome::Failed;
        QByteArray& password = answer->texts.first();
        const Outcome outcome = await([this, &password] {
            return ssh_userauth_password(m_session, nullptr, password.constData());
        });
        burn(password);
        if (outcome != Outcome::Refused)
            return outcome;
    }
    return Outcome::Refused;
}

/// An answer with a text for every prompt, or nothing.
std::optional<SshAnswer> Authentication::ask(SshQuestion question) {
    question.host = m_settings.name;
    question.user = m_settings.user;
    const qsizetype prompts = question.prompts.size();
    auto answer = m_ask(std::move(question));
    if (answer && answer->decision == SshAnswer::Decision::Continue &&
        answer->texts.size() == prompts)
        return answer;
    m_isDeclined = true;
    return std::nullopt;
}

tl::unexpected<ConnectFailure> Authentication::failure() const {
    if (m_cancellation.isCancelled())
        return noConnection(Kind::Cancelled, models::ErrorCode::Cancelled,
                            tr("Connecting was cancelled."));
    const QString where = m_settings.address();
    const QString said = QString::fromUtf8(ssh_get_error(m_session));
    if (m_hasTimedOut)
        return noConnection(
            Kind::Unreachable, models::ErrorCode::NotFound,
            tr("%1 stopped answering during the login. Check the network.").arg(where), said);
    const QString tried = m_tried.isEmpty() ? tr("nothing") : m_tried.join(QStringLiteral("; "));
    const QString detail =
        tr("Tried: %1. The host takes: %2. %3")
            .arg(tried, methodNames(ssh_userauth_list(m_session, nullptr)), said);
    if (said.contains(QStringLiteral("Too many authentication")))
        return noConnection(Kind::Denied, models::ErrorCode::Refused,
                            tr("%1 lets nobody try so many keys. Name the right one with "
                               "IdentityFile and IdentitiesOnly in ~/.ssh/config.")
                                .arg(where),
                            detail);
    if (!ssh_is_connected(m_session))
        return noConnection(Kind::Unreachable, models::ErrorCode::Refused,
                            tr("%1 hung up during the login. Connect again.").arg(where), detail);
    if (m_isDeclined)
        return noConnection(Kind::Denied, models::ErrorCode::Cancelled,
                            tr("The login at %1 was given up.").arg(where), detail);
    return noConnection(Kind::Denied, models::ErrorCode::Refused,
                        tr("%1 takes none of the keys and passwords that it was offered. Add your "
                           "public key to ~/.ssh/authorized_keys there, or name another one with "
                           "IdentityFile in ~/.ssh/config.")
                            .arg(where),
                        detail);
}

} // namespace app
