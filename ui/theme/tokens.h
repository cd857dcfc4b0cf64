// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

#include <array>

namespace ui {

/// The colours that the whole window is drawn with. A value of each exists for light and for dark.
enum class Colour {
    Window,
    Surface, ///< panes, lists, fields
    Raised,  ///< what floats: menus, the palette, dialogs
    Line,    ///< 1 px separators and outlines
    Text,
    Quiet, ///< secondary text, still 4.5:1
    Accent,
    Pass,
    Fail,
    Warn,
    Waiting,
    Unknown,
    OnAccent,  ///< text on a surface filled with Accent
    OnFail,    ///< text on a surface filled with Fail
    Hover,     ///< a row or a button under the pointer
    Selection, ///< a selected row; Text and the status colours stay readable on it
};
inline constexpr int colourCount = static_cast<int>(Colour::Selection) + 1;

enum class Scheme { Light, Dark };

/// Of the token table; the only place where colours are written down.
[[nodiscard]] QColor tokenColour(Colour colour, Scheme scheme);

/// The 16 ANSI colours (0-7 normal, 8-15 bright), each at least 4.5:1 on Surface of the scheme.
[[nodiscard]] std::array<QColor, 16> ansiColours(Scheme scheme);

/// top laid over base with the given strength, 0 to 1; opaque.
[[nodiscard]] QColor blend(const QColor& base, const QColor& top, qreal strength);

/// Under what floats.
[[nodiscard]] QColor shadowColour();

/// WCAG 2 contrast ratio of two opaque colours, 1 to 21.
[[nodiscard]] qreal contrastRatio(const QColor& first, const QColor& second);

/// Spacing, in device-independent pixels.
namespace space {
inline constexpr int xs = 4;
inline constexpr int s = 8;
inline constexpr int m = 12;
inline constexpr int l = 16;
inline constexpr int xl = 24;
inline constexpr int xxl = 32;
} // namespace space

namespace radius {
inline constexpr int control = 4;
inline constexpr int card = 6;
inline constexpr int chip = 999;
} // namespace radius

/// Fixed measures of the frame, in device-independent pixels.
namespace measure {
inline constexpr int rail = 64;
inline constexpr int topBar = 40;
inline constexpr int statusBar = 24;
inline constexpr int footBar = 56;
inline constexpr int row = 32;
inline constexpr int denseRow = 28;
inline constexpr int indent = 20;
inline constexpr int glyph = 16;
inline constexpr int paneMotionMs = 120;
} // namespace measure

} // namespace ui
