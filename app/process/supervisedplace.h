// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/process/channel.h"
#include "app/process/rundirectory.h"
#include "app/run/place.h"

#include <QHash>
#include <QSet>
#include <QTimer>

#include <functional>
#include <memory>

namespace app {

class SupervisedAttempt;

/// A place whose commands survive under the supervisor, over whatever channels lead there. The
/// local place and every host share this code; they differ in their channels and in exec().
class SupervisedPlace : public Place {
    Q_OBJECT

public:
    SupervisedPlace(QString name, std::unique_ptr<ChannelFactory> channels,
                    QObject* parent = nullptr);
    ~SupervisedPlace() override;

    [[nodiscard]] QString name() const override { return m_name; }
    void openRun(const models::RunId& run, OpenCallback done) override;
    void run(const AttemptRequest& request) override;
    void cancel(const models::AttemptKey& attempt, std::chrono::milliseconds grace) override;
    void sendInput(const models::AttemptKey& attempt, int number, const QByteArray& bytes) override;
    void setOutputFlow(const models::AttemptKey& attempt, OutputFlow flow) override;
    void acknowledge(const models::AttemptKey& attempt) override;
    void closeRun(const models::RunId& run) override;
    /// The same, and says when the place has answered, whatever it did. On this object's thread.
    void closeRun(const models::RunId& run, std::function<void()> done);
    void settle(std::function<void()> done) override;

    /// How long a shell may take to answer; for attempts and questions that come from now on.
    void setPatience(std::chrono::milliseconds patience);
    /// How long the place may take to say, behind the grace, that a command is cancelled. Then it
    /// is not asked to any more, and the command's outcome is unknown.
    void setCancelPatience(std::chrono::milliseconds patience) { m_cancelPatience = patience; }

protected:
    /// From here on the attempt ends in bounded time, whether the place answers or not. Gives what
    /// is gone when that is over.
    QObject* limitCancel(const models::AttemptKey& attempt, std::chrono::milliseconds grace);
    /// What was asked before about ending it counts no more.
    void forgetCancel(const models::AttemptKey& attempt);
    /// Does not look any more what becomes of it. False where nobody did.
    virtual bool leave(const models::AttemptKey& attempt);

private:
    struct Input {
        int number = 0;
        QByteArray bytes;
    };

    [[nodiscard]] RunDirectory& directory(const models::RunId& run);
    [[nodiscard]] SupervisedAttempt* attemptOf(const models::AttemptKey& attempt) const;
    void connectAttempt(SupervisedAttempt& live, const models::AttemptKey& key);
    bool drop(const models::AttemptKey& attempt);
    void tellCancelled(const models::AttemptKey& attempt, CancelOutcome outcome,
                       const QString& leftBehind);
    void giveUpCancel(const models::AttemptKey& attempt);
    void sendNextInput(const models::AttemptKey& attempt);
    void sendAcknowledgements();
    void noteSettled();

    QString m_name;
    std::unique_ptr<ChannelFactory> m_channels;
    std::chrono::milliseconds m_patience = RunDirectory::usualPatience;
    std::chrono::milliseconds m_cancelPatience = RunDirectory::usualPatience;
    struct Cancelling {
        QTimer* limit = nullptr;
        bool isTold = false; ///< how that went
    };
    QHash<models::AttemptKey, Cancelling> m_cancelling; ///< until told, and the attempt has ended
    QHash<models::RunId, RunDirectory*> m_directories;
    QHash<models::AttemptKey, SupervisedAttempt*> m_attempts;
    QHash<models::AttemptKey, QList<Input>> m_inputs; ///< the first is on its way
    QSet<models::AttemptKey> m_acknowledged;
    QSet<models::AttemptKey> m_empty; ///< nothing would come of acknowledging these
    QTimer m_acknowledgeSoon;
    int m_unsettled = 0; ///< acknowledgements and closings without an answer
    QList<std::function<void()>> m_settling;
};

} // namespace app
