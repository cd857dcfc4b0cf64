// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <memory>

namespace app {

class Place;

/// gantry run WORKSPACE [RUNBOOK] --environment NAME (--rehearse | --unattended) …
int runCommand(const QStringList& arguments);

/// The place of that name; nullptr where this version cannot reach it.
[[nodiscard]] std::unique_ptr<Place> makePlace(const QString& name);

} // namespace app
