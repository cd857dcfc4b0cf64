// SPDX-License-Identifier: GPL-3.0-or-later
// gantry_bench [--full] [NAME]...: runs the benchmarks that are named, all without a name, and
// prints one JSON object a line. --full: with as much data as was promised, where less is usual.
// Status 1: something could not be measured; 2: no such benchmark.
#include "benchmark.h"
#include "tests/support/temporaryhome.h"

#include <QApplication>

#include <cstdio>

namespace {

int unknown(const QString& name) {
    std::fprintf(stderr, "gantry_bench: there is no benchmark \"%s\". Known:", qPrintable(name));
    for (const tests::Benchmark& benchmark : tests::benchmarks()) {
        std::fprintf(stderr, " %s", qPrintable(benchmark.name));
    }
    std::fputs("\n", stderr);
    return 2;
}

bool run(const tests::Benchmark& benchmark) {
    const models::Result<tests::Measurements> measurements = benchmark.function();
    if (!measurements) {
        std::fprintf(stderr, "gantry_bench: %s: %s\n", qPrintable(benchmark.name),
                     qPrintable(measurements.error().message));
        return false;
    }
    for (const tests::Measurement& measurement : *measurements) {
        std::puts(tests::toJsonLine(measurement).constData());
    }
    std::fflush(stdout);
    return true;
}

} // namespace

int main(int argc, char* argv[]) {
    // The window's benchmarks paint; a display is not needed for that.
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    // Where tests::sourceDir() looks for the lab.
    if (!qEnvironmentVariableIsSet("GANTRY_SOURCE_DIR")) {
        qputenv("GANTRY_SOURCE_DIR", GANTRY_BENCH_SOURCE_DIR);
    }
    const tests::TemporaryHome home;
    const QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("gantry-bench"));
    QApplication::setApplicationName(QStringLiteral("gantry-bench"));
    QStringList wanted = QApplication::arguments().mid(1);
    if (wanted.removeAll(QStringLiteral("--full")) > 0) {
        tests::setFull();
    }
    if (wanted.isEmpty()) {
        wanted.append(QString());
    }
    bool good = true;
    for (const QString& name : std::as_const(wanted)) {
        const QList<tests::Benchmark> found = tests::benchmarks(name);
        if (found.isEmpty()) {
            return unknown(name);
        }
        for (const tests::Benchmark& benchmark : found) {
            good = run(benchmark) && good;
        }
    }
    return good ? 0 : 1;
}
