// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/certificates.h"

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslKey>

namespace tests {

namespace {

const QString aMonth = QStringLiteral("-days 30");
const QString here = QStringLiteral("IP:127.0.0.1");

/// No word of it has a space in it.
bool openssl(const QString& arguments) {
    QProcess process;
    process.start(QStringLiteral("openssl"), arguments.split(u' '));
    return process.waitForFinished() && process.exitCode() == 0;
}

} // namespace

bool Certificates::make() {
    const QString selfSigned = QStringLiteral("req -x509 -newkey rsa:2048 -nodes -days 30 -subj "
                                              "/CN=%1 -keyout %2 -out %3");
    return m_folder.isValid() &&
           openssl(selfSigned.arg(QStringLiteral("Authority"), path("ca.key"), path("ca.pem"))) &&
           openssl(selfSigned.arg(QStringLiteral("127.0.0.1"), path("own.key"), path("own.pem")) +
                   QStringLiteral(" -addext subjectAltName=") + here) &&
           sign(QStringLiteral("here"), here, aMonth) &&
           sign(QStringLiteral("other"), QStringLiteral("DNS:other.example.com"), aMonth) &&
           sign(QStringLiteral("client"), QStringLiteral("DNS:client.example.com"), aMonth) &&
           sign(QStringLiteral("expired"), here, QStringLiteral("-days -1"));
}

bool Certificates::sign(const QString& name, const QString& host, const QString& days) const {
    const QString base = m_folder.filePath(name);
    QFile extension(base + QStringLiteral(".ext"));
    if (!extension.open(QFile::WriteOnly))
        return false;
    extension.write("subjectAltName=" + host.toLatin1() + '\n');
    extension.close();
    return openssl(QStringLiteral("req -newkey rsa:2048 -nodes -subj /CN=%1 -keyout %2.key -out "
                                  "%2.csr")
                       .arg(name, base)) &&
           openssl(QStringLiteral("x509 -req %1 -CA %2 -CAkey %3 -CAcreateserial -extfile %4 -in "
                                  "%5.csr -out %5.pem")
                       .arg(days, path("ca.pem"), path("ca.key"), extension.fileName(), base));
}

QSslConfiguration Certificates::server(const QByteArray& name) const {
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    QFile key(m_folder.filePath(QString::fromLatin1(name) + QStringLiteral(".key")));
    if (key.open(QFile::ReadOnly))
        configuration.setPrivateKey(QSslKey(&key, QSsl::Rsa));
    configuration.setLocalCertificateChain(QSslCertificate::fromPath(
        m_folder.filePath(QString::fromLatin1(name) + QStringLiteral(".pem"))));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    return configuration;
}

} // namespace tests
