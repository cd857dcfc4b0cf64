// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/lastplace.h"

#include "ui/theme/preferences.h"

namespace ui {

namespace {

constexpr QLatin1String pageKey("window/page");
constexpr QLatin1String runKey("window/run");
constexpr QLatin1String runbookKey("window/runbook");

} // namespace

LastPlace LastPlace::load() {
    const Preferences& settings = Preferences::instance();
    return {settings.value(pageKey).toString(), models::RunId(settings.value(runKey).toString()),
            settings.value(runbookKey).toString()};
}

void LastPlace::save() const {
    Preferences& settings = Preferences::instance();
    settings.setValue(pageKey, page);
    settings.setValue(runKey, run.text());
    settings.setValue(runbookKey, runbook);
}

} // namespace ui
