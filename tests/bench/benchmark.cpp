// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchmark.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <chrono>

namespace tests {

namespace {

QList<Benchmark>& registered() {
    static QList<Benchmark> list;
    return list;
}

bool& full() {
    static bool value = false;
    return value;
}

bool names(const QString& wanted, const Benchmark& benchmark) {
    return wanted.isEmpty() || wanted == benchmark.group || wanted == benchmark.name ||
           benchmark.name.startsWith(wanted + QLatin1Char('.'));
}

} // namespace

QByteArray toJsonLine(const Measurement& measurement) {
    const double ratio =
        measurement.againstValue > 0 ? measurement.value / measurement.againstValue : 0;
    const QJsonObject object{
        {QStringLiteral("bench"), measurement.bench},
        {QStringLiteral("value"), measurement.value},
        {QStringLiteral("unit"), measurement.unit},
        {QStringLiteral("against"), measurement.against},
        {QStringLiteral("against_value"), measurement.againstValue},
        {QStringLiteral("ratio"), ratio},
        {QStringLiteral("runs"), measurement.runs},
    };
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Registration::Registration(const QString& group, const QString& name, BenchmarkFunction function) {
    registered().append({group, name, std::move(function)});
}

QList<Benchmark> benchmarks(const QString& wanted) {
    QList<Benchmark> found;
    std::copy_if(registered().cbegin(), registered().cend(), std::back_inserter(found),
                 [&wanted](const Benchmark& benchmark) { return names(wanted, benchmark); });
    std::sort(found.begin(), found.end(),
              [](const Benchmark& a, const Benchmark& b) { return a.name < b.name; });
    return found;
}

bool isFull() {
    return full();
}

void setFull() {
    full() = true;
}

double median(QList<double> values) {
    if (values.isEmpty()) {
        return 0;
    }
    std::sort(values.begin(), values.end());
    const qsizetype middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

double millisecondsOf(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double, std::milli> elapsed =
        std::chrono::steady_clock::now() - begin;
    return elapsed.count();
}

} // namespace tests
