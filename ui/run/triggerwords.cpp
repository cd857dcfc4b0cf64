// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/triggerwords.h"

#include "ui/run/words.h"
#include "ui/widgets/timeformat.h"

#include <QCoreApplication>

namespace ui {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("ui::TriggerWords", text);
}

} // namespace

QList<models::HeldTrigger> askingTriggers(const models::RunState& state) {
    QList<models::HeldTrigger> held = models::heldTriggers(state);
    held.removeIf([&state](const models::HeldTrigger& each) {
        return !state.triggers.value(each.name).asks();
    });
    return held;
}

QString askingWords(const models::RunState& state) {
    const QList<models::HeldTrigger> asking = askingTriggers(state);
    if (asking.isEmpty())
        return {};
    const models::HeldTrigger& first = asking.first();
    const models::TriggerStanding standing = state.triggers.value(first.name);
    QString text = tr("“%1” %2 since %3: %4")
                       .arg(shortened(first.name, 90), models::triggerHoldsWords(first.severity),
                            formatTime(standing.since), shortened(standing.words, 240));
    if (const auto more = asking.size() - 1; more > 0)
        text += tr(" · %1 more").arg(more);
    return text;
}

} // namespace ui
