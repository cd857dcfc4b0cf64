// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/diagnostic.h"

#include <QStringList>

namespace app {

/// What a search brought, and what it passed over.
struct FoundRunbooks {
    QStringList files;   ///< relative to the root, sorted, each once
    QStringList folders; ///< absolute: where another match could appear
    models::Diagnostics diagnostics;
};

/// Bounds of one search, so that a pattern over a whole disk ends soon.
struct FinderLimits {
    int files = 2'000;
    int entries = 50'000;
    int depth = 12;
};

/// Finds the files that match the patterns, relative to root: *, ? and [] within a name, ** for
/// any number of folders. Nothing outside root is ever given: a link that leads out is refused
/// with a diagnostic. Hidden files and folders are passed over. lines: of each pattern, for
/// diagnostics; empty where nobody wrote the patterns, so that finding nothing is no mistake.
/// Blocks.
[[nodiscard]] FoundRunbooks findRunbooks(const QString& root, const QStringList& patterns,
                                         const QList<int>& lines, const FinderLimits& limits = {});

} // namespace app
