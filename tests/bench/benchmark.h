// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <functional>

namespace tests {

/// One figure, with what was measured beside it in the same run.
struct Measurement {
    QString bench;
    double value = 0;
    QString unit;
    QString against; ///< what againstValue is of
    double againstValue = 0;
    int runs = 0; ///< how many runs value and againstValue are the medians of, or the worst
};

/// The object that is printed for it, on one line: ratio is value divided by against_value.
[[nodiscard]] QByteArray toJsonLine(const Measurement& measurement);

using Measurements = QList<Measurement>;
using BenchmarkFunction = std::function<models::Result<Measurements>()>;

struct Benchmark {
    QString group;
    QString name;
    BenchmarkFunction function;
};

/// Puts a benchmark on the list, from a global of the file that defines it:
/// `const Registration parse(u"run"_qs, u"runbook.parse"_qs, &measureParse);`
class Registration {
public:
    Registration(const QString& group, const QString& name, BenchmarkFunction function);
};

/// The registered benchmarks that wanted names, by name, by group or by the part of the name before
/// a dot; all of them where wanted is empty.
[[nodiscard]] QList<Benchmark> benchmarks(const QString& wanted = {});

/// Whether benchmarks that take long are to use as much as was promised, and not the shorter form
/// of every day: `gantry_bench --full`.
[[nodiscard]] bool isFull();
void setFull();

[[nodiscard]] double median(QList<double> values);

/// Wall time of one call, in milliseconds.
[[nodiscard]] double millisecondsOf(const std::function<void()>& work);

} // namespace tests
