// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/statewords.h"

#include <QCoreApplication>

namespace ui {

using models::HealthState;

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("ui::StateWords", text);
}

} // namespace

Glyph stateGlyph(HealthState state) {
    switch (state) {
    case HealthState::Failing:
        return Glyph::Failed;
    case HealthState::Stale:
        return Glyph::Stale;
    case HealthState::Unknown:
        return Glyph::Unknown;
    case HealthState::Wavering:
        return Glyph::Running;
    case HealthState::Unchecked:
        return Glyph::Pending;
    case HealthState::Maintenance:
        return Glyph::Waiting;
    case HealthState::Warning:
        return Glyph::Warning;
    case HealthState::Passing:
        return Glyph::Passed;
    }
    return Glyph::Unknown;
}

Colour stateTone(HealthState state) {
    switch (state) {
    case HealthState::Failing:
        return Colour::Fail;
    case HealthState::Stale:
    case HealthState::Wavering:
    case HealthState::Warning:
        return Colour::Warn;
    case HealthState::Unknown:
    case HealthState::Unchecked:
        return Colour::Unknown;
    case HealthState::Maintenance:
        return Colour::Waiting;
    case HealthState::Passing:
        return Colour::Pass;
    }
    return Colour::Unknown;
}

QString stateWord(HealthState state) {
    switch (state) {
    case HealthState::Failing:
        return tr("Failing");
    case HealthState::Stale:
        return tr("Stale");
    case HealthState::Unknown:
        return tr("Unknown");
    case HealthState::Wavering:
        return tr("Wavering");
    case HealthState::Unchecked:
        return tr("Not checked");
    case HealthState::Maintenance:
        return tr("In maintenance");
    case HealthState::Warning:
        return tr("Warning");
    case HealthState::Passing:
        return tr("Passing");
    }
    return {};
}

} // namespace ui
