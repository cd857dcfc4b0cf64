// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/handshake.h"

#include "app/ssh/authentication.h"
#include "app/ssh/keyfile.h"
#include "app/ssh/knownhostsfile.h"

#include <QCoreApplication>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>
#include <utility>

namespace app {
namespace {

using Kind = ConnectFailure::Kind;

/// Ciphers that the processor helps with come first: twice as fast where it does.
constexpr char ciphers[] = "aes128-gcm@openssh.com,aes256-gcm@openssh.com,"
                           "chacha20-poly1305@openssh.com,aes256-ctr,aes192-ctr,aes128-ctr";

QString tr(const char* text) {
    return QCoreApplication::translate("Handshake", text);
}

/// Host key algorithms: those first of which a key is on record, or a host with several keys would
/// show one that nobody knows.
QByteArray algorithmsFor(const QList<QByteArray>& known) {
    QList<QByteArray> wanted;
    const auto want = [&wanted](const QByteArray& type) {
        const QList<QByteArray> algorithms = type == "ssh-rsa"
                                                 ? QList<QByteArray>{"rsa-sha2-512", "rsa-sha2-256"}
                                                 : QList<QByteArray>{type};
        for (const QByteArray& algorithm : algorithms) {
            if (!wanted.contains(algorithm))
                wanted.append(algorithm);
        }
    };
    const QList<QByteArray> usual{"ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384",
                                  "ecdsa-sha2-nistp521", "ssh-rsa"};
    for (const QByteArray& type : known) {
        if (usual.contains(type))
            want(type);
    }
    for (const QByteArray& type : usual)
        want(type);
    return wanted.join(',');
}

} // namespace

std::optional<int> settle(ssh_session session, const Cancellation& cancellation,
                          std::chrono::milliseconds limit, int again,
                          const std::function<int()>& call) {
    const auto until = Cancellation::Clock::now() + limit;
    while (!cancellation.isCancelled()) {
        const int result = call();
        if (result != again)
            return result;
        const bool hasOutput = (ssh_get_poll_flags(session) & SSH_WRITE_PENDING) != 0;
        const short events = hasOutput ? POLLIN | POLLOUT : POLLIN;
        // One that never stops talking is no answer either.
        if (Cancellation::Clock::now() >= until)
            break;
        if (cancellation.wait(ssh_get_fd(session), events, until) != Cancellation::Wake::Ready)
            break;
    }
    return std::nullopt;
}

Handshake::Handshake(const HostSettings& settings, Credentials& credentials, Asker asker,
                     const Cancellation& cancellation)
    : m_settings(settings)
    , m_credentials(credentials)
    , m_asker(std::move(asker))
    , m_cancellation(cancellation) {}

Connected<SessionHandle> Handshake::perform(int descriptor) {
    const auto known = readKnownHosts(m_settings.knownHostsFiles);
    if (!known) {
        ::close(descriptor);
        return tl::unexpected(ConnectFailure{Kind::Unusable, known.error()});
    }
    auto done = setUp(descriptor, *known)
                    .and_then([this] { return greet(); })
                    .and_then([this] { return readHostKey(); })
                    .and_then([this, &known] { return judgeHostKey(*known); });
    if (done) {
        Authentication authentication(m_session.get(), m_settings, m_hostKey, m_credentials,
                                      m_asker, m_cancellation);
        done = authentication.perform();
        m_authentication = authentication.method();
    }
    if (!done) {
        m_session.reset();
        return tl::unexpected(done.error());
    }
    return std::move(m_session);
}

Connected<void> Handshake::setUp(int descriptor, const KnownHosts& known) {
    m_session.reset(ssh_new());
    const auto set = [this](ssh_options_e option, const void* value) {
        return ssh_options_set(m_session.get(), option, value) == SSH_OK;
    };
    const QByteArray host = m_settings.hostName.toUtf8();
    const QByteArray user = m_settings.user.toUtf8();
    const QByteArray algorithms = algorithmsFor(known.typesOf(m_settings.knownAs()));
    const int port = m_settings.port;
    const int no = 0;
    const int yes = 1;
    // The library reads no file by itself: what counts was read by us.
    const bool isSet =
        m_session && set(SSH_OPTIONS_PROCESS_CONFIG, &no) && set(SSH_OPTIONS_HOST, host.data()) &&
        set(SSH_OPTIONS_PORT, &port) && set(SSH_OPTIONS_USER, user.data()) &&
        set(SSH_OPTIONS_KNOWNHOSTS, "/dev/null") &&
        set(SSH_OPTIONS_GLOBAL_KNOWNHOSTS, "/dev/null") &&
        set(SSH_OPTIONS_STRICTHOSTKEYCHECK, &yes) && set(SSH_OPTIONS_HOSTKEYS, algorithms.data()) &&
        set(SSH_OPTIONS_CIPHERS_C_S, ciphers) && set(SSH_OPTIONS_CIPHERS_S_C, ciphers) &&
        set(SSH_OPTIONS_FD, &descriptor);
    if (!isSet) {
        const QString detail =
            m_session ? QString::fromUtf8(ssh_get_error(m_session.get())) : QString();
        ::close(descriptor);
        return noConnection(Kind::Unusable, models::ErrorCode::InvalidInput,
                            tr("%1 cannot be used as user and host. Correct it in the workspace "
                               "file or in ~/.ssh/config.")
                                .arg(m_settings.address()),
                            detail);
    }
    ssh_set_blocking(m_session.get(), 0);
    return {};
}

Connected<void> Handshake::greet() {
    const auto result = settle(m_session.get(), m_cancellation, m_settings.connectTimeout,
                               SSH_AGAIN, [this] { return ssh_connect(m_session.get()); });
    if (!result)
        return silence();
    if (*result != SSH_OK)
        return greetingFailure();
    // Connecting made it blocking.
    fcntl(ssh_get_fd(m_session.get()), F_SETFL, O_NONBLOCK);
    return {};
}

tl::unexpected<ConnectFailure> Handshake::silence() const {
    if (m_cancellation.isCancelled())
        return noConnection(Kind::Cancelled, models::ErrorCode::Cancelled,
                            tr("Connecting was cancelled."));
    const bool isSsh = ssh_get_serverbanner(m_session.get()) != nullptr;
    const QString where = m_settings.address();
    return noConnection(
        Kind::Unreachable, models::ErrorCode::NotFound,
        isSsh ? tr("%1 stopped answering while it was connected. Check the network.").arg(where)
              : tr("%1 takes connections and says nothing of SSH. Check the port, and sshd there.")
                    .arg(where));
}

tl::unexpected<ConnectFailure> Handshake::greetingFailure() const {
    const QString detail = QString::fromUtf8(ssh_get_error(m_session.get()));
    const QString where = m_settings.address();
    if (detail.contains(QStringLiteral("banner")))
        return noConnection(Kind::Unusable, models::ErrorCode::Unsupported,
                            tr("What answers at %1 does not speak SSH. Check the port.").arg(where),
                            detail);
    if (detail.contains(QStringLiteral("kex error")))
        return noConnection(Kind::Unusable, models::ErrorCode::Unsupported,
                            tr("%1 and this program have no method of encryption in common. Bring "
                               "sshd there up to date.")
                                .arg(where),
                            detail);
    const bool isSsh = ssh_get_serverbanner(m_session.get()) != nullptr;
    return noConnection(isSsh ? Kind::Unreachable : Kind::Dropped, models::ErrorCode::Refused,
                        tr("%1 hung up before it was connected. Check the port and the log of "
                           "sshd there: it may be busy, not speak SSH, or refuse this machine.")
                            .arg(where),
                        detail);
}

Connected<void> Handshake::readHostKey() {
    ssh_key shown = nullptr;
    char* text = nullptr;
    if (ssh_get_server_publickey(m_session.get(), &shown) != SSH_OK ||
        ssh_pki_export_pubkey_base64(shown, &text) != SSH_OK) {
        ssh_key_free(shown);
        return noConnection(
            Kind::Rejected, models::ErrorCode::Internal,
            tr("The key of %1 cannot be read, so it cannot be compared.").arg(m_settings.address()),
            QString::fromUtf8(ssh_get_error(m_session.get())));
    }
    const KeyHandle key(shown);
    m_hostKey.blob = QByteArray::fromBase64(text);
    ssh_string_free_char(text);
    m_hostKey.type = QString::fromLatin1(ssh_key_type_to_char(ssh_key_type(key.get())));
    m_hostKey.fingerprint = fingerprintOf(m_hostKey.blob);
    return {};
}

Connected<void> Handshake::judgeHostKey(const KnownHosts& known) {
    const auto judgement = known.judge(m_settings.knownAs(), m_hostKey.blob);
    const QString shown = tr("It showed %1 %2. On record: %3.")
                              .arg(m_hostKey.type, m_hostKey.fingerprint,
                                   judgement.places.join(QStringLiteral(", ")));
    switch (judgement.verdict) {
    case KnownHosts::Verdict::Known:
        return {};
    case KnownHosts::Verdict::Unknown:
        return askAboutHostKey();
    case KnownHosts::Verdict::Revoked:
        return noConnection(
            Kind::Rejected, models::ErrorCode::Refused,
            tr("%1 showed a host key that was revoked. Somebody may have stolen it and stand in "
               "between. Nothing was sent. Ask who runs the host.")
                .arg(m_settings.address()),
            shown);
    case KnownHosts::Verdict::Changed:
        return noConnection(
            Kind::Rejected, models::ErrorCode::Refused,
            tr("%1 showed another host key than the one on record. Either it was set up anew, or "
               "somebody stands in between. Nothing was sent. Ask who runs the host. If the new "
               "key is right, remove the line %2 and connect again.")
                .arg(m_settings.address(), judgement.places.join(QStringLiteral(", "))),
            shown);
    }
    Q_UNREACHABLE();
}

Connected<void> Handshake::askAboutHostKey() {
    SshQuestion question;
    question.kind = SshQuestion::Kind::UnknownHostKey;
    question.host = m_settings.name;
    question.user = m_settings.user;
    question.knownAs = m_settings.knownAs();
    question.hostKey = m_hostKey;
    const auto answer = m_asker.ask(question);
    if (!answer)
        return noConnection(Kind::Cancelled, models::ErrorCode::Cancelled,
                            tr("Connecting was cancelled."));
    if (answer->decision != SshAnswer::Decision::Continue)
        return noConnection(
            Kind::Rejected, models::ErrorCode::Refused,
            tr("The key of %1 was not accepted. Nothing was sent.").arg(m_settings.address()),
            m_hostKey.fingerprint);
    // Somebody else may have put another one on record while the question stood.
    const auto known = readKnownHosts(m_settings.knownHostsFiles);
    if (!known)
        return tl::unexpected(ConnectFailure{Kind::Unusable, known.error()});
    switch (known->judge(m_settings.knownAs(), m_hostKey.blob).verdict) {
    case KnownHosts::Verdict::Known:
        return {};
    case KnownHosts::Verdict::Revoked:
    case KnownHosts::Verdict::Changed:
        return judgeHostKey(*known);
    case KnownHosts::Verdict::Unknown:
        break;
    }
    const auto added =
        m_settings.knownHostsFiles.isEmpty()
            ? models::Result<void>()
            : appendKnownHost(m_settings.knownHostsFiles.first(),
                              KnownHosts::lineFor(m_settings.knownAs(), m_hostKey.type.toLatin1(),
                                                  m_hostKey.blob));
    if (!added)
        return tl::unexpected(ConnectFailure{Kind::Unusable, added.error()});
    return {};
}

} // namespace app
