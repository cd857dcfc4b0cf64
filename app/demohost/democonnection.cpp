// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demohost/democonnection.h"

#include <cerrno>
#include <cstdint>
#include <string_view>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

namespace app {
namespace {

constexpr long handshakeSeconds = 10;
/// However quiet the streams are: a channel that the other side closed is noticed by then.
constexpr int turnMilliseconds = 200;

/// A connection to a port of this machine, under way; not open where the system refuses.
Descriptor connectHere(int port) {
    Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(std::uint16_t(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    // On loopback it is there or refused at once, so nothing is waited for.
    const int result =
        connect(socket.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
    if (result != 0 && errno != EINPROGRESS)
        socket.close();
    return socket;
}

} // namespace

DemoConnection::DemoConnection(ssh_session session, const Host& host)
    : m_session(session)
    , m_socket(fcntl(ssh_get_fd(session), F_DUPFD_CLOEXEC, 0))
    , m_host(host)
    , m_wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    , m_thread(&DemoConnection::run, this) {}

DemoConnection::~DemoConnection() {
    m_isStopped = true;
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = write(m_wake.number(), &one, sizeof one);
    // A handshake reads from the socket and looks at nothing else.
    shutdown(m_socket.number(), SHUT_RDWR);
    m_thread.join();
    m_streams.clear();
    ssh_free(m_session);
}

void DemoConnection::run() {
    if (begin())
        serve();
    m_streams.clear();
    ssh_silent_disconnect(m_session);
    m_isOver = true;
}

bool DemoConnection::begin() {
    ssh_options_set(m_session, SSH_OPTIONS_TIMEOUT, &handshakeSeconds);
    takeCallbacks();
    ssh_set_auth_methods(m_session, SSH_AUTH_METHOD_PUBLICKEY);
    return ssh_handle_key_exchange(m_session) == SSH_OK;
}

void DemoConnection::takeCallbacks() {
    m_callbacks.userdata = this;
    m_callbacks.auth_pubkey_function = [](ssh_session, const char*, ssh_key_struct* key,
                                          char signature, void* self) {
        return static_cast<DemoConnection*>(self)->authenticate(key, signature);
    };
    m_callbacks.channel_open_request_session_function = [](ssh_session, void* self) {
        return static_cast<DemoConnection*>(self)->openSession();
    };
    ssh_callbacks_init(&m_callbacks);
    ssh_set_server_callbacks(m_session, &m_callbacks);
    ssh_set_message_callback(
        m_session,
        [](ssh_session, ssh_message message, void* self) {
            return static_cast<DemoConnection*>(self)->handleMessage(message);
        },
        this);
}

int DemoConnection::authenticate(ssh_key key, char signature) {
    if (ssh_key_cmp(key, m_host.person, SSH_KEY_CMP_PUBLIC) != 0)
        return SSH_AUTH_DENIED;
    if (signature == SSH_PUBLICKEY_STATE_NONE)
        return SSH_AUTH_SUCCESS; // it is known; now it is to be proved
    if (signature != SSH_PUBLICKEY_STATE_VALID)
        return SSH_AUTH_DENIED;
    m_isAuthenticated = true;
    return SSH_AUTH_SUCCESS;
}

ssh_channel DemoConnection::openSession() {
    if (!m_isAuthenticated)
        return nullptr;
    ssh_channel channel = ssh_channel_new(m_session);
    m_streams.push_back(std::make_unique<DemoStream>(channel, m_host.environment));
    return channel;
}

/// Forwards to this machine's own ports; all else gets the library's answer, a refusal.
int DemoConnection::handleMessage(ssh_message message) {
    constexpr int refused = 1;
    if (!m_isAuthenticated || ssh_message_type(message) != SSH_REQUEST_CHANNEL_OPEN ||
        ssh_message_subtype(message) != SSH_CHANNEL_DIRECT_TCPIP)
        return refused;
    const std::string_view to = ssh_message_channel_request_open_destination(message);
    if (to != "127.0.0.1" && to != "localhost")
        return refused;
    Descriptor socket = connectHere(ssh_message_channel_request_open_destination_port(message));
    if (!socket.isOpen())
        return refused;
    ssh_channel channel = ssh_message_channel_request_open_reply_accept(message);
    if (channel == nullptr)
        return refused;
    m_streams.push_back(std::make_unique<DemoStream>(channel, std::move(socket)));
    return 0;
}

void DemoConnection::serve() {
    ssh_set_blocking(m_session, 0);
    ssh_event event = ssh_event_new();
    ssh_event_add_session(event, m_session);
    while (!m_isStopped && ssh_is_connected(m_session)) {
        const bool mayWrite = (ssh_get_poll_flags(m_session) & SSH_WRITE_PENDING) == 0;
        wait(mayWrite);
        if (ssh_event_dopoll(event, 0) == SSH_ERROR)
            break;
        // Serving one may open another.
        for (std::size_t i = 0; i < m_streams.size(); ++i)
            m_streams[i]->serve(mayWrite);
        std::erase_if(m_streams, [](const auto& stream) { return stream->isOver(); });
    }
    ssh_event_remove_session(event, m_session);
    ssh_event_free(event);
}

void DemoConnection::wait(bool mayWrite) const {
    std::vector<pollfd> waiting;
    const auto wanted = short(mayWrite ? POLLIN : POLLIN | POLLOUT);
    waiting.push_back({ssh_get_fd(m_session), wanted, 0});
    waiting.push_back({m_wake.number(), POLLIN, 0});
    for (const auto& stream : m_streams)
        stream->addTo(waiting, mayWrite);
    poll(waiting.data(), waiting.size(), turnMilliseconds);
}

} // namespace app
