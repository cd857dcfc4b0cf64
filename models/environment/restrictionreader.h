// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/workspace.h"
#include "models/environment/yaml.h"

namespace models {

/// The value under this key of an environment, under a misspelling of it too: a restriction that
/// was meant is heeded. nullptr where there is none.
[[nodiscard]] const YamlNode* meantValue(const YamlNode& environment, QStringView key);

/// Whether it is protected. What is there but cannot be read as a flag protects, and so does one of
/// two that differ: the safe reading of a mistake. Of a file that was not read whole, what may be
/// said in the rest is taken to be said.
[[nodiscard]] bool readProtection(const YamlNode& environment, bool isWhole);

/// The windows of time under `maintenance` of an environment that was checked against the schema.
/// What cannot be read is reported, and excuses nothing.
[[nodiscard]] QList<Maintenance> readMaintenance(const YamlNode& environment,
                                                 Diagnostics& diagnostics);

/// Those under `freeze`. What cannot be read, a misspelt key too, is reported and kept among the
/// unread ones: until it is mended nobody knows when the environment is not frozen.
void readFreezes(const YamlNode& node, Environment& environment, Diagnostics& diagnostics);

} // namespace models
