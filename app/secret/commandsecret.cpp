// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secret/commandsecret.h"

#include <QProcess>
#include <QPromise>
#include <QTimer>

#include <memory>
#include <optional>

namespace app {

namespace {

using models::ErrorCode;
using models::failure;
using Value = models::Result<QString>;

/// More than any secret; a command that prints without end is stopped there.
constexpr qint64 mostBytes = 64LL * 1024;

/// One running command. Deletes itself when it has ended.
class CommandSecret final : public QObject {
public:
    CommandSecret(const QStringList& argv, std::chrono::milliseconds timeLimit, QObject* parent)
        : QObject(parent)
        , m_program(argv.first()) {
        m_promise.start();
        m_process.setProgram(m_program);
        m_process.setArguments(argv.mid(1));
        // It asks nobody: there is no terminal to answer at.
        m_process.setStandardInputFile(QProcess::nullDevice());
        m_process.setStandardErrorFile(QProcess::nullDevice());
        connect(&m_process, &QProcess::readyReadStandardOutput, this, [this] { read(); });
        connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart)
                finish(failure(ErrorCode::NotFound,
                               QStringLiteral("The secret's command %1 could not be started. Check "
                                              "that it is installed.")
                                   .arg(m_program),
                               m_process.errorString()));
        });
        connect(&m_process, &QProcess::finished, this, [this](int code) { ended(code); });
        connect(&m_limit, &QTimer::timeout, this, [this] {
            stop(failure(
                ErrorCode::Cancelled,
                QStringLiteral("The secret's command %1 did not answer in time.").arg(m_program)));
        });
        m_limit.setSingleShot(true);
        m_limit.start(timeLimit);
    }

    ~CommandSecret() override {
        m_process.disconnect(this);
        m_process.kill();
        finish(failure(ErrorCode::Cancelled, QStringLiteral("The secret's command was given up.")));
        m_output.fill('\0');
    }

    QFuture<Value> start() {
        QFuture<Value> future = m_promise.future();
        m_process.start(QIODevice::ReadOnly);
        return future;
    }

private:
    void read() {
        m_output += m_process.readAllStandardOutput();
        if (m_output.size() > mostBytes)
            stop(failure(ErrorCode::InvalidInput,
                         QStringLiteral("The secret's command %1 prints more than a secret can be.")
                             .arg(m_program)));
    }

    void stop(Value why) {
        m_stopped = std::move(why);
        m_process.kill();
    }

    void ended(int code) {
        read();
        if (m_stopped)
            finish(*m_stopped);
        else if (m_process.exitStatus() != QProcess::NormalExit || code != 0)
            finish(failure(ErrorCode::NotFound,
                           QStringLiteral("The secret's command %1 failed with status %2.")
                               .arg(m_program)
                               .arg(code)));
        else
            finish(value());
    }

    Value value() const {
        QString text = QString::fromUtf8(m_output);
        while (text.endsWith(QLatin1Char('\n')) || text.endsWith(QLatin1Char('\r')))
            text.chop(1);
        if (text.isEmpty())
            return failure(
                ErrorCode::NotFound,
                QStringLiteral("The secret's command %1 printed nothing.").arg(m_program));
        return text;
    }

    void finish(Value value) {
        if (std::exchange(m_isFinished, true))
            return;
        m_promise.addResult(std::move(value));
        m_promise.finish();
        deleteLater();
    }

    QString m_program;
    QProcess m_process;
    QTimer m_limit;
    QByteArray m_output;
    QPromise<Value> m_promise;
    std::optional<Value> m_stopped;
    bool m_isFinished = false;
};

} // namespace

QFuture<Value> secretFromCommand(const QString& commandLine, QObject* context,
                                 std::chrono::milliseconds timeLimit) {
    const QStringList argv = QProcess::splitCommand(commandLine);
    if (argv.isEmpty() || argv.first().isEmpty()) {
        QPromise<Value> promise;
        promise.start();
        promise.addResult(failure(ErrorCode::InvalidInput,
                                  QStringLiteral("The secret's command is empty. Write it as "
                                                 "\"command:PROGRAM ARGUMENTS\".")));
        promise.finish();
        return promise.future();
    }
    return (new CommandSecret(argv, timeLimit, context))->start();
}

} // namespace app
