// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/people/sshsignatures.h"

#include "app/run/startedpromise.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTimer>

#include <algorithm>

namespace app {

namespace {

using models::ErrorCode;
using models::failure;
using models::Result;

constexpr std::chrono::seconds checkLimit{15};
/// Somebody types a passphrase meanwhile, or touches a security key.
constexpr std::chrono::minutes signLimit{2};
constexpr qint64 mostKeyBytes = 64 * 1024;

/// A name of a file of allowed signers could hold what it reads as a pattern: these are numbers.
QString principalOf(qsizetype index) {
    return QStringLiteral("person-%1").arg(index);
}

/// One line for each key, as ssh-keygen(1) has it. Keys were read by models::readPeople(): type
/// and body alone.
QByteArray allowedSigners(const QList<models::Person>& people) {
    QByteArray lines;
    for (qsizetype i = 0; i < people.size(); ++i) {
        for (const QString& key : people[i].keys) {
            lines +=
                principalOf(i).toLatin1() + " namespaces=\"" +
                QByteArray(models::approvalNamespace.data(), models::approvalNamespace.size()) +
                "\" " + key.toLatin1() + '\n';
        }
    }
    return lines;
}

Result<void> writeFile(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly) ||
        file.write(bytes) != bytes.size()) {
        return failure(ErrorCode::NotWritable,
                       SshSignatures::tr("The signature could not be put down to be checked: %1.")
                           .arg(file.errorString()));
    }
    return {};
}

/// "Good "gantry-approval" signature for person-0 with ED25519 key SHA256:…"
QString fingerprintIn(const QByteArray& words) {
    static const QRegularExpression form(QStringLiteral("SHA256:[A-Za-z0-9+/]+"));
    return form.match(QString::fromUtf8(words)).captured();
}

/// The type and body of a line of a .pub file; empty where it cannot be read.
QString publicKeyIn(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QStringList words =
        QString::fromUtf8(file.read(mostKeyBytes)).simplified().split(QLatin1Char(' '));
    return words.size() < 2 ? QString() : words[0] + QLatin1Char(' ') + words[1];
}

bool isOf(const QList<models::Person>& people, const QString& key) {
    return std::any_of(people.cbegin(), people.cend(),
                       [&key](const models::Person& person) { return person.keys.contains(key); });
}

template <class T>
QFuture<Result<T>> ready(const models::Error& error) {
    auto promise = startedPromise<Result<T>>();
    finish(*promise, Result<T>(tl::unexpected(error)));
    return promise->future();
}

} // namespace

SshSignatures::SshSignatures(Asking asking, QString program, QString home, QObject* parent)
    : QObject(parent)
    , m_asking(asking)
    , m_program(std::move(program))
    , m_home(home.isEmpty() ? QDir::homePath() : std::move(home)) {}

void SshSignatures::call(const QStringList& arguments, const QByteArray& input,
                         std::chrono::milliseconds limit, Heard heard) {
    auto* const process = new QProcess(this);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    // A terminal that the window was started from is not where anybody looks.
    if (m_asking == Asking::Desktop)
        environment.insert(QStringLiteral("SSH_ASKPASS_REQUIRE"), QStringLiteral("force"));
    process->setProcessEnvironment(environment);
    auto* const timer = new QTimer(process);
    timer->setSingleShot(true);
    connect(timer, &QTimer::timeout, process, &QProcess::kill);
    connect(process, &QProcess::errorOccurred, this,
            [this, process, heard](QProcess::ProcessError error) {
                if (error != QProcess::FailedToStart)
                    return; // finished() follows, or it did not read all of its input
                process->deleteLater();
                heard(failure(ErrorCode::Unsupported,
                              tr("%1 cannot be started. Install openssh-client.").arg(m_program)));
            });
    connect(
        process, &QProcess::finished, this,
        [process, heard](int status, QProcess::ExitStatus exit) {
            process->deleteLater();
            if (exit == QProcess::CrashExit) {
                heard(failure(ErrorCode::Cancelled,
                              tr("ssh-keygen did not answer in time, and was ended.")));
                return;
            }
            heard(Said{status, process->readAllStandardOutput(), process->readAllStandardError()});
        });
    timer->start(limit);
    process->start(m_program, arguments);
    process->write(input);
    process->closeWriteChannel();
}

QFuture<Result<models::VerifiedAnswer>> SshSignatures::check(const models::SignedAnswer& answer,
                                                             const QList<models::Person>& people) {
    using Verified = Result<models::VerifiedAnswer>;
    // It goes with the last of the calls that read it.
    const auto folder = std::make_shared<QTemporaryDir>();
    const QString signers = folder->filePath(QStringLiteral("allowed_signers"));
    const QString signature = folder->filePath(QStringLiteral("signature"));
    const Result<void> written = writeFile(signers, allowedSigners(people)).and_then([&] {
        return writeFile(signature, answer.signature);
    });
    if (!written)
        return ready<models::VerifiedAnswer>(written.error());
    auto promise = startedPromise<Verified>();
    const auto verify = [this, promise, folder, answer, people, signers,
                         signature](const QString& principal) {
        const auto heard = [promise, folder, answer, people, principal](const Result<Said>& said) {
            if (!said || said->status != 0) {
                const QString detail = said ? QString::fromUtf8(said->err) : QString();
                finish(*promise,
                       Verified(said ? failure(ErrorCode::Refused,
                                               tr("The signature does not belong to this text: it "
                                                  "was changed on its way, or made for something "
                                                  "else. Have it signed again."),
                                               detail)
                                     : tl::unexpected(said.error())));
                return;
            }
            const qsizetype index = principal.section(QLatin1Char('-'), 1).toInt();
            finish(*promise, Verified(models::VerifiedAnswer{
                                 answer.answer, answer.statement, answer.signature,
                                 people.value(index).name, fingerprintIn(said->out)}));
        };
        call({QStringLiteral("-Y"), QStringLiteral("verify"), QStringLiteral("-f"), signers,
              QStringLiteral("-I"), principal, QStringLiteral("-n"), models::approvalNamespace,
              QStringLiteral("-s"), signature},
             answer.statement, checkLimit, heard);
    };
    call({QStringLiteral("-Y"), QStringLiteral("find-principals"), QStringLiteral("-s"), signature,
          QStringLiteral("-f"), signers},
         {}, checkLimit, [promise, verify, folder](const Result<Said>& said) {
             const QString principal =
                 said ? QString::fromUtf8(said->out).section(QLatin1Char('\n'), 0, 0).trimmed()
                      : QString();
             if (!said)
                 finish(*promise, Verified(tl::unexpected(said.error())));
             else if (said->status != 0 || principal.isEmpty())
                 finish(*promise,
                        Verified(failure(ErrorCode::NotFound,
                                         tr("It is signed with a key that nobody among the people "
                                            "of gantry.yaml has, as this run knows them. Sign with "
                                            "another key, or add this one there and start the run "
                                            "again."),
                                         QString::fromUtf8(said->err))));
             else
                 verify(principal);
         });
    return promise->future();
}

/// A path, or the first public key of ~/.ssh that is one of these people's; of nobody in
/// particular, the first that ssh itself would take.
Result<QString> SshSignatures::keyToUse(const QString& keyFile,
                                        const QList<models::Person>& people) const {
    if (!keyFile.isEmpty()) {
        const QString path = keyFile.startsWith(QLatin1String("~/"))
                                 ? m_home + keyFile.mid(1)
                                 : QFileInfo(keyFile).absoluteFilePath();
        if (QFileInfo(path).isReadable())
            return path;
        return failure(ErrorCode::NotReadable,
                       tr("The key %1 is not there, or cannot be read.").arg(path));
    }
    const QDir folder(m_home + QStringLiteral("/.ssh"));
    const QStringList usual{QStringLiteral("id_ed25519.pub"), QStringLiteral("id_ecdsa.pub"),
                            QStringLiteral("id_ed25519_sk.pub"), QStringLiteral("id_ecdsa_sk.pub"),
                            QStringLiteral("id_rsa.pub")};
    const QStringList names =
        people.isEmpty() ? usual : folder.entryList({QStringLiteral("*.pub")}, QDir::Files);
    for (const QString& name : names) {
        const QString path = folder.filePath(name);
        const QString key = publicKeyIn(path);
        if (!key.isEmpty() && (people.isEmpty() || isOf(people, key)))
            return path;
    }
    return failure(ErrorCode::NotFound,
                   people.isEmpty()
                       ? tr("There is no usual key in %1. Name one.").arg(folder.path())
                       : tr("No key in %1 is one of the people of gantry.yaml. Name the key file.")
                             .arg(folder.path()));
}

QFuture<Result<models::SignedAnswer>> SshSignatures::sign(const models::ApprovalAnswer& answer,
                                                          const QString& keyFile,
                                                          const QList<models::Person>& people) {
    const Result<QString> key = keyToUse(keyFile, people);
    if (!key)
        return ready<models::SignedAnswer>(key.error());
    auto promise = startedPromise<Result<models::SignedAnswer>>();
    const QByteArray statement = models::approvalStatement(answer);
    call({QStringLiteral("-Y"), QStringLiteral("sign"), QStringLiteral("-n"),
          models::approvalNamespace, QStringLiteral("-f"), *key},
         statement, signLimit, [promise, answer, statement, file = *key](const Result<Said>& said) {
             using Signed = Result<models::SignedAnswer>;
             if (!said)
                 finish(*promise, Signed(tl::unexpected(said.error())));
             else if (said->status != 0 || said->out.isEmpty())
                 finish(*promise, Signed(failure(
                                      ErrorCode::Refused,
                                      tr("%1 did not sign. Where the key has a passphrase, give it "
                                         "to the SSH agent first: ssh-add %1")
                                          .arg(file),
                                      QString::fromUtf8(said->err))));
             else
                 finish(*promise, Signed(models::SignedAnswer{answer, statement, said->out}));
         });
    return promise->future();
}

} // namespace app
