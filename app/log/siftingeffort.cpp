// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/siftingeffort.h"

#include <thread>
#include <vector>

namespace app {

void runAtOnce(int count, const std::function<void(int)>& work) {
    std::vector<std::jthread> others;
    for (int number = 1; number < count; ++number)
        others.emplace_back([&work, number] { work(number); });
    work(0);
}

models::LogSift::Effort siftingFor(std::chrono::milliseconds time) {
    using Clock = std::chrono::steady_clock;
    return {[until = Clock::now() + time] { return Clock::now() >= until; }, runAtOnce};
}

} // namespace app
