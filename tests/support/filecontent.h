// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace tests {

/// All of a file; empty where it cannot be read.
[[nodiscard]] QByteArray contentOf(const QString& path);

/// From then on the file holds just this, and the folders above it are there. Ends the program
/// where that cannot be.
void writeFile(const QString& path, const QByteArray& bytes);

/// The same as editors save: a new file takes the place of the old one.
void replaceFile(const QString& path, const QByteArray& bytes);

} // namespace tests
