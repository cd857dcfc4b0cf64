// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QMetaType>
#include <QString>

namespace app {

/// A key that a host showed, for a person to compare.
struct HostKey {
    QString type;        ///< "ssh-ed25519"
    QString fingerprint; ///< "SHA256:…", as ssh-keygen -l prints it
    QByteArray blob;

    bool operator==(const HostKey&) const = default;
};

/// What a connection needs from a person before it can go on. Texts come from the host or from a
/// file and are data: never rich text.
struct SshQuestion {
    enum class Kind {
        UnknownHostKey, ///< whether to trust hostKey from now on
        Passphrase,     ///< of keyFile
        Password,       ///< of user
        Interactive,    ///< prompts, whose answers the host wants
    };
    struct Prompt {
        QString text;
        bool isSecret = true;
    };
    /// What is known of the passphrase that the keychain keeps.
    enum class Kept {
        Untried,
        Wrong, ///< it does not unlock the key, or not any more
    };

    quint64 id = 0;
    Kind kind = Kind::Password;
    QString host;    ///< as the workspace or a person calls it
    QString knownAs; ///< as known_hosts calls it: "name" or "[name]:port"
    QString user;
    HostKey hostKey;
    QString keyFile;
    QString keyFingerprint; ///< of keyFile, where it tells it without its passphrase
    Kept kept = Kept::Untried;
    QString instruction;
    QList<Prompt> prompts; ///< one for a passphrase and a password
    int round = 1;         ///< above 1: the answer before was wrong
};

/// Given back for a question. Neither stored nor logged; overwritten once it was used.
struct SshAnswer {
    enum class Decision { Continue, Decline };
    enum class Origin { Person, Keychain };

    Decision decision = Decision::Decline;
    QList<QByteArray> texts; ///< one a prompt, UTF-8
    Origin origin = Origin::Person;
};

/// What became of an answer.
enum class AnswerVerdict {
    Right, ///< it unlocked the key, or the host took it
    Wrong,
    Unknown, ///< it came to nothing: the attempt ended before
};

} // namespace app

Q_DECLARE_METATYPE(app::SshQuestion)
Q_DECLARE_METATYPE(app::AnswerVerdict)
