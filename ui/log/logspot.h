// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ui {

class BookmarkTrack;
class LogBoard;
class LogView;

/// The lines that a person is at: those of all sources, or of the one among others beside it. None
/// of the three is null; they live until the columns are others.
struct LogSpot {
    LogBoard* board;
    LogView* view;
    BookmarkTrack* bookmarks;
};

} // namespace ui
