// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/meantenvironment.h"

#include <algorithm>

namespace models {

const Environment* meantEnvironment(const Workspace& workspace, const QString& name) {
    if (const Environment* const declared = workspace.environment(name))
        return declared;
    const QList<Environment>& all = workspace.environments;
    const auto found = std::find_if(
        all.cbegin(), all.cend(), [bare = name.trimmed()](const Environment& environment) {
            return environment.name.compare(bare, Qt::CaseInsensitive) == 0;
        });
    return found == all.cend() ? nullptr : &*found;
}

QString misspeltEnvironment(const Workspace& workspace, const QString& name) {
    const Environment* const meant = meantEnvironment(workspace, name);
    return meant != nullptr && meant->name != name ? meant->name : QString();
}

QString misspeltRunWords(const QString& name, const QString& meant) {
    return u"was begun in “%1”, which the workspace writes %2: nothing of what protects %2 would "
           "hold it up."_qs.arg(name, meant);
}

} // namespace models
