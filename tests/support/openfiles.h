// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace tests {

/// What is in the files that this program has open and that have no name any more.
[[nodiscard]] QByteArray contentOfNamelessFiles();

} // namespace tests
