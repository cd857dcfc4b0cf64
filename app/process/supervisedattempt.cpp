// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process/supervisedattempt.h"

#include "app/process/attemptcall.h"

#include <chrono>
#include <utility>

namespace app {
namespace {

/// A command that ends sooner costs no follower.
constexpr std::chrono::milliseconds followAfter{120};
constexpr int launchLimit = 3;
/// What the supervisor itself sends behind its record, as it counts too.
constexpr qint64 inlineLimit = 32768;

} // namespace

SupervisedAttempt::SupervisedAttempt(const AttemptRequest& request, RunDirectory& directory,
                                     QObject* parent)
    : QObject(parent)
    , m_request(request)
    , m_name(RunDirectory::nameOf(request.attempt))
    , m_directory(directory)
    , m_output(request.from)
    , m_follower(directory) {
    m_followSoon.setSingleShot(true);
    m_followSoon.setInterval(followAfter);
    connect(&m_followSoon, &QTimer::timeout, this, &SupervisedAttempt::follow);
    m_answerLimit.setSingleShot(true);
    m_answerLimit.setInterval(m_directory.patience());
    connect(&m_answerLimit, &QTimer::timeout, this, &SupervisedAttempt::handleSilence);
    connectFollower();
    connect(&m_output, &OutputBatch::batchReady, this, &SupervisedAttempt::outputReady);
}

void SupervisedAttempt::start() {
    if (const auto usable = checkRequest(m_request); !usable) {
        endNotBegunHere(usable.error());
        return;
    }
    m_directory.open(this, [this](const models::Result<void>& opened) {
        if (!opened)
            endNotBegunHere(opened.error());
        else if (!m_request.folder.isEmpty() && m_request.folder.toLatin1() != m_directory.nonce())
            handleMissingFolder();
        else if (m_request.origin == AttemptOrigin::AskedAbout)
            askWhatBecameOfIt();
        else
            launch();
    });
}

void SupervisedAttempt::setOutputFlow(Place::OutputFlow flow) {
    m_flow = flow;
    m_follower.setFlow(flow);
}

bool SupervisedAttempt::leavesNothing() const {
    return m_record && !m_record->outputCut && m_record->sizes.out + m_record->sizes.err == 0 &&
           !needsScriptFile(m_request);
}

// --- starting ---

void SupervisedAttempt::launch() {
    ++m_launches;
    m_supervisor = m_directory.takeSupervisor(kindFor(m_request), this);
    connect(m_supervisor, &Supervisor::replied, this, &SupervisedAttempt::handleReply);
    connect(m_supervisor, &Supervisor::outputRead, this, &SupervisedAttempt::takeOutput);
    connect(m_supervisor, &Supervisor::closed, this, &SupervisedAttempt::handleSupervisorClosed);
    m_answerLimit.start();
    if (m_supervisor->isReady())
        giveOrder();
}

void SupervisedAttempt::giveOrder() {
    ++m_orders;
    m_supervisor->giveOrder(orderText(m_request, m_supervisor->token(), m_directory.nonce()));
}

void SupervisedAttempt::handleReply(const SupervisorReply& reply) {
    const QByteArray& word = reply.word;
    if (word == "shown")
        return;
    if (word == "ready") {
        giveOrder();
        return;
    }
    m_answerLimit.stop();
    if (word == "started") {
        m_startedHere = true;
        markStarted();
        m_followSoon.start();
        m_directory.prepareNext(m_supervisor->kind());
    } else if (word == "reason") {
        m_reason = QString::fromUtf8(reply.text);
    } else if (word == "exited") {
        handleRecord(reply);
    } else if (word == "taken") {
        --m_orders;
        hangUp();
        ask("gt_ask");
    } else {
        handleRefusal(reply);
    }
}

void SupervisedAttempt::handleRecord(const SupervisorReply& reply) {
    markStarted();
    if (!takeRecord(reply.text)) {
        handleSupervisorClosed(); // and the place is asked again
        return;
    }
    m_followSoon.stop();
    m_isSupervisorFree = !m_record->outputCut && m_record->leftBehind == 0;
    const qint64 size = m_record->sizes.out + m_record->sizes.err;
    if (m_startedHere && !m_follower.isActive() && m_request.from.out + m_request.from.err == 0 &&
        size > 0 && size <= inlineLimit)
        m_supervisor->expectOutput();
    else if (!isComplete())
        follow();
    else
        finish();
}

/// What the supervisor sends itself behind the record, standard output first.
void SupervisedAttempt::takeOutput(const QByteArray& bytes) {
    if (bytes.size() != m_record->sizes.out + m_record->sizes.err) {
        follow(); // another console follows it, or somebody took some away
        return;
    }
    m_output.append(OutputStream::Stdout, bytes.left(m_record->sizes.out));
    m_output.append(OutputStream::Stderr, bytes.mid(m_record->sizes.out));
    finish();
}

void SupervisedAttempt::handleRefusal(const SupervisorReply& reply) {
    // This shell did not begin it. Another one, which was asked before, still may.
    if (reply.word == "norun" || reply.word == "noshell" || reply.word == "nospace")
        m_orders = std::max(0, m_orders - 1);
    if (reply.word == "norun") {
        handleMissingFolder();
        return;
    }
    m_refusal = refusalError(reply);
    hangUp();
    giveUpStarting();
}

/// What the attempts were recorded in is not there any more, or is not what it was.
void SupervisedAttempt::handleMissingFolder() {
    const QByteArray evidence = whereabouts();
    m_directory.forget();
    if (mayHaveBegun())
        endUnknown(tr("The folder that recorded the command at the place is gone or was replaced. "
                      "Whether the command ran cannot be said."),
                   evidence, models::Loss::ForGood);
    else
        endRefused({models::ErrorCode::NotFound,
                    tr("The folder that records the run's commands at the place was removed. The "
                       "command was not started. Start it again to make another; variables and "
                       "directory of the steps before are lost."),
                    QString::fromUtf8(evidence)});
}

void SupervisedAttempt::handleSupervisorClosed() {
    m_followSoon.stop();
    m_answerLimit.stop();
    m_isSupervisorFree = false;
    if (m_supervisor != nullptr && m_supervisor->wasCutOff())
        --m_launches; // the shell did nothing wrong
    hangUp();
    if (m_ended || m_follower.isActive())
        return; // the follower ends too, and then the place is asked
    if (m_record)
        follow();
    else if (m_started)
        ask("gt_ask");
    else if (m_launches < launchLimit)
        launch();
    else
        giveUpStarting();
}

/// The shell is there, and says nothing. What it was told may still reach it.
void SupervisedAttempt::handleSilence() {
    hangUp();
    m_refusal = refusalError({RunDirectory::silence, {}});
    giveUpStarting();
}

/// Starting did not work: where an order was given, make sure that it never happens, or find out
/// that it did.
void SupervisedAttempt::giveUpStarting() {
    if (mayHaveBegun())
        ask("gt_void");
    else
        endRefused(m_refusal.value_or(refusalError({})));
}

// --- following ---

void SupervisedAttempt::connectFollower() {
    connect(&m_follower, &AttemptFollower::stateRead, this,
            [this](const SupervisorReply& state, const QString& reason) {
                if (!reason.isEmpty())
                    m_reason = reason;
                if (state.word == "exited" && !m_record)
                    (void)takeRecord(state.text); // damaged: the place is asked in the end
                finishIfComplete();
            });
    connect(&m_follower, &AttemptFollower::outputRead, this,
            [this](OutputStream stream, const QByteArray& bytes) {
                m_output.append(stream, bytes);
                finishIfComplete();
            });
    connect(&m_follower, &AttemptFollower::ended, this, &SupervisedAttempt::handleFollowerEnded);
    connect(&m_follower, &AttemptFollower::fellSilent, this, [this] { ask("gt_ask"); });
}

void SupervisedAttempt::follow() {
    if (m_ended || m_follower.isActive())
        return;
    m_followedFrom = {m_output.seen(OutputStream::Stdout), m_output.seen(OutputStream::Stderr)};
    m_follower.start(m_name, m_followedFrom);
    m_follower.setFlow(m_flow);
}

void SupervisedAttempt::handleFollowerEnded() {
    const SupervisorReply state = m_follower.state();
    const bool progress = m_output.seen(OutputStream::Stdout) > m_followedFrom.out ||
                          m_output.seen(OutputStream::Stderr) > m_followedFrom.err;
    m_fruitless = progress || m_follower.wasCutOff() ? 0 : m_fruitless + 1;
    if (state.word == "lost" || state.word == "unsupervised") {
        endUnknown(lossReason(state), state.text, models::Loss::ForGood);
        return;
    }
    if (state.word == "norun") {
        handleMissingFolder();
        return;
    }
    if (m_record && m_fruitless > 1)
        count();
    else if (m_record)
        follow();
    else
        ask("gt_ask");
}

/// Followers bring nothing. Either they are ended, or there is less than the record says.
void SupervisedAttempt::count() {
    m_directory.call("gt_count", {m_name}, this,
                     [this](const QList<SupervisorReply>& replies) { handleCount(replies); });
}

void SupervisedAttempt::handleCount(const QList<SupervisorReply>& replies) {
    if (m_ended)
        return;
    const QByteArray text = replies.isEmpty() ? QByteArray() : replies.last().text;
    const bool isWhole = !replies.isEmpty() && replies.last().word == "counted" &&
                         replyField(text, "out").toLongLong() >= m_record->sizes.out &&
                         replyField(text, "err").toLongLong() >= m_record->sizes.err;
    if ((isWhole || replies.isEmpty()) && m_fruitless < unansweredLimit) {
        follow();
        return;
    }
    // Somebody took it away.
    m_record->outputCut = true;
    finish();
}

} // namespace app
