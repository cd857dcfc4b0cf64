// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/process/attemptfollower.h"
#include "app/process/outputbatch.h"
#include "app/process/rundirectory.h"
#include "app/process/supervisorreply.h"

#include <QObject>
#include <QTimer>

#include <optional>

namespace app {

/// One attempt seen from the console: starts it unless it already started, follows it, and starts
/// over with following whenever the place or the channel drops out, until its outcome is known or
/// is known to be unknowable. Ends with exactly one of finished, unknown and refused.
class SupervisedAttempt final : public QObject {
    Q_OBJECT

public:
    /// directory outlives the attempt.
    SupervisedAttempt(const AttemptRequest& request, RunDirectory& directory,
                      QObject* parent = nullptr);

    void start();
    void setOutputFlow(Place::OutputFlow flow);
    [[nodiscard]] bool isStarted() const { return m_started; }
    /// It has ended, and nothing of it at the place takes room that an acknowledgement would free.
    [[nodiscard]] bool leavesNothing() const;

Q_SIGNALS:
    void started();
    void outputReady(app::OutputStream stream, qint64 offset, const QByteArray& bytes);
    void finished(const app::AttemptRecord& record);
    void unknown(const QString& reason, const QString& evidence, models::Loss loss);
    void refused(const models::Error& error);

private:
    static constexpr int unansweredLimit = 10;

    void launch();
    void giveOrder();
    void handleReply(const SupervisorReply& reply);
    void handleRecord(const SupervisorReply& reply);
    void handleRefusal(const SupervisorReply& reply);
    void takeOutput(const QByteArray& bytes);
    void handleMissingFolder();
    void handleSupervisorClosed();
    void handleSilence();
    void giveUpStarting();

    void connectFollower();
    void follow();
    void handleFollowerEnded();
    void count();
    void handleCount(const QList<SupervisorReply>& replies);

    void askWhatBecameOfIt();
    void ask(const char* function);
    void handleAnswer(const QList<SupervisorReply>& replies);
    [[nodiscard]] bool takeRecord(const QByteArray& text);

    void markStarted();
    void finishIfComplete();
    void finish();
    void endUnknown(const QString& reason, const QByteArray& evidence, models::Loss loss);
    void endRefused(const models::Error& error);
    /// Refused where nobody can have begun it before this, else unknown.
    void endNotBegunHere(const models::Error& error);
    [[nodiscard]] bool mayHaveBegun() const;
    [[nodiscard]] bool isKnownToHaveBegun() const;
    [[nodiscard]] QByteArray whereabouts() const;
    void end();
    /// On the supervisor: it goes on without us.
    void hangUp();
    [[nodiscard]] bool isComplete() const;

    AttemptRequest m_request;
    QByteArray m_name;
    RunDirectory& m_directory;
    OutputBatch m_output;
    Supervisor* m_supervisor = nullptr;
    AttemptFollower m_follower;
    StreamOffsets m_followedFrom;
    std::optional<AttemptRecord> m_record;
    QString m_reason;
    bool m_startedHere = false;
    bool m_isSupervisorFree = false; ///< its attempt is over, and it can serve another
    bool m_started = false;
    bool m_ended = false;
    int m_launches = 0;
    int m_orders = 0;     ///< given, and not answered by a proof that it was not begun with them
    int m_fruitless = 0;  ///< followers in a row that brought nothing
    int m_unanswered = 0; ///< questions in a row that brought nothing
    std::optional<models::Error> m_refusal; ///< of the last supervisor, while the place is asked
    QTimer m_followSoon;
    QTimer m_answerLimit; ///< of the supervisor, until it says what it does
    Place::OutputFlow m_flow = Place::OutputFlow::Flowing;
};

} // namespace app
