// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/log/logsourcerow.h"
#include "ui/theme/glyph.h"
#include "ui/theme/tokens.h"

#include <QList>
#include <QString>

#include <optional>

namespace ui {

/// What a row says below its name: trouble with its stream first, else how its container stands
/// and what it uses, or what it is and where. Plain text, some of which the host chose.
[[nodiscard]] QString sourceWords(const LogSourceRow& row);
/// Its name whole, and what the row says.
[[nodiscard]] QString sourceToolTip(const LogSourceRow& row);
/// Every word by which a person may look for it: name, service, image, project, place, state.
[[nodiscard]] QString searchWords(const LogSourceRow& row);
/// None for what only stands over others.
[[nodiscard]] std::optional<Glyph> sourceGlyph(const LogSourceRow& row);
[[nodiscard]] Colour sourceTone(const LogSourceRow& row);

/// Something that is known of a source.
struct SourceFact {
    QString name;
    QString value;

    bool operator==(const SourceFact&) const = default;
};
/// All that is known of what the row stands for, in the order in which people look for it.
[[nodiscard]] QList<SourceFact> sourceFacts(const LogSourceRow& row, models::Instant now);

} // namespace ui
