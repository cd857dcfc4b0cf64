// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/host/hostquestion.h"
#include "ui/host/hostquestionsheet.h"

#include <QString>

namespace ui {

// The words in which the window speaks of hosts. Names are foreign text: to be shown plain.

[[nodiscard]] QString questionTitle(const app::SshQuestion& question);
[[nodiscard]] QString questionExplanation(const app::SshQuestion& question);
[[nodiscard]] QString wrongAnswerText(const app::SshQuestion& question);
[[nodiscard]] QString confirmText(const app::SshQuestion& question);
[[nodiscard]] QString promptLabel(const app::SshQuestion& question,
                                  const app::SshQuestion::Prompt& prompt);
/// "Fingerprint of its ED25519 key".
[[nodiscard]] QString fingerprintLabel(const app::SshQuestion& question);
/// To be run on the host, to see the same fingerprint there.
[[nodiscard]] QString fingerprintCommand(const app::SshQuestion& question);
[[nodiscard]] QString comparisonText(Comparison comparison);

} // namespace ui
