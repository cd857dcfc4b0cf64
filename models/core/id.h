// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHashFunctions>
#include <QMetaType>
#include <QString>

#include <utility>

namespace models {

/// A string that names one kind of thing; two kinds do not mix.
template <class Tag>
class Id {
public:
    Id() = default;
    explicit Id(QString text) : m_text(std::move(text)) {}

    [[nodiscard]] const QString& text() const { return m_text; }
    [[nodiscard]] bool isEmpty() const { return m_text.isEmpty(); }

    bool operator==(const Id&) const = default;
    bool operator<(const Id& other) const { return m_text < other.m_text; }

    friend size_t qHash(const Id& id, size_t seed = 0) { return ::qHash(id.m_text, seed); }

private:
    QString m_text;
};

/// A run: 26 characters of [0-9a-z], sortable by time of creation.
using RunId = Id<struct RunTag>;
/// A step within a runbook: [a-z0-9-]+, the same for unchanged text (section path, title, ordinal).
using StepId = Id<struct StepTag>;

/// One attempt of one step of one run; the first is number 1.
struct AttemptKey {
    RunId run;
    StepId step;
    int number = 1;

    bool operator==(const AttemptKey&) const = default;
    friend size_t qHash(const AttemptKey& key, size_t seed = 0) {
        return qHashMulti(seed, key.run, key.step, key.number);
    }
};

} // namespace models

Q_DECLARE_METATYPE(models::RunId)
Q_DECLARE_METATYPE(models::StepId)
Q_DECLARE_METATYPE(models::AttemptKey)
