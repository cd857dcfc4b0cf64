// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/yaml.h"
#include "models/runbook/runbook.h"

#include <QStringList>

namespace models {

/// The part of a workspace's trust hash that gantry.yaml decides: SHA-256, hexadecimal, over its
/// canonical form. That is every scalar with its path, the paths sorted, each part with its length
/// in front; so neither comments, layout nor the order of keys count, and everything else does:
/// hosts, commands, URLs, webhooks, variables (they become part of commands), references of
/// secrets, people, rules. Left out are only what changes no act: gantry, name, risks, colour, and
/// of log_classes all but whether there are any, since then logs are followed. A key of a later
/// version counts.
[[nodiscard]] QString fileTrust(const YamlNode& root);

/// The part that one runbook decides: over its path and everything of it that can run, in order
/// (commands with their shell and options, requests, conditions). Prose does not count.
[[nodiscard]] QString runbookTrust(const QString& path, const Runbook& runbook);

/// The hash of the workspace: SHA-256 over the parts, in the order of the paths.
[[nodiscard]] QString joinTrust(const QString& filePart, const QStringList& runbookParts);

} // namespace models
