// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/escapes.h"
#include "models/log/linejoiner.h"
#include "models/log/loglevel.h"
#include "models/log/logline.h"
#include "models/log/logstamp.h"

#include <QByteArrayView>

#include <cstdint>

namespace models {

/// What a store keeps of a line.
struct KeptLine {
    QByteArrayView text;                   ///< without escape sequences
    std::int64_t time = 0;                 ///< 0 where nothing tells it
    std::uint8_t tag = 0;                  ///< as in OpenColumns
    std::uint32_t flags = 0;               ///< of ColumnFlag
    const StrippedLine* escapes = nullptr; ///< null: there were none
};

/// Makes of joined lines what is kept of them: their level, their time, escape sequences apart.
/// One thread.
class LineReading {
public:
    /// Good until the next one, as long as the joined line's text. Its time is that of the
    /// delivery's stamp, else one with which its text begins.
    [[nodiscard]] KeptLine read(LogChannel channel, const JoinedLine& joined);

private:
    StrippedLine m_stripped;
    LeadingStampReader m_stamps;
    LevelReader m_levels;
};

} // namespace models
