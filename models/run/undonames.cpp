// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/undonames.h"

#include <algorithm>

namespace models {
namespace {

constexpr QLatin1String nameKey("name");
constexpr QLatin1String inverseKey("inverse");
constexpr QLatin1String revertsKey("reverts");

} // namespace

UndoNames::UndoNames(const Plan& plan)
    : m_plan(plan) {
    for (int index = 0; index < m_plan.steps.size(); ++index) {
        const QString name = m_plan.steps[index].step.options.text(nameKey);
        if (!name.isEmpty() && m_plan.isLeaf(index))
            m_named.insert(name, index);
    }
    for (int index = 0; index < m_plan.steps.size(); ++index) {
        const PlanStep& placed = m_plan.steps[index];
        if (!m_plan.isLeaf(index))
            continue;
        if (placed.step.lane == Lane::Rollback && placed.applicable) {
            for (const int reverted : revertedBy(index))
                m_replacements.insert(reverted, index);
        }
        const int inverse = inverseOf(index);
        if (inverse >= 0)
            m_inverseOf.insert(inverse, index);
    }
}

int UndoNames::inverseOf(int index) const {
    return named(inverseKey, m_plan.steps[index]);
}

QList<int> UndoNames::revertedBy(int index) const {
    return repeated(named(revertsKey, m_plan.steps[index]));
}

int UndoNames::named(QLatin1String key, const PlanStep& by) const {
    const QString name = by.step.options.text(key);
    if (name.isEmpty())
        return -1;
    const QList<int> found = m_named.values(name);
    int best = found.value(0, -1);
    for (const int index : found) {
        const PlanStep& other = m_plan.steps[index];
        if (other.document != by.document)
            continue;
        if (other.wave == by.wave)
            return index;
        if (m_plan.steps[best].document != by.document)
            best = index;
    }
    return best;
}

QList<int> UndoNames::repeated(int index) const {
    QList<int> all;
    if (index < 0)
        return all;
    const PlanStep& placed = m_plan.steps[index];
    for (const int other : m_named.values(placed.step.options.text(nameKey))) {
        if (m_plan.steps[other].document == placed.document &&
            m_plan.steps[other].step.range == placed.step.range)
            all.append(other);
    }
    return all;
}

QList<int> UndoNames::replacementsOf(int index) const {
    QList<int> found = m_replacements.values(index);
    std::sort(found.begin(), found.end());
    if (!found.isEmpty()) {
        const QString document = m_plan.steps[found.first()].document;
        found.removeIf([&](int other) { return m_plan.steps[other].document != document; });
    }
    return found;
}

} // namespace models
