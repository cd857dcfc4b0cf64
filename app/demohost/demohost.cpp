// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demohost/demohost.h"

#include "app/demohost/processtree.h"

#include <QFile>

#include <csignal>
#include <utility>

namespace app {
namespace {

constexpr std::chrono::seconds tidyingInterval{1};

models::Result<void> refusal(const QString& detail) {
    return models::failure(
        models::ErrorCode::Internal,
        QStringLiteral("The demo host cannot listen on 127.0.0.1. Look whether this machine allows "
                       "it."),
        detail);
}

} // namespace

/// Hands over each connection as it comes, and reads nothing from it.
class DemoHost::Server final : public QTcpServer {
public:
    explicit Server(DemoHost& host)
        : m_host(host) {}

protected:
    void incomingConnection(qintptr socket) override { m_host.take(socket); }

private:
    DemoHost& m_host;
};

DemoHost::DemoHost() {
    // Whoever writes to a connection that is gone learns it from write().
    std::signal(SIGPIPE, SIG_IGN);
    adoptOrphans();
    m_tidying.setInterval(tidyingInterval);
    connect(&m_tidying, &QTimer::timeout, this, &DemoHost::tidy);
}

DemoHost::~DemoHost() {
    m_connections.clear();
    endDescendants();
}

quint16 DemoHost::port() const {
    return m_server->serverPort();
}

models::Result<void> DemoHost::start() {
    if (auto prepared = m_folder.prepare(); !prepared)
        return prepared;
    models::Result<DemoKeys> keys = makeDemoKeys();
    if (!keys)
        return tl::unexpected(keys.error());
    m_web = std::make_unique<DemoWeb>(m_folder.at("state"));
    if (!m_web->listen())
        return refusal({});
    const QByteArray hostKey = publicText(keys->host.get());
    if (auto made = makeServer(std::move(*keys)); !made)
        return made;
    if (auto written = m_folder.writeAccess(m_person.get(), hostKey, port()); !written)
        return written;
    QMap<QByteArray, QByteArray> addresses;
    for (const DemoService& service : demoServices())
        addresses.insert("http://" + service.name.toLatin1() + ".demo.example.com",
                         "http://127.0.0.1:" + QByteArray::number(m_web->portOf(service.name)));
    if (auto written = m_folder.writeWorkspaces(addresses); !written)
        return written;
    m_watcher.addPath(m_folder.at("state"));
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &DemoHost::noticeState);
    m_tidying.start();
    m_web->follow();
    m_logs = std::make_unique<DemoLogs>(m_folder.at("logs"), m_folder.at("state"));
    m_logs->begin();
    return {};
}

models::Result<void> DemoHost::makeServer(DemoKeys keys) {
    m_person = std::move(keys.person);
    m_host = {m_person.get(), [this](const QByteArray& text) { return commandFor(text); }};
    m_bind.reset(ssh_bind_new());
    const bool readsNoFiles = false;
    ssh_bind_options_set(m_bind.get(), SSH_BIND_OPTIONS_PROCESS_CONFIG, &readsNoFiles);
    // The library takes the key over.
    if (ssh_bind_options_set(m_bind.get(), SSH_BIND_OPTIONS_IMPORT_KEY, keys.host.get()) != SSH_OK)
        return refusal(QString::fromUtf8(ssh_get_error(m_bind.get())));
    keys.host.release();
    m_server = std::make_unique<Server>(*this);
    if (!m_server->listen(QHostAddress::LocalHost))
        return refusal(m_server->errorString());
    return {};
}

void DemoHost::take(qintptr socket) {
    ssh_session session = ssh_new();
    if (ssh_bind_accept_fd(m_bind.get(), session, socket_t(socket)) != SSH_OK) {
        ssh_free(session);
        return;
    }
    m_connections.push_back(std::make_unique<DemoConnection>(session, m_host));
}

/// On the connections' threads.
DemoCommand DemoHost::commandFor(const QByteArray& text) const {
    const QByteArray folder = QFile::encodeName(m_folder.path());
    DemoCommand command;
    command.text = text;
    command.folder = folder + "/home";
    command.environment = {"HOME=" + folder + "/home",
                           "USER=deploy",
                           "LOGNAME=deploy",
                           "SHELL=/bin/sh",
                           "PATH=" + folder + "/bin:/usr/local/bin:/usr/bin:/bin",
                           "DEMO_STATE=" + folder + "/state"};
    return command;
}

void DemoHost::cutConnections() {
    m_connections.clear();
}

void DemoHost::noticeState() {
    m_web->follow();
    if (QFile::remove(m_folder.at("state/cut")))
        cutConnections();
}

void DemoHost::tidy() {
    m_web->follow(); // some faults begin a while after a deployment
    std::erase_if(m_connections, [](const auto& connection) { return connection->isOver(); });
    buryOrphans();
}

} // namespace app
