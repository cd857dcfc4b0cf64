// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/http/socketprobe.h"

#include "app/diagnostics/clock.h"
#include "models/health/healthvalue.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslConfiguration>

#include <algorithm>
#include <chrono>

namespace app {

namespace {

using models::Probe;
using models::ProbeReply;

models::Instant instantOf(const QDateTime& time) {
    return {time.toMSecsSinceEpoch() * 1'000'000};
}

} // namespace

SocketProbe::SocketProbe(const Probe& probe, models::Instant due, Done done, QObject* parent)
    : QObject(parent)
    , m_probe(probe)
    , m_done(std::move(done)) {
    m_reply.at = presentInstant();
    m_reply.lateness =
        std::chrono::nanoseconds(std::max<qint64>(0, m_reply.at.nanoseconds - due.nanoseconds));
    const qsizetype colon = probe.target.lastIndexOf(u':');
    m_host = probe.target.left(colon);
    if (m_host.startsWith(u'['))
        m_host = m_host.mid(1, m_host.size() - 2);
    m_port = static_cast<quint16>(probe.target.mid(colon + 1).toUInt());
    connect(&m_limit, &QTimer::timeout, this, [this] {
        m_reply.outcome = ProbeReply::Outcome::Failed;
        m_reply.reason = u"%1 did not answer within %2."_qs.arg(
            m_probe.target,
            models::valueWords(models::Quantity{
                static_cast<double>(m_probe.timeLimit.count()) / 1e3, models::Unit::Time}));
        answer();
    });
    connect(&m_socket, &QAbstractSocket::errorOccurred, this, &SocketProbe::fail);
    begin();
}

void SocketProbe::begin() {
    m_limit.setSingleShot(true);
    m_limit.start(m_probe.timeLimit);
    m_clock.start();
    connect(&m_socket, &QAbstractSocket::connected, this, [this] {
        m_reply.phases.connect = std::chrono::nanoseconds(m_clock.nsecsElapsed());
        if (m_probe.kind == Probe::Kind::Tls)
            return;
        m_reply.phases.total = m_reply.phases.connect;
        m_reply.outcome = ProbeReply::Outcome::Answered;
        answer();
    });
    if (m_probe.kind == Probe::Kind::Tcp) {
        m_socket.connectToHost(m_host, m_port);
        return;
    }
    if (!m_probe.authority.isEmpty()) {
        QSslConfiguration configuration = m_socket.sslConfiguration();
        configuration.setCaCertificates(QSslCertificate::fromPath(m_probe.authority));
        m_socket.setSslConfiguration(configuration);
    }
    // The certificate is what is asked about: one that is not trusted is looked at as well, and
    // nothing is sent over the connection.
    connect(&m_socket, &QSslSocket::sslErrors, this, [this](const QList<QSslError>& errors) {
        m_problem = errors.isEmpty() ? QString() : errors.first().errorString();
        m_socket.ignoreSslErrors();
    });
    connect(&m_socket, &QSslSocket::encrypted, this, &SocketProbe::takeCertificate);
    m_socket.connectToHostEncrypted(m_host, m_port);
}

void SocketProbe::takeCertificate() {
    const std::chrono::nanoseconds now(m_clock.nsecsElapsed());
    m_reply.phases.total = now;
    m_reply.phases.tls = now - m_reply.phases.connect.value_or(now);
    const QSslCertificate certificate = m_socket.peerCertificate();
    m_reply.outcome = ProbeReply::Outcome::Answered;
    m_reply.certificate = models::CertificateFacts{
        instantOf(certificate.effectiveDate()), instantOf(certificate.expiryDate()),
        certificate.subjectDisplayName(), certificate.issuerDisplayName(), m_problem};
    answer();
}

void SocketProbe::fail(QAbstractSocket::SocketError error) {
    m_reply.outcome = ProbeReply::Outcome::Failed;
    switch (error) {
    case QAbstractSocket::ConnectionRefusedError:
        m_reply.reason = u"%1 refused the connection."_qs.arg(m_probe.target);
        break;
    case QAbstractSocket::HostNotFoundError:
        m_reply.outcome = ProbeReply::Outcome::NotProbed;
        m_reply.reason = u"%1 could not be looked up. Check the name, and the network of this "
                         "machine."_qs.arg(m_host);
        break;
    case QAbstractSocket::SslHandshakeFailedError:
        m_reply.reason = u"%1 could not agree on a secure connection: %2."_qs.arg(
            m_probe.target, m_socket.errorString());
        break;
    case QAbstractSocket::RemoteHostClosedError:
        m_reply.reason = u"%1 hung up before its answer was whole."_qs.arg(m_probe.target);
        break;
    case QAbstractSocket::SocketResourceError:
        m_reply.outcome = ProbeReply::Outcome::NotProbed;
        m_reply.reason = u"This machine cannot open another connection."_qs;
        break;
    default:
        m_reply.reason =
            u"%1 cannot be reached: %2."_qs.arg(m_probe.target, m_socket.errorString());
        break;
    }
    answer();
}

void SocketProbe::answer() {
    if (m_isAnswered)
        return;
    m_isAnswered = true;
    m_limit.stop();
    m_socket.disconnect(this);
    m_socket.abort();
    deleteLater();
    m_done(m_reply);
}

} // namespace app
