// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/host/hostwords.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace ui {

namespace {

using Kind = app::SshQuestion::Kind;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(HostWords)
};

/// "ed25519" of "ssh-ed25519", "ecdsa" of "ecdsa-sha2-nistp256"; as OpenSSH names its key files.
/// Empty for a type that is none of its own.
QString keyFileWord(const QString& type) {
    for (const QLatin1String word : {QLatin1String("ed25519"), QLatin1String("ecdsa"),
                                     QLatin1String("rsa"), QLatin1String("dss")}) {
        if (type.contains(word))
            return word == QLatin1String("dss") ? QStringLiteral("dsa") : QString(word);
    }
    return {};
}

} // namespace

QString questionTitle(const app::SshQuestion& question) {
    switch (question.kind) {
    case Kind::UnknownHostKey:
        return Words::tr("Is this the key of %1?").arg(question.host);
    case Kind::Passphrase:
        return Words::tr("Passphrase of %1").arg(QFileInfo(question.keyFile).fileName());
    case Kind::Password:
        return Words::tr("Password of %1 on %2").arg(question.user, question.host);
    case Kind::Interactive:
        return Words::tr("%1 wants to know").arg(question.host);
    }
    return {};
}

QString questionExplanation(const app::SshQuestion& question) {
    switch (question.kind) {
    case Kind::UnknownHostKey:
        return Words::tr("This machine has not met %1 before. If somebody stands between you and "
                         "the host, this key is theirs, and they would read all that follows. "
                         "Compare it once; it is remembered as %2.")
            .arg(question.host, question.knownAs);
    case Kind::Passphrase:
        return Words::tr("%1 unlocks the way to %2. The passphrase is asked for once, as long as "
                         "this window is open.")
            .arg(question.keyFile, question.host);
    case Kind::Password:
        return Words::tr("No key was accepted. A key of your own, added to the host, saves this "
                         "question.");
    case Kind::Interactive:
        return Words::tr("It asks %1 before it lets you in.").arg(question.user);
    }
    return {};
}

QString wrongAnswerText(const app::SshQuestion& question) {
    return question.kind == Kind::Passphrase ? Words::tr("That does not unlock the key.")
                                             : Words::tr("The host did not take that.");
}

QString confirmText(const app::SshQuestion& question) {
    switch (question.kind) {
    case Kind::UnknownHostKey:
        return Words::tr("Trust key and connect");
    case Kind::Passphrase:
        return Words::tr("Unlock key");
    case Kind::Password:
        return Words::tr("Log in");
    case Kind::Interactive:
        return Words::tr("Send answers");
    }
    return {};
}

QString promptLabel(const app::SshQuestion& question, const app::SshQuestion::Prompt& prompt) {
    switch (question.kind) {
    case Kind::Passphrase:
        return Words::tr("Passphrase");
    case Kind::Password:
        return Words::tr("Password");
    case Kind::UnknownHostKey:
    case Kind::Interactive:
        break;
    }
    const QString words = prompt.text.simplified();
    return words.isEmpty() ? Words::tr("Answer") : words;
}

QString fingerprintLabel(const app::SshQuestion& question) {
    const QString word = keyFileWord(question.hostKey.type);
    return Words::tr("Fingerprint of its %1 key")
        .arg(word.isEmpty() ? question.hostKey.type : word.toUpper());
}

QString fingerprintCommand(const app::SshQuestion& question) {
    const QString word = keyFileWord(question.hostKey.type);
    return QStringLiteral("ssh-keygen -lf /etc/ssh/ssh_host_%1_key.pub")
        .arg(word.isEmpty() ? QStringLiteral("*") : word);
}

QString comparisonText(Comparison comparison) {
    switch (comparison) {
    case Comparison::Nothing:
        return Words::tr("Not compared yet.");
    case Comparison::Same:
        return Words::tr("The same. This is the host's key.");
    case Comparison::Different:
        return Words::tr("Not the same. Do not connect, and ask who runs the host.");
    }
    return {};
}

} // namespace ui
