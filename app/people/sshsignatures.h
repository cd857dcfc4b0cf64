// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/approvalsigner.h"

#include <QObject>
#include <QTemporaryDir>

#include <functional>
#include <memory>

namespace app {

/// Has `ssh-keygen -Y` sign and check (ssh-keygen(1), "ALLOWED SIGNERS"; the format is OpenSSH's
/// PROTOCOL.sshsig). It is run by its argument vector; what is checked lies in a folder of its own,
/// mode 0700, for as long as that takes. Main thread; waits for nothing.
class SshSignatures final : public QObject, public ApprovalSigner {
    Q_OBJECT

public:
    /// Where somebody is asked for a passphrase, or to touch a security key.
    enum class Asking { Desktop, Terminal };

    /// program: found in PATH. home: whose keys they are, empty: this user's.
    explicit SshSignatures(Asking asking, QString program = QStringLiteral("ssh-keygen"),
                           QString home = {}, QObject* parent = nullptr);

    QFuture<models::Result<models::VerifiedAnswer>>
    check(const models::SignedAnswer& answer, const QList<models::Person>& people) override;
    QFuture<models::Result<models::SignedAnswer>>
    sign(const models::ApprovalAnswer& answer, const QString& keyFile,
         const QList<models::Person>& people) override;

private:
    struct Said {
        int status = -1;
        QByteArray out;
        QByteArray err;
    };
    using Heard = std::function<void(const models::Result<Said>&)>;

    void call(const QStringList& arguments, const QByteArray& input,
              std::chrono::milliseconds limit, Heard heard);
    [[nodiscard]] models::Result<QString> keyToUse(const QString& keyFile,
                                                   const QList<models::Person>& people) const;

    const Asking m_asking;
    const QString m_program;
    const QString m_home;
};

} // namespace app
