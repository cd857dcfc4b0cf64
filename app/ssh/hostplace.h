// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/process/supervisedplace.h"
#include "app/ssh/hostchannels.h"
#include "app/ssh/sshconnection.h"
#include "app/ssh/sshconnections.h"

#include <QHash>

#include <functional>
#include <memory>

namespace app {

/// A host reached by SSH. Commands run under the same supervisor as here, over channels of its
/// connection; where that is lost they go on, and it is made again.
class HostPlace final : public SupervisedPlace {
    Q_OBJECT

public:
    /// connections outlives the place.
    HostPlace(const QString& name, const HostSettings& settings, SshConnections& connections,
              QObject* parent = nullptr);
    /// On a connection that was chosen, and the further ones that it takes.
    HostPlace(const QString& name, std::shared_ptr<SshConnection> connection,
              SshConnections& connections, QObject* parent = nullptr);
    ~HostPlace() override;
    Q_DISABLE_COPY_MOVE(HostPlace)

    void openRun(const models::RunId& run, OpenCallback done) override;
    void run(const AttemptRequest& request) override;
    void cancel(const models::AttemptKey& attempt, std::chrono::milliseconds grace) override;
    void sendInput(const models::AttemptKey& attempt, int number, const QByteArray& bytes) override;
    void setOutputFlow(const models::AttemptKey& attempt, OutputFlow flow) override;
    using Place::exec;
    void exec(const QStringList& argv, const QByteArray& input, std::chrono::milliseconds timeLimit,
              ExecCallback done) override;

    /// Who has exec() done; a person unless it is said otherwise.
    void setAskedBy(models::AskedBy askedBy) { m_askedBy = askedBy; }

    /// To show how it stands, and to try again.
    [[nodiscard]] SshConnection& connection() const { return *m_connection; }

protected:
    bool leave(const models::AttemptKey& attempt) override;

private:
    struct Waiting {
        AttemptOrigin origin = AttemptOrigin::BegunHere;
        QList<std::function<void()>> wanted; ///< once it runs
    };

    void refuse(const AttemptRequest& request, const models::Error& error);

    std::shared_ptr<SshConnection> m_connection;
    std::unique_ptr<HostChannels> m_channels; ///< of exec()
    models::AskedBy m_askedBy = models::AskedBy::Person;
    QHash<models::AttemptKey, Waiting> m_waiting; ///< for which there is no connection yet
};

} // namespace app
