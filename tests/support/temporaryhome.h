// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>

namespace tests {

/// A home of its own for as long as it lives: HOME and all XDG_* folders are below it. Make it
/// before the first QCoreApplication or QStandardPaths call.
class TemporaryHome {
public:
    TemporaryHome();

    [[nodiscard]] QString path() const { return m_folder.path(); }

private:
    QTemporaryDir m_folder;
};

/// The project's own checkout.
[[nodiscard]] QString sourceDir();
/// The shared folder beside the checkout (documents, corpus), or empty where it is absent: tests
/// that read it skip by name then.
[[nodiscard]] QString sharedDir();

} // namespace tests
