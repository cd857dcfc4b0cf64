// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process/supervisedplace.h"

#include "app/process/attemptcall.h"
#include "app/process/rundirectory.h"
#include "app/process/supervisedattempt.h"

#include <utility>

namespace app {
namespace {

constexpr std::chrono::milliseconds acknowledgeAfter{500};

CancelOutcome outcomeOf(const QByteArray& text) {
    if (text == "gone")
        return CancelOutcome::Gone;
    return text.startsWith("left") ? CancelOutcome::LeftBehind : CancelOutcome::Unconfirmed;
}

} // namespace

SupervisedPlace::SupervisedPlace(QString name, std::unique_ptr<ChannelFactory> channels,
                                 QObject* parent)
    : Place(parent)
    , m_name(std::move(name))
    , m_channels(std::move(channels)) {
    m_acknowledgeSoon.setSingleShot(true);
    m_acknowledgeSoon.setInterval(acknowledgeAfter);
    connect(&m_acknowledgeSoon, &QTimer::timeout, this, &SupervisedPlace::sendAcknowledgements);
}

SupervisedPlace::~SupervisedPlace() {
    // Attempts refer to their directories, and both to the channels.
    qDeleteAll(std::exchange(m_attempts, {}));
    qDeleteAll(std::exchange(m_directories, {}));
}

void SupervisedPlace::setPatience(std::chrono::milliseconds patience) {
    m_patience = patience;
    for (RunDirectory* where : std::as_const(m_directories))
        where->setPatience(patience);
}

RunDirectory& SupervisedPlace::directory(const models::RunId& run) {
    RunDirectory*& found = m_directories[run];
    if (found == nullptr)
        found = new RunDirectory(run, m_name, *m_channels, m_patience, this);
    return *found;
}

SupervisedAttempt* SupervisedPlace::attemptOf(const models::AttemptKey& attempt) const {
    return m_attempts.value(attempt);
}

void SupervisedPlace::openRun(const models::RunId& run, OpenCallback done) {
    RunDirectory& where = directory(run);
    where.open(this, [&where, done = std::move(done)](const models::Result<void>& opened) {
        done(opened.map([&where] { return QString::fromLatin1(where.nonce()); }));
    });
}

void SupervisedPlace::run(const AttemptRequest& request) {
    if (attemptOf(request.attempt) != nullptr)
        return; // it is followed already
    forgetCancel(request.attempt);
    auto* live = new SupervisedAttempt(request, directory(request.attempt.run), this);
    m_attempts.insert(request.attempt, live);
    connectAttempt(*live, request.attempt);
    // A caller may not be ready for an answer before run() returns.
    QMetaObject::invokeMethod(live, &SupervisedAttempt::start, Qt::QueuedConnection);
}

void SupervisedPlace::connectAttempt(SupervisedAttempt& live, const models::AttemptKey& key) {
    connect(&live, &SupervisedAttempt::started, this, [this, key] {
        Q_EMIT attemptStarted(key);
        sendNextInput(key);
    });
    connect(&live, &SupervisedAttempt::outputReady, this,
            [this, key](OutputStream stream, qint64 offset, const QByteArray& bytes) {
                Q_EMIT outputReceived(key, stream, offset, bytes);
            });
    connect(&live, &SupervisedAttempt::finished, this,
            [this, key, &live](const AttemptRecord& record) {
                if (live.leavesNothing())
                    m_empty.insert(key);
                drop(key);
                Q_EMIT attemptFinished(key, record);
            });
    connect(&live, &SupervisedAttempt::unknown, this,
            [this, key](const QString& reason, const QString& evidence, models::Loss loss) {
                drop(key);
                Q_EMIT attemptUnknown(key, reason, evidence, loss);
            });
    connect(&live, &SupervisedAttempt::refused, this, [this, key](const models::Error& error) {
        drop(key);
        Q_EMIT attemptRefused(key, error);
    });
}

bool SupervisedPlace::drop(const models::AttemptKey& attempt) {
    m_inputs.remove(attempt);
    if (m_cancelling.value(attempt).isTold)
        forgetCancel(attempt);
    SupervisedAttempt* live = m_attempts.take(attempt);
    if (live != nullptr)
        live->deleteLater();
    return live != nullptr;
}

// --- cancelling ---

void SupervisedPlace::cancel(const models::AttemptKey& attempt, std::chrono::milliseconds grace) {
    RunDirectory& where = directory(attempt.run);
    QObject* const limit = limitCancel(attempt, grace);
    where.open(limit, [this, &where, attempt, grace, limit](const models::Result<void>& opened) {
        if (!opened) {
            tellCancelled(attempt, CancelOutcome::Unconfirmed, opened.error().message);
            return;
        }
        where.call("gt_cancel", {RunDirectory::nameOf(attempt), graceText(grace)}, limit,
                   [this, attempt](const QList<SupervisorReply>& replies) {
                       const QByteArray text = replies.isEmpty() || replies.last().word != "cancel"
                                                   ? QByteArray("unconfirmed")
                                                   : replies.last().text;
                       const CancelOutcome outcome = outcomeOf(text);
                       const QByteArray left = outcome == CancelOutcome::LeftBehind
                                                   ? text.mid(4).trimmed()
                                                   : QByteArray();
                       tellCancelled(attempt, outcome, QString::fromLatin1(left));
                   });
    });
}

/// Of what the place says is still there, it will say how it ends: that has no limit.
void SupervisedPlace::tellCancelled(const models::AttemptKey& attempt, CancelOutcome outcome,
                                    const QString& leftBehind) {
    m_cancelling[attempt].isTold = true;
    if (outcome == CancelOutcome::LeftBehind || attemptOf(attempt) == nullptr)
        forgetCancel(attempt);
    Q_EMIT cancelFinished(attempt, outcome, leftBehind);
}

QObject* SupervisedPlace::limitCancel(const models::AttemptKey& attempt,
                                      std::chrono::milliseconds grace) {
    forgetCancel(attempt);
    auto* const limit = new QTimer(this);
    m_cancelling.insert(attempt, {limit});
    limit->setSingleShot(true);
    connect(limit, &QTimer::timeout, this, [this, attempt] { giveUpCancel(attempt); });
    limit->start(grace + m_cancelPatience);
    return limit;
}

void SupervisedPlace::forgetCancel(const models::AttemptKey& attempt) {
    if (QTimer* const limit = m_cancelling.take(attempt).limit) {
        limit->stop();
        limit->deleteLater(); // what waits for an answer goes with it
    }
}

/// The order goes too, where it is still on its way: nothing is ended later, behind the back of
/// who reads this.
void SupervisedPlace::giveUpCancel(const models::AttemptKey& attempt) {
    const bool isTold = m_cancelling.value(attempt).isTold;
    forgetCancel(attempt);
    const bool wasUnderWay = leave(attempt);
    if (!isTold)
        Q_EMIT cancelFinished(attempt, CancelOutcome::Unconfirmed, {});
    if (wasUnderWay) {
        Q_EMIT attemptUnknown(attempt,
                              tr("It was to be cancelled, and %1 did not answer. Whether it was "
                                 "stopped is not known. Ask the host again.")
                                  .arg(m_name),
                              {}, models::Loss::Unanswered);
    }
}

bool SupervisedPlace::leave(const models::AttemptKey& attempt) {
    if (SupervisedAttempt* live = attemptOf(attempt))
        live->disconnect(this);
    return drop(attempt);
}

void SupervisedPlace::sendInput(const models::AttemptKey& attempt, int number,
                                const QByteArray& bytes) {
    SupervisedAttempt* live = attemptOf(attempt);
    if (live == nullptr || bytes.contains('\0'))
        return;
    QList<Input>& waiting = m_inputs[attempt];
    waiting.append({number, bytes});
    if (waiting.size() == 1 && live->isStarted())
        sendNextInput(attempt);
}

void SupervisedPlace::sendNextInput(const models::AttemptKey& attempt) {
    const auto waiting = m_inputs.constFind(attempt);
    if (waiting == m_inputs.cend() || waiting->isEmpty())
        return;
    const Input input = waiting->first();
    directory(attempt.run)
        .call("gt_send",
              {RunDirectory::nameOf(attempt), QByteArray::number(input.number), input.bytes}, this,
              [this, attempt](const QList<SupervisorReply>&) {
                  const auto sent = m_inputs.find(attempt);
                  if (sent == m_inputs.end() || sent->isEmpty())
                      return;
                  sent->removeFirst();
                  sendNextInput(attempt);
              });
}

void SupervisedPlace::setOutputFlow(const models::AttemptKey& attempt, OutputFlow flow) {
    if (SupervisedAttempt* live = attemptOf(attempt))
        live->setOutputFlow(flow);
}

void SupervisedPlace::acknowledge(const models::AttemptKey& attempt) {
    if (m_empty.remove(attempt))
        return;
    m_acknowledged.insert(attempt);
    if (!m_acknowledgeSoon.isActive())
        m_acknowledgeSoon.start();
}

void SupervisedPlace::sendAcknowledgements() {
    m_acknowledgeSoon.stop();
    QHash<models::RunId, QList<QByteArray>> names;
    for (const models::AttemptKey& attempt : std::exchange(m_acknowledged, {}))
        names[attempt.run].append(RunDirectory::nameOf(attempt));
    for (auto it = names.cbegin(); it != names.cend(); ++it) {
        RunDirectory& where = directory(it.key());
        const QList<QByteArray> attempts = it.value();
        ++m_unsettled;
        where.open(this, [this, &where, attempts](const models::Result<void>& opened) {
            if (opened)
                where.call("gt_acknowledge", attempts, this,
                           [this](const QList<SupervisorReply>&) { noteSettled(); });
            else
                noteSettled();
        });
    }
}

void SupervisedPlace::closeRun(const models::RunId& run) {
    closeRun(run, [] {});
}

void SupervisedPlace::closeRun(const models::RunId& run, std::function<void()> done) {
    for (QSet<models::AttemptKey>* attempts : {&m_acknowledged, &m_empty})
        attempts->removeIf([&run](const models::AttemptKey& key) { return key.run == run; });
    RunDirectory& where = directory(run);
    where.dropPrepared();
    ++m_unsettled;
    where.open(this, [this, &where, done = std::move(done)](const models::Result<void>& opened) {
        if (!opened) {
            done();
            noteSettled();
            return;
        }
        where.call("gt_close", {}, this,
                   [this, &where, done](const QList<SupervisorReply>& replies) {
                       // Closed by a first call whose answer was lost, it is not there any more.
                       if (!replies.isEmpty() &&
                           (replies.last().word == "closed" || replies.last().word == "norun"))
                           where.forget();
                       done();
                       noteSettled();
                   });
    });
}

void SupervisedPlace::settle(std::function<void()> done) {
    sendAcknowledgements();
    if (m_unsettled == 0)
        done();
    else
        m_settling.append(std::move(done));
}

void SupervisedPlace::noteSettled() {
    if (--m_unsettled > 0)
        return;
    const auto settling = std::exchange(m_settling, {});
    for (const auto& done : settling)
        done();
}

} // namespace app
