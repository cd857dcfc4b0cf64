// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace models {

/// Whether the scanner of many lines at once finds on this processor what is there. Hyperscan 5.4.0
/// does. Vectorscan, the same interface for other processors, passes in its 5.4.9 over matches where
/// it uses 512 bits at once: two bytes at the border of 64 (VectorCamp/vectorscan, issue 317 and pull
/// request 378). Tried once, in about ten milliseconds; thread-safe.
[[nodiscard]] bool scannerFindsAll();

} // namespace models
