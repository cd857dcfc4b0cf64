// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace models {

struct Step;

/// Whether the start of the step changes something: that of any command or manual step does, but
/// for one that says `readonly`, a GET or HEAD request, a check, a gate, a wait and an approval.
[[nodiscard]] bool isChange(const Step& step);

/// Whether the step says of itself that nothing takes it back: the point of no return.
[[nodiscard]] bool isIrreversible(const Step& step);

} // namespace models
