// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/delivery.h"
#include "app/run/runservice.h"

#include <QHash>
#include <QObject>

#include <deque>

namespace ui {

class OutputBuffer;

/// The output of a page's attempts: what arrives live, and what the journal has of earlier ones.
/// Keeps the buffers that were asked for last, and those of attempts that are under way. What is
/// read from the journal reaches its buffer in parts, between which the window draws.
class OutputStore final : public QObject {
    Q_OBJECT

public:
    /// service outlives this.
    explicit OutputStore(app::RunService& service, QObject* parent = nullptr);

    /// Only output of this run is kept from now on; empties the store where it is another.
    void setRun(const models::RunId& run);
    /// Whether the run is driven elsewhere: then nothing of it arrives live, and what is recorded
    /// meanwhile is read from the journal.
    void setFollowed(bool isFollowed) { m_isFollowed = isFollowed; }
    /// The attempt's buffer, filled from the journal where nothing of it arrived here. Valid until
    /// setRun() or until many others were asked for.
    [[nodiscard]] OutputBuffer* buffer(const models::AttemptKey& attempt);

private:
    using Pieces = QList<std::pair<int, QByteArray>>; ///< with their stream

    struct Entry {
        OutputBuffer* buffer = nullptr;
        bool isLoading = false;
        bool isBehind = false;   ///< more was recorded while it was loading
        qint64 read[2] = {0, 0}; ///< bytes of each stream that came from the journal
        Pieces held;             ///< arrived while what the journal has was on its way
    };

    void onEvents(const models::RunId& run, const QList<models::Event>& events);
    void onOutput(const models::AttemptKey& attempt, int stream, const QByteArray& bytes);
    Entry& entry(const models::AttemptKey& attempt);
    [[nodiscard]] bool isUnderWay(const models::AttemptKey& attempt) const;
    void catchUp(const models::AttemptKey& attempt);
    void load(const models::AttemptKey& attempt, int stream);
    void onRecorded(const models::AttemptKey& attempt, int stream, const QByteArray& bytes);
    void finishLoading(const models::AttemptKey& attempt);

    app::RunService& m_service;
    app::Delivery m_recorded;
    models::RunId m_run;
    bool m_isFollowed = false;
    QHash<models::AttemptKey, Entry> m_entries;
    std::deque<models::AttemptKey> m_order;
};

} // namespace ui
