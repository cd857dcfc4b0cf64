// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

namespace app {
class OpenWorkspace;
}

namespace ui {

class ActionButton;
class ElidedLabel;

/// Whether a workspace is trusted, in a line, and beside it the way to the other. It is not there
/// while that is not known, and where nothing of the workspace would run by itself.
class TrustLine final : public QWidget {
    Q_OBJECT

public:
    explicit TrustLine(QWidget* parent = nullptr);

    void showWorkspace(app::OpenWorkspace& workspace);

private:
    void settle();
    void ask();

    QPointer<app::OpenWorkspace> m_workspace;
    ElidedLabel* m_words;
    ActionButton* m_ask;
};

} // namespace ui
