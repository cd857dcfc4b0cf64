// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QProcess>
#include <QTest>

namespace tests {

/// Keys that ssh-keygen makes in a folder that is there.
class SshKeys {
public:
    explicit SshKeys(QString folder)
        : m_folder(std::move(folder)) {}

    [[nodiscard]] QString path(const QString& name) const { return m_folder + u'/' + name; }

    void make(const QString& name, const QString& passphrase = {}) const {
        constexpr int patience = 30'000; // ms; ssh-keygen on a busy machine
        QProcess keygen;
        keygen.start(u"ssh-keygen"_qs, {u"-q"_qs, u"-t"_qs, u"ed25519"_qs, u"-N"_qs, passphrase,
                                        u"-C"_qs, u"a comment"_qs, u"-f"_qs, path(name)});
        QVERIFY(keygen.waitForFinished(patience));
        QCOMPARE(keygen.exitCode(), 0);
    }

    /// Type and body, as `people` of gantry.yaml have it.
    [[nodiscard]] QString publicKey(const QString& name) const {
        QFile file(path(name) + u".pub"_qs);
        return file.open(QIODevice::ReadOnly)
                   ? QString::fromUtf8(file.readAll()).section(u' ', 0, 1)
                   : QString();
    }

private:
    QString m_folder;
};

} // namespace tests
