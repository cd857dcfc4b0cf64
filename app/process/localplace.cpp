// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process/localplace.h"

#include "app/process/childprocess.h"
#include "models/run/host.h"

#include <QTimer>

#include <utility>

namespace app {
namespace {

/// A command that says more than this is not a short one.
constexpr qsizetype execLimit = 16 * 1024 * 1024;

class LocalChannels final : public ChannelFactory {
public:
    explicit LocalChannels(QStringList shell)
        : m_shell(std::move(shell)) {
        // The same constant command everywhere; the name shows in a list of processes.
        m_shell << QStringLiteral("-s") << QStringLiteral("gantry");
    }

    std::unique_ptr<Channel> open() override { return std::make_unique<ChildProcess>(m_shell); }

private:
    QStringList m_shell;
};

/// One attached command: collects what it says, and reports once.
class Execution final : public QObject {
public:
    Execution(const QStringList& argv, const QByteArray& input, std::chrono::milliseconds timeLimit,
              Place::ExecCallback done, QObject* parent)
        : QObject(parent)
        , m_command(argv.value(0))
        , m_process(argv)
        , m_done(std::move(done)) {
        m_process.write(input);
        m_process.closeInput();
        connect(&m_process, &Channel::outputRead, this,
                [this](const QByteArray& bytes) { collect(m_result.out, bytes); });
        connect(&m_process, &Channel::errorRead, this,
                [this](const QByteArray& bytes) { collect(m_result.err, bytes); });
        connect(&m_process, &Channel::closed, this, &Execution::finish);
        m_limit.setSingleShot(true);
        connect(&m_limit, &QTimer::timeout, this, [this] {
            m_stopped = tr("%1 did not end in time and was ended.").arg(m_command);
            m_process.kill();
        });
        if (timeLimit.count() > 0)
            m_limit.start(timeLimit);
    }

private:
    void collect(QByteArray& whole, const QByteArray& bytes) {
        if (!m_stopped.isEmpty())
            return;
        whole += bytes;
        if (whole.size() > execLimit) {
            m_stopped = tr("%1 says more than 16 MB and was ended.").arg(m_command);
            m_process.kill();
        }
    }

    void finish() {
        deleteLater();
        m_result.exitCode = m_process.exitCode();
        if (!m_process.startError().isEmpty())
            m_done(models::failure(
                models::ErrorCode::NotFound,
                tr("%1 cannot be started. Check that it is installed.").arg(m_command),
                m_process.startError()));
        else if (!m_stopped.isEmpty())
            m_done(models::failure(models::ErrorCode::Cancelled, m_stopped));
        else
            m_done(m_result);
    }

    QString m_command;
    ChildProcess m_process;
    Place::ExecCallback m_done;
    ExecResult m_result;
    QTimer m_limit;
    QString m_stopped;
};

} // namespace

LocalPlace::LocalPlace(const QStringList& shell, QObject* parent)
    : SupervisedPlace(models::localPlace, std::make_unique<LocalChannels>(shell), parent) {}

void LocalPlace::exec(const QStringList& argv, const QByteArray& input,
                      std::chrono::milliseconds timeLimit, ExecCallback done) {
    if (argv.isEmpty() || argv.first().isEmpty()) {
        done(models::failure(models::ErrorCode::InvalidInput,
                             tr("There is no command to run. Name one.")));
        return;
    }
    new Execution(argv, input, timeLimit, std::move(done), this);
}

} // namespace app
