// SPDX-License-Identifier: GPL-3.0-or-later
// What the command palette offers of the environments of all open workspaces.
#include "app/workspace/openworkspaces.h"
#include "ui/environment/environmentpage.h"

#include <QPointer>

#include <algorithm>
#include <utility>
#include <vector>

namespace ui {

PaletteEntries EnvironmentPage::paletteEntries(const QString& workspaceId,
                                               const QString& environment) {
    // Two of one environment, then of one workspace, stay in the order in which they are shown.
    std::vector<std::pair<int, PaletteEntry>> ranked;
    for (WorkspaceBoard* board : std::as_const(m_boards)) {
        const bool isShown = board->workspace().workspace().id == workspaceId;
        addEntries(*board, [&](const QString& name, const PaletteEntry& entry) {
            ranked.emplace_back(!isShown ? 2 : name == environment ? 0 : 1, entry);
        });
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto& one, const auto& other) { return one.first < other.first; });
    PaletteEntries entries;
    for (const auto& [rank, entry] : ranked)
        entries.append(entry);
    return entries;
}

/// Where several are open, each is called by its workspace too.
void EnvironmentPage::addEntries(WorkspaceBoard& board, const AddEntry& add) const {
    app::OpenWorkspace& workspace = board.workspace();
    const QString place =
        m_boards.size() > 1 ? tr("Environments of %1").arg(workspace.name()) : tr("Environments");
    const QPointer guarded(&board);
    static const std::vector<app::HealthService::Watched> noServices;
    const auto& services = workspace.health().services();
    // Of one that is not trusted nothing is asked.
    const bool isTrusted = workspace.isTrusted();
    for (const app::HealthService::Watched& service : isTrusted ? services : noServices) {
        add(service.environment,
            {tr("Check service %1 in %2").arg(service.service, service.environment),
             place,
             {},
             [guarded, service] {
                 if (guarded == nullptr)
                     return;
                 guarded->workspace().health().probeNow(service);
                 guarded->workspace().versions().lookNow(service.environment, service.service);
             }});
    }
    if (isTrusted)
        add({}, {tr("Check contracts and isolation"), place, {}, [guarded] {
                     if (guarded != nullptr)
                         guarded->workspace().contracts().checkNow();
                 }});
    for (const models::Environment& environment : workspace.workspace().environments) {
        add(environment.name, {tr("Try a condition in %1").arg(environment.name),
                               place,
                               {},
                               [guarded, name = environment.name] {
                                   if (guarded != nullptr)
                                       guarded->tryCondition(name, {});
                               }});
    }
}

} // namespace ui
