// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runservice.h"

#include <QHash>
#include <QObject>

#include <deque>

namespace ui {

class OutputBuffer;

/// The output of a page's attempts: what arrives live, and what the journal has of earlier ones.
/// Keeps the buffers that were asked for last.
class OutputStore final : public QObject {
    Q_OBJECT

public:
    /// service outlives this.
    explicit OutputStore(app::RunService& service, QObject* parent = nullptr);

    /// Only output of this run is kept from now on; empties the store where it is another.
    void setRun(const models::RunId& run);
    /// The attempt's buffer, filled from the journal where nothing of it arrived here. Valid until
    /// setRun() or until many others were asked for.
    [[nodiscard]] OutputBuffer* buffer(const models::AttemptKey& attempt);

private:
    struct Entry {
        OutputBuffer* buffer = nullptr;
        bool isLoading = false;
        QList<std::pair<int, QByteArray>> held; ///< arrived while the journal was being read
    };

    void onEvents(const models::RunId& run, const QList<models::Event>& events);
    void onOutput(const models::AttemptKey& attempt, int stream, const QByteArray& bytes);
    Entry& entry(const models::AttemptKey& attempt);
    void load(const models::AttemptKey& attempt, int stream);
    void finishLoading(const models::AttemptKey& attempt);

    app::RunService& m_service;
    models::RunId m_run;
    QHash<models::AttemptKey, Entry> m_entries;
    std::deque<models::AttemptKey> m_order;
};

} // namespace ui
