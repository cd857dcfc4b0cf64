// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/container/fileplace.h"
#include "app/log/logorigin.h"
#include "app/process/channel.h"

#include <memory>

namespace app {

/// The lines that are written to a file, from where the last go at it stopped. What a script at the
/// place says first tells where it begins; what `tail` says among the lines is told apart.
class FileFeed final : public LogFeed {
    Q_OBJECT

public:
    /// place: how far the file is read; moved on with each whole line that is given.
    FileFeed(std::unique_ptr<Channel> command, std::shared_ptr<FilePlace> place);

    void setFlow(Flow flow) override;

    /// What is run at the place: for `tail` lines from before now, -1 for all, or from the place
    /// on where it is known.
    [[nodiscard]] static QStringList command(const QString& path, int tail, const FilePlace& place);

private:
    /// What is being waited for.
    enum class Stage { Word, Overlap, Lines };

    void take(const QByteArray& bytes);
    [[nodiscard]] bool takeWord();
    [[nodiscard]] bool takeOverlap();
    void takeLines();
    void give(QByteArrayView bytes);
    void noteTail(QByteArrayView line);
    void begin();
    void finish();

    std::unique_ptr<Channel> m_command;
    std::shared_ptr<FilePlace> m_place;
    Stage m_stage = Stage::Word;
    QByteArray m_ahead;          ///< read, and not given yet
    bool m_isInsideLine = false; ///< its beginning was given
    bool m_hasBegun = false;
};

} // namespace app
