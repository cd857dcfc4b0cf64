// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/host/hostservice.h"
#include "app/run/secretstore.h"

#include <QObject>
#include <QSet>

#include <chrono>
#include <map>

namespace app {

/// Passphrases of keys in the keychain: looks there before a person is asked, and writes there what
/// a person wants kept, once it has unlocked its key. A keychain that fails, or is slow because it
/// is locked itself, holds nobody up. Main thread.
class PassphraseKeeper final : public QObject {
    Q_OBJECT

public:
    using Keep = HostService::Keep;

    /// patience: how long a keychain may take before a person is asked as well. secrets outlives
    /// this.
    explicit PassphraseKeeper(SecretStore& secrets,
                              std::chrono::milliseconds patience = std::chrono::seconds(3));
    ~PassphraseKeeper() override;

    /// Of a passphrase. found, wanted or both follow, unless it is withdrawn.
    void take(const SshQuestion& question);
    void withdraw(quint64 question);
    /// What a person said to a question, before that is withdrawn.
    void noteAnswer(quint64 question, const SshAnswer& answer, Keep keep);
    void judge(quint64 question, AnswerVerdict verdict);

    /// Where the keychain has the passphrase of this question's key.
    [[nodiscard]] static QString entryOf(const SshQuestion& question);

Q_SIGNALS:
    void found(quint64 question, const app::SshAnswer& answer);
    /// A person has to be asked.
    void wanted(const app::SshQuestion& question);
    /// What the keychain could not do, for people.
    void noticed(const QString& message);

private:
    struct Open {
        SshQuestion question;
        bool isShown = false;
    };
    struct Promised {
        SshQuestion question;
        QByteArray passphrase;
    };

    void show(quint64 question);
    void use(quint64 question, const models::Result<QString>& kept);
    void write(Promised promised);

    SecretStore& m_secrets;
    const std::chrono::milliseconds m_patience;
    std::map<quint64, Open> m_open;
    std::map<quint64, Promised> m_promised; ///< to be kept, once they prove right
    QSet<QString> m_outdated;               ///< entries that did not unlock their key
    bool m_hasFailed = false;               ///< and that was told
};

} // namespace app
