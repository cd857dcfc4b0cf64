// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/host/hostlink.h"
#include "app/host/hostquestion.h"
#include "app/host/hostreport.h"
#include "ui/host/hostquestionsheet.h"
#include "ui/theme/glyph.h"

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

/// "Connected", "Trying again in 8 s": to stand beside the glyph.
[[nodiscard]] QString linkWord(const app::HostLink& link, models::Instant now);
/// "12 s": for how long a silent host has answered nothing.
[[nodiscard]] QString silenceText(const app::HostLink& link, models::Instant now);
/// "Clock 2.3 s ahead", within how much that is known, and what is done about it; empty: nobody
/// knows.
[[nodiscard]] QString clockWords(const app::HostLink& link);
[[nodiscard]] Glyph linkGlyph(const app::HostLink& link);
[[nodiscard]] Colour linkTone(const app::HostLink& link);
/// What the state means for what runs there; empty where there is nothing to say.
[[nodiscard]] QString linkRemark(const app::HostLink& link);

/// Whether there is a connection to be made, or to be made anew, by asking for it.
[[nodiscard]] bool mayConnect(const app::HostLink& link);
/// A key that was refused has no way on: only a look at the host from elsewhere helps.
[[nodiscard]] bool isRefusedKey(const app::HostLink& link);
/// "Connect now": to stand on the button that does it.
[[nodiscard]] QString connectText(const app::HostLink& link);

/// What went wrong, by the name that the workspace has for the host and not by its address; empty
/// where nothing did.
[[nodiscard]] QString errorByName(const app::HostLink& link);

[[nodiscard]] QString checkTitle(app::HostCheck::Kind kind);
/// "Pass", "Fail", "Unknown".
[[nodiscard]] QString verdictWord(models::Verdict verdict);
/// Fail where a check failed, else Unknown where one is, else Pass; Unknown without any.
[[nodiscard]] models::Verdict verdictOf(const app::HostReport& report);
/// "All 10 checks pass", "2 of 10 checks fail".
[[nodiscard]] QString reportWord(const app::HostReport& report);

} // namespace ui
