// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of an attempt: what its place says when it is asked, and how it ends.
#include "app/process/attemptcall.h"
#include "app/process/supervisedattempt.h"

#include <QFile>

#include <chrono>
#include <utility>

namespace app {
namespace {

constexpr std::chrono::milliseconds breath{200};

} // namespace

// --- asking ---

/// Nothing begins by this: of what nobody had begun it is made sure that nobody will.
void SupervisedAttempt::askWhatBecameOfIt() {
    m_refusal = {models::ErrorCode::Cancelled,
                 tr("The place was asked again: the command never began there, and will not any "
                    "more."),
                 {}};
    ask(isKnownToHaveBegun() ? "gt_ask" : "gt_void");
}

void SupervisedAttempt::ask(const char* function) {
    m_directory.call(function, {m_name}, this,
                     [this](const QList<SupervisorReply>& replies) { handleAnswer(replies); });
}

void SupervisedAttempt::handleAnswer(const QList<SupervisorReply>& replies) {
    if (m_ended)
        return;
    QByteArray word;
    QByteArray text;
    for (const SupervisorReply& reply : replies) {
        if (reply.word == "reason")
            m_reason = QString::fromUtf8(reply.text);
        else
            word = reply.word, text = reply.text;
    }
    if (word == "exited" && takeRecord(text)) {
        markStarted();
        if (isComplete())
            finish();
        else
            follow();
    } else if (word == "draining" && m_started) {
        ask("gt_settle");
    } else if (word == "running" || word == "draining" || word == "lost" ||
               word == "unsupervised") {
        markStarted();
        m_unanswered = 0;
        if (m_fruitless > 0)
            QTimer::singleShot(breath, this, &SupervisedAttempt::follow);
        else
            follow();
    } else if (word == "void" && !isKnownToHaveBegun()) {
        // Proven: nobody had begun it, and from now on nobody can.
        endRefused(m_refusal.value_or(refusalError({word, text})));
    } else if (word == "norun" || word == "void" || (word == "none" && isKnownToHaveBegun())) {
        handleMissingFolder();
    } else if (word != RunDirectory::silence && ++m_unanswered < unansweredLimit) {
        // "none" says nothing about a shell that was told to begin and has not come to it.
        QTimer::singleShot(breath, this,
                           [this] { ask(isKnownToHaveBegun() ? "gt_ask" : "gt_void"); });
    } else {
        const bool wasTaken = !m_started && m_request.origin != AttemptOrigin::AskedAbout;
        endUnknown(wasTaken ? tr("The place took the command and does not answer any more. "
                                 "Whether the command ran cannot be said.")
                            : tr("The place does not say any more what became of the command."),
                   whereabouts(), models::Loss::Unanswered);
    }
}

bool SupervisedAttempt::takeRecord(const QByteArray& text) {
    auto record = parseRecord(text);
    if (!record)
        return false;
    record->reason = m_reason;
    if (!m_request.secrets.isEmpty() && !record->ranNothing)
        record->leftOut = m_request.secrets.keys();
    m_record = std::move(record);
    return true;
}

// --- the end ---

void SupervisedAttempt::markStarted() {
    if (std::exchange(m_started, true))
        return;
    // What was given in secret is with the command now; nothing here needs it any more.
    for (QString& value : m_request.secrets)
        value.clear();
    m_request.withheld.clear();
    Q_EMIT started();
}

bool SupervisedAttempt::isComplete() const {
    return m_record && m_output.seen(OutputStream::Stdout) >= m_record->sizes.out &&
           m_output.seen(OutputStream::Stderr) >= m_record->sizes.err;
}

void SupervisedAttempt::finishIfComplete() {
    if (!m_ended && isComplete())
        finish();
}

void SupervisedAttempt::finish() {
    m_output.flush();
    AttemptRecord record = *m_record;
    record.sizes = {m_output.seen(OutputStream::Stdout), m_output.seen(OutputStream::Stderr)};
    end();
    Q_EMIT finished(record);
}

void SupervisedAttempt::endUnknown(const QString& reason, const QByteArray& evidence,
                                   models::Loss loss) {
    m_output.flush();
    end();
    Q_EMIT unknown(reason, QString::fromUtf8(evidence), loss);
}

void SupervisedAttempt::endRefused(const models::Error& error) {
    end();
    Q_EMIT refused(error);
}

void SupervisedAttempt::endNotBegunHere(const models::Error& error) {
    if (mayHaveBegun())
        endUnknown(m_request.origin == AttemptOrigin::AskedAbout
                       ? tr("The place cannot be asked what became of the command.")
                       : tr("An earlier console began the command, and what became of it cannot "
                            "be found out."),
                   (error.message + QLatin1Char('\n') + error.detail).trimmed().toUtf8(),
                   models::Loss::Unanswered);
    else
        endRefused(error);
}

bool SupervisedAttempt::mayHaveBegun() const {
    return m_started || m_orders > 0 || m_request.origin != AttemptOrigin::BegunHere;
}

/// Or else a place that knows nothing of it proves nothing.
bool SupervisedAttempt::isKnownToHaveBegun() const {
    return m_started ||
           (m_request.origin == AttemptOrigin::AskedAbout &&
            (m_request.folder.isEmpty() || m_request.from.out + m_request.from.err > 0));
}

QByteArray SupervisedAttempt::whereabouts() const {
    return tr("Folder: %1, attempt %2. Shells asked to begin it: %3. Recorded bytes seen: %4 and "
              "%5.")
        .arg(QFile::decodeName(m_directory.path()), QString::fromLatin1(m_name),
             QString::number(m_launches), QString::number(m_output.seen(OutputStream::Stdout)),
             QString::number(m_output.seen(OutputStream::Stderr)))
        .toUtf8();
}

void SupervisedAttempt::end() {
    m_ended = true;
    m_followSoon.stop();
    m_answerLimit.stop();
    hangUp();
    m_follower.stop();
}

void SupervisedAttempt::hangUp() {
    Supervisor* supervisor = std::exchange(m_supervisor, nullptr);
    if (supervisor == nullptr)
        return;
    supervisor->disconnect(this);
    if (std::exchange(m_isSupervisorFree, false))
        m_directory.giveBack(supervisor);
    else
        supervisor->deleteLater();
}

} // namespace app
