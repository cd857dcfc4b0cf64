// SPDX-License-Identifier: GPL-3.0-or-later
// A queue of messages gives all that comes in one place; of passwords it is called out of date.
#define SSH_SUPPRESS_DEPRECATED
#include "tests/app/ssh/recordingserver.h"

#include <libssh/libssh.h>
#include <libssh/server.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tests {
namespace {

constexpr char password[] = "right";
constexpr char code[] = "123456";

void runCommand(ssh_message message, ssh_channel channel) {
    ssh_message_channel_request_reply_success(message);
    ssh_channel_write(channel, "served\n", 7);
    ssh_channel_request_send_exit_status(channel, 0);
    ssh_channel_send_eof(channel);
    ssh_channel_close(channel);
}

} // namespace

RecordingServer::RecordingServer(const QString& hostKey, Takes takes)
    : m_hostKey(hostKey.toLocal8Bit())
    , m_takes(takes)
    , m_secret(takes == Takes::Code ? code : password) {
    m_listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    if (bind(m_listener, plain, size) == 0 && listen(m_listener, 16) == 0 &&
        getsockname(m_listener, plain, &size) == 0)
        m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { run(); });
}

RecordingServer::~RecordingServer() {
    m_isStopping = true;
    shutdown(m_listener, SHUT_RDWR);
    {
        const std::scoped_lock lock(m_mutex);
        if (m_connection >= 0)
            shutdown(m_connection, SHUT_RDWR);
    }
    m_thread.join();
    close(m_listener);
}

QStringList RecordingServer::offered() const {
    const std::scoped_lock lock(m_mutex);
    return m_offered;
}

void RecordingServer::setSecret(const QByteArray& secret) {
    const std::scoped_lock lock(m_mutex);
    m_secret = secret;
}

bool RecordingServer::isSecret(const char* said) const {
    const std::scoped_lock lock(m_mutex);
    return m_secret == said;
}

void RecordingServer::note(const QString& text) {
    const std::scoped_lock lock(m_mutex);
    m_offered << text;
}

void RecordingServer::run() {
    while (!m_isStopping) {
        const int connection = accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0)
            continue;
        const int yes = 1;
        setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        {
            const std::scoped_lock lock(m_mutex);
            m_connection = connection;
        }
        if (!m_isStopping)
            serve(connection);
        const std::scoped_lock lock(m_mutex);
        m_connection = -1;
    }
}

void RecordingServer::serve(int connection) {
    const ssh_bind bound = ssh_bind_new();
    const ssh_session session = ssh_new();
    const int no = 0;
    ssh_bind_options_set(bound, SSH_BIND_OPTIONS_PROCESS_CONFIG, &no);
    ssh_bind_options_set(bound, SSH_BIND_OPTIONS_HOSTKEY, m_hostKey.constData());
    const int second =
        m_takes == Takes::Code ? SSH_AUTH_METHOD_INTERACTIVE : SSH_AUTH_METHOD_PASSWORD;
    ssh_set_auth_methods(session, SSH_AUTH_METHOD_PUBLICKEY | second);
    // The session closes what it is given: a second close would hit whoever has the number by then.
    const int own = fcntl(connection, F_DUPFD_CLOEXEC, 0);
    if (ssh_bind_accept_fd(bound, session, own) == SSH_OK &&
        ssh_handle_key_exchange(session) == SSH_OK) {
        ++m_greetings;
        ssh_channel channel = nullptr;
        while (const ssh_message message = ssh_message_get(session)) {
            if (ssh_message_type(message) == SSH_REQUEST_AUTH)
                handleLogin(session, message);
            else
                handleRequest(message, channel);
            ssh_message_free(message);
        }
    }
    ssh_disconnect(session);
    ssh_free(session);
    ssh_bind_free(bound);
    close(connection);
}

void RecordingServer::handleLogin(ssh_session session, ssh_message message) {
    const QString user = QString::fromUtf8(ssh_message_auth_user(message));
    switch (ssh_message_subtype(message)) {
    case SSH_AUTH_METHOD_NONE:
        note(QStringLiteral("none ") + user);
        break;
    case SSH_AUTH_METHOD_PUBLICKEY:
        note(QStringLiteral("publickey ") + user);
        break;
    case SSH_AUTH_METHOD_PASSWORD: {
        const char* const said = ssh_message_auth_password(message);
        note(QStringLiteral("password %1 %2").arg(user, QString::fromUtf8(said)));
        if (m_takes == Takes::Password && isSecret(said)) {
            ssh_message_auth_reply_success(message, 0);
            return;
        }
        break;
    }
    case SSH_AUTH_METHOD_INTERACTIVE: {
        if (ssh_message_auth_kbdint_is_response(message) == 0) {
            const char* prompts[]{"Code: "};
            char echo[]{1};
            ssh_message_auth_interactive_request(message, "Login", "Look at your token.", 1,
                                                 prompts, echo);
            return;
        }
        const char* const said = ssh_userauth_kbdint_getanswer(session, 0);
        note(QStringLiteral("code ") + QString::fromUtf8(said));
        if (m_takes == Takes::Code && isSecret(said)) {
            ssh_message_auth_reply_success(message, 0);
            return;
        }
        break;
    }
    default:
        break;
    }
    ssh_message_reply_default(message);
}

void RecordingServer::handleRequest(ssh_message message, ssh_channel& channel) {
    switch (ssh_message_type(message)) {
    case SSH_REQUEST_SERVICE:
        note(QStringLiteral("service ") + QString::fromUtf8(ssh_message_service_service(message)));
        ssh_message_service_reply_success(message);
        return;
    case SSH_REQUEST_CHANNEL_OPEN:
        channel = ssh_message_channel_request_open_reply_accept(message);
        return;
    case SSH_REQUEST_CHANNEL:
        if (channel != nullptr && ssh_message_subtype(message) == SSH_CHANNEL_REQUEST_EXEC) {
            runCommand(message, channel);
            return;
        }
        break;
    default:
        break;
    }
    ssh_message_reply_default(message);
}

} // namespace tests
