// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "ui/widgets/bannerwidget.h"

namespace app {
class OpenWorkspaces;
class WorkspaceService;
} // namespace app

namespace ui {

class Session;

/// What was asked for last and could not be opened, and what can be done about it.
class FailureBanner final : public BannerWidget {
    Q_OBJECT

public:
    /// All of them outlive it.
    FailureBanner(app::OpenWorkspaces& open, app::WorkspaceService& workspaces, Session& session);

    void tell(const QString& path, const models::Error& error);
    /// What is there has been read after all: nothing is said of it any more.
    void takeBack(const QString& path);

Q_SIGNALS:
    void openRequested(const QString& path);

private:
    void replaceRivalOf(const QString& path);
    void forget(const QString& path);

    app::OpenWorkspaces& m_open;
    app::WorkspaceService& m_workspaces;
    Session& m_session;
    QString m_path; ///< what it is about
};

} // namespace ui
