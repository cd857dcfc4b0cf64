// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>

namespace app {

/// ssh_config(5), PATTERNS: '*' is any text, '?' any character.
[[nodiscard]] bool matchesPattern(const QByteArray& pattern, const QByteArray& text);

/// One of the patterns matches, and none that begins with '!' does. Case of the patterns does not
/// count; text is lower case where it is a host.
[[nodiscard]] bool matchesPatterns(const QByteArrayList& patterns, const QByteArray& text);

} // namespace app
