// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/log/logblock.h"
#include "models/log/textpool.h"

#include <QByteArray>
#include <QString>

#include <condition_variable>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace app {

/// Reads log files of this machine in on two threads of its own, each a few blocks at a time. What
/// is not acknowledged stays bounded, for each file. Any thread may call it.
class LogIntake {
public:
    /// What comes of a file next.
    struct Part {
        quint64 log = 0;
        QByteArray torn;                       ///< of a line that no block holds whole; comes first
        std::optional<models::LogBlock> block; ///< of lines behind that
        QByteArray rest;                       ///< behind those; its line goes on in the next part
        qint64 bytes = 0;                      ///< of the log
        qint64 position = 0;                   ///< behind it, in the file; a packed one has fewer
        bool isLast = false;
        std::optional<models::Error> error; ///< why no more can be read
    };
    /// Called on its threads, one at a time, with what follows of one log. It must not call back.
    using Take = std::function<void(std::vector<Part> parts)>;

    /// pool: of the rooms of blocks.
    LogIntake(std::shared_ptr<models::TextPool> pool, Take take);
    /// Waits for the blocks that are being read.
    ~LogIntake();
    Q_DISABLE_COPY_MOVE(LogIntake)

    /// Reads this file as the log of that number, as it is now.
    void read(quint64 log, const QString& path);
    /// So many bytes of its parts are dealt with.
    void acknowledge(quint64 log, qint64 bytes);
    /// No more parts of it come.
    void close(quint64 log);

private:
    class File;

    void work();
    [[nodiscard]] std::shared_ptr<File> nextFile();
    void give(File& file, quint64 turn, std::vector<Part> parts);

    std::shared_ptr<models::TextPool> m_pool;
    Take m_take;
    std::mutex m_mutex; ///< of all that follows, and of the order of parts
    std::condition_variable m_changed;
    std::list<std::shared_ptr<File>> m_files; ///< the next to read from comes first
    bool m_isEnding = false;
    std::vector<std::thread> m_threads; ///< there are none before there is a file
};

} // namespace app
