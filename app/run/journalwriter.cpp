// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/journalwriter.h"

#include "app/run/whenfinished.h"

#include <QSysInfo>

#include <numeric>

#include <pwd.h>
#include <unistd.h>

namespace app {

using namespace std::chrono_literals;

namespace {

qsizetype sizeOf(const QList<OutputBody>& bodies) {
    return std::accumulate(
        bodies.cbegin(), bodies.cend(), qsizetype(0),
        [](qsizetype sum, const OutputBody& body) { return sum + body.bytes.size(); });
}

} // namespace

JournalWriter::JournalWriter(JournalStore& journal, const models::RunId& run, QObject* parent)
    : QObject(parent)
    , m_journal(journal)
    , m_run(run)
    , m_actor(actorName()) {
    m_retry.setSingleShot(true);
    m_retry.setInterval(2s);
    m_retry.setParent(this);
    connect(&m_retry, &QTimer::timeout, this, &JournalWriter::writeNext);
}

void JournalWriter::write(Kind kind, QList<models::EventDraft> drafts, QList<OutputBody> bodies,
                          Done done) {
    countOutput(sizeOf(bodies));
    const bool lastIsWriting = m_writing && m_waiting.size() == 1;
    if (!m_waiting.empty() && !lastIsWriting && kind == Kind::Fact) {
        Entry& last = m_waiting.back();
        // The store records bodies before drafts: only then is the order kept.
        if (last.kind == Kind::Fact && (last.append.drafts.isEmpty() || bodies.isEmpty())) {
            last.append.bodies += bodies;
            last.append.drafts += drafts;
            last.done.append(std::move(done));
            return;
        }
    }
    Append append;
    append.run = m_run;
    append.drafts = std::move(drafts);
    append.bodies = std::move(bodies);
    append.actor = m_actor;
    m_waiting.push_back({kind, std::move(append), {std::move(done)}});
    if (!m_writing && !m_retry.isActive())
        writeNext();
}

void JournalWriter::countOutput(qsizetype change) {
    m_outputWaiting += change;
    if (!m_piledUp && m_outputWaiting > muchOutput) {
        m_piledUp = true;
        Q_EMIT outputPiledUp();
    } else if (m_piledUp && m_outputWaiting < littleOutput) {
        m_piledUp = false;
        Q_EMIT outputDrained();
    }
}

void JournalWriter::writeNext() {
    if (m_writing || m_waiting.empty())
        return;
    m_writing = true;
    Append& append = m_waiting.front().append;
    if (m_progressAfter)
        append.progress = m_progressAfter(append.drafts);
    m_underWay = m_journal.append(append);
    whenFinished(m_underWay, this,
                 [this](const models::Result<QList<models::Event>>& result) { finish(result); });
}

void JournalWriter::tellHead(QObject* context,
                             const std::function<void(const QByteArray&)>& done) const {
    if (!m_writing) {
        done(m_head);
        return;
    }
    whenFinished(m_underWay, context,
                 [head = m_head, done](const models::Result<QList<models::Event>>& result) {
                     done(result && !result->isEmpty() ? result->last().hash : head);
                 });
}

void JournalWriter::finish(const models::Result<QList<models::Event>>& result) {
    m_writing = false;
    if (result && !result->isEmpty())
        m_head = result->last().hash;
    if (!result && m_waiting.front().kind == Kind::Fact) {
        m_retry.start();
        Q_EMIT stalled(result.error());
        return;
    }
    const Entry entry = std::move(m_waiting.front());
    m_waiting.pop_front();
    countOutput(-sizeOf(entry.append.bodies));
    for (qsizetype i = 0; i < entry.done.size(); ++i) {
        // The events of merged entries are handed over once, with the first.
        if (entry.done[i])
            entry.done[i](i == 0 || !result ? result : models::Result<QList<models::Event>>());
    }
    writeNext();
}

QString actorName() {
    const passwd* entry = getpwuid(geteuid());
    const QString user =
        entry ? QString::fromLocal8Bit(entry->pw_name) : QString::number(geteuid());
    return user + u'@' + QSysInfo::machineHostName();
}

} // namespace app
