// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/host/hostservice.h"
#include "ui/host/hostlistmodel.h"
#include "ui/widgets/paletteentry.h"

#include <QWidget>

class QListView;
class QStackedLayout;

namespace ui {

class ActionButton;
class EmptyState;
class HostDetail;
class TextLabel;

/// The hosts of the environment: how they are connected, whether they can do what steps need, and
/// what to mend where they cannot. Connects to nothing by itself.
class HostPage final : public QWidget {
    Q_OBJECT

public:
    /// hosts outlives the page.
    explicit HostPage(app::HostService& hosts, QWidget* parent = nullptr);

    void showHosts(const QString& environment, const QList<models::Host>& hosts);
    /// Selects the host, by what the workspace writes; nothing where it is not listed.
    void select(const QString& ssh);
    [[nodiscard]] PaletteEntries paletteEntries();

Q_SIGNALS:
    /// A workspace is to be opened.
    void folderRequested();

private:
    QWidget* makeHead();
    void settle();
    void showCurrent();
    void checkAll();

    app::HostService& m_hosts;
    QString m_environment;
    HostListModel m_model;
    TextLabel* m_title;
    TextLabel* m_summary;
    ActionButton* m_checkAll;
    QListView* m_list;
    HostDetail* m_detail;
    EmptyState* m_empty;
    QWidget* m_body;
    QStackedLayout* m_stack;
};

} // namespace ui
