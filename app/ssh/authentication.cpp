// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/authentication.h"

#include "app/ssh/agentsocket.h"
#include "app/ssh/keyfile.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <utility>

namespace app {
namespace {

using Kind = ConnectFailure::Kind;

/// A host may look up names and ask other machines before it answers.
constexpr std::chrono::seconds answerLimit{60};
/// Steps of one login: a key, a code and a password are three.
constexpr int stepLimit = 8;

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

} // namespace

Authentication::Authentication(ssh_session session, const HostSettings& settings,
                               const HostKey& host, Credentials& credentials, const Asker& asker,
                               const Cancellation& cancellation)
    : m_session(session)
    , m_settings(settings)
    , m_host(host)
    , m_credentials(credentials)
    , m_asker(asker)
    , m_cancellation(cancellation) {}

Authentication::~Authentication() {
    settleAnswers(Outcome::Failed);
}

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
    if (m_settings.agentSocket.isEmpty())
        return Outcome::Refused;
    if (!m_agent) {
        const int agent = connectAgent(m_settings.agentSocket);
        if (agent < 0) {
            m_tried << tr("no agent at %1").arg(m_settings.agentSocket);
            return Outcome::Refused;
        }
        m_agent = std::make_unique<AgentRelay>(agent, namedKeys(),
                                               m_settings.identitiesOnly ? AgentKeys::OnlyNamed
                                                                         : AgentKeys::NamedFirst,
                                               m_cancellation);
        ssh_set_agent_socket(m_session, m_agent->takeNear()); // which owns it now
        m_tried << tr("the agent's keys");
    }
    const Outcome outcome = await([this] { return ssh_userauth_agent(m_session, nullptr); });
    m_method = tr("publickey, from the agent");
    return outcome;
}

/// As an agent knows them: certificates before the keys that they are for.
QList<QByteArray> Authentication::namedKeys() const {
    QList<QByteArray> blobs;
    const auto add = [&blobs](const KeyHandle& key) {
        if (const QByteArray blob = publicBlob(key); !blob.isEmpty())
            blobs.append(blob);
    };
    for (const QString& certificate : m_settings.certificateFiles)
        add(readPublicKey(certificate, PublicKeyKind::Certificate));
    for (const QString& file : m_settings.identityFiles) {
        add(readPublicKey(file + QStringLiteral("-cert.pub"), PublicKeyKind::Certificate));
        add(publicPartOf(file));
    }
    return blobs;
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
        const Outcome outcome = offer(file, certificate, PublicKeyKind::Certificate);
        if (outcome != Outcome::Refused)
            return outcome;
    }
    const QString published = file + QStringLiteral(".pub");
    return offer(file, QFileInfo::exists(published) ? published : file, PublicKeyKind::Plain);
}

/// Asks first whether the host would take the key: only then is a passphrase worth asking for.
Authentication::Outcome Authentication::offer(const QString& file, const QString& publicFile,
                                              PublicKeyKind kind) {
    const KeyHandle shown = readPublicKey(publicFile, kind);
    const bool isCertificate = kind == PublicKeyKind::Certificate;
    if (!shown && isCertificate)
        return Outcome::Refused;
    // An old format, whose public part cannot be read without its passphrase, is not asked about.
    if (shown) {
        m_tried << publicFile;
        const Outcome offered =
            await([&] { return ssh_userauth_try_publickey(m_session, nullptr, shown.get()); });
        if (offered != Outcome::In)
            return offered;
    }
    const KeyHandle key = privateKey(file);
    if (!key || (isCertificate && ssh_pki_copy_cert_to_privkey(shown.get(), key.get()) != SSH_OK))
        return Outcome::Refused;
    m_method = QStringLiteral("publickey, ") + publicFile;
    return await([&] { return ssh_userauth_publickey(m_session, nullptr, key.get()); });
}

KeyHandle Authentication::privateKey(const QString& file) {
    if (KeyHandle kept = m_credentials.key(file))
        return kept;
    if (!holdsPrivateKey(file)) {
        m_tried << tr("%1, which is no private key or cannot be read").arg(file);
        return nullptr;
    }
    if (KeyHandle open = readPrivateKey(file, nullptr))
        return open;
    return unlock(file);
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
