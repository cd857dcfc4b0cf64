// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSslConfiguration>
#include <QTemporaryDir>

namespace tests {

/// Certificates made anew by openssl in a folder of their own, each NAME.pem with its NAME.key:
///
///     ca         the authority that signed the others
///     here       for 127.0.0.1
///     other      for another host
///     client     of one who asks
///     expired    for 127.0.0.1, until the year 2020
///     own        for 127.0.0.1, signed by itself
class Certificates final {
public:
    /// Whether openssl made them.
    [[nodiscard]] bool make();

    [[nodiscard]] QString path(const char* name) const {
        return m_folder.filePath(QString::fromLatin1(name));
    }
    /// Of a server that shows this one and asks for none.
    [[nodiscard]] QSslConfiguration server(const QByteArray& name) const;

private:
    [[nodiscard]] bool sign(const QString& name, const QString& host, const QString& days) const;

    QTemporaryDir m_folder;
};

} // namespace tests
