// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/health/timemark.h"

#include <QCoreApplication>

namespace ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(TimeMark)
};

} // namespace

MarkSign signOf(MarkKind kind) {
    switch (kind) {
    case MarkKind::Deploy:
        return {Glyph::Deploy, Colour::Accent, Words::tr("deploy")};
    case MarkKind::Rollback:
        return {Glyph::Rollback, Colour::Warn, Words::tr("rollback")};
    case MarkKind::Run:
        return {Glyph::Running, Colour::Accent, Words::tr("run")};
    case MarkKind::Step:
        return {Glyph::Command, Colour::Quiet, Words::tr("step")};
    case MarkKind::Burst:
        return {Glyph::Burst, Colour::Fail, Words::tr("log burst")};
    case MarkKind::Change:
        return {Glyph::Check, Colour::Quiet, Words::tr("checks turn")};
    }
    return {};
}

} // namespace ui
