// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/latencydistributions.h"

#include <algorithm>
#include <cmath>

namespace tests {

namespace {

template <class Distribution>
std::function<double(std::mt19937&)> scaled(Distribution distribution, double factor) {
    return [distribution, factor](std::mt19937& random) mutable {
        return std::abs(distribution(random)) * factor;
    };
}

} // namespace

const std::vector<LatencyDistribution>& latencyDistributions() {
    static const std::vector<LatencyDistribution> all{
        {"always the same", [](std::mt19937&) { return 0.042; }},
        {"uniform", scaled(std::uniform_real_distribution<>(0.01, 0.5), 1)},
        {"uniform, narrow", scaled(std::uniform_real_distribution<>(0.100, 0.101), 1)},
        {"normal", scaled(std::normal_distribution<>(0.2, 0.02), 1)},
        {"normal, wide", scaled(std::normal_distribution<>(0.2, 0.1), 1)},
        {"exponential", scaled(std::exponential_distribution<>(1), 0.05)},
        {"exponential, slow", scaled(std::exponential_distribution<>(1), 2)},
        {"lognormal", scaled(std::lognormal_distribution<>(0, 0.5), 0.03)},
        {"lognormal, wide", scaled(std::lognormal_distribution<>(0, 1.5), 0.01)},
        {"gamma", scaled(std::gamma_distribution<>(2), 0.02)},
        {"gamma, flat", scaled(std::gamma_distribution<>(0.5), 0.1)},
        {"weibull", scaled(std::weibull_distribution<>(1.5), 0.08)},
        {"weibull, heavy", scaled(std::weibull_distribution<>(0.6), 0.02)},
        {"extreme value", scaled(std::extreme_value_distribution<>(5, 1), 0.01)},
        {"cauchy, cut",
         [draw = std::cauchy_distribution<>(0.1, 0.01)](std::mt19937& random) mutable {
             return std::clamp(draw(random), 0.001, 30.0);
         }},
        {"chi squared", scaled(std::chi_squared_distribution<>(3), 0.01)},
        {"two points", [](std::mt19937& random) { return random() % 100 < 94 ? 0.020 : 0.900; }},
        {"cache and origin",
         [hit = std::normal_distribution<>(0.004, 0.0005),
          miss = std::normal_distribution<>(0.3, 0.05)](std::mt19937& random) mutable {
             return std::abs(random() % 10 < 9 ? hit(random) : miss(random));
         }},
        {"one in twenty is slow",
         [](std::mt19937& random) { return random() % 20 == 0 ? 5.0 : 0.05; }},
        {"rounded to ms",
         [draw = std::normal_distribution<>(30, 8)](std::mt19937& random) mutable {
             return std::max(1.0, std::round(draw(random))) / 1000;
         }},
    };
    return all;
}

double exactQuantile(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    const auto rank = static_cast<std::size_t>(std::ceil(share * double(values.size())));
    return values[std::max<std::size_t>(1, rank) - 1];
}

} // namespace tests
