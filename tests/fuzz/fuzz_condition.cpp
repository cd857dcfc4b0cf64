// SPDX-License-Identifier: GPL-3.0-or-later
// Any text is a condition or has a reason within it; a condition is decided whatever is answered,
// and its opposite is decided the other way round.
#include "models/health/conditionreading.h"

#include <cstdio>
#include <cstdlib>

namespace {

using models::Verdict;

void require(bool holds, const char* what) {
    if (!holds) {
        std::fprintf(stderr, "fuzz_condition: %s\n", what);
        std::abort();
    }
}

/// Answers by the name that is asked for, so that all kinds of values come up.
class Answers final : public models::HealthSource {
public:
    [[nodiscard]] models::HealthAnswer value(const models::HealthPath& path) const override {
        return answer(qHash(pathText(path)));
    }
    [[nodiscard]] models::HealthAnswer
    overTime(const models::WindowQuestion& question) const override {
        return answer(qHash(question.function) ^ qHash(question.metric));
    }

private:
    static models::HealthAnswer answer(size_t seed) {
        switch (seed % 7) {
        case 0:
            return {models::Missing{QStringLiteral("It is not there.")}, {}};
        case 1:
            return {models::Null{}, {}};
        case 2:
            return {seed % 2 == 0, {}};
        case 3:
            return {models::Quantity{double(seed % 1000), models::Unit::Time}, {}};
        case 4:
            return {models::Quantity{double(seed % 3), models::Unit::None}, {}};
        case 5:
            return {models::Quantity{double(seed % 5000), models::Unit::Bytes}, {}};
        default:
            return {QStringLiteral("9f2c1d7"), {}};
        }
    }
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size) {
    const QString text =
        QString::fromUtf8(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    const auto condition = models::Condition::parse(text);
    if (!condition) {
        require(!condition.error().message.isEmpty(), "a refusal has a reason");
        require(condition.error().column >= 1 && condition.error().column <= text.size() + 1,
                "a refusal points into the text");
        return 0;
    }
    const Answers answers;
    const models::ConditionReading reading = models::readCondition(*condition, answers);
    require(!reading.leaves.isEmpty(), "a decision rests on something");
    for (const models::LeafReading& leaf : reading.leaves)
        require(!leaf.words.isEmpty() && text.contains(leaf.expression), "a leaf says what it saw");
    if (condition->sustain() != models::Sustain())
        return 0;
    const auto opposite = models::Condition::parse(QStringLiteral("!(%1)").arg(text));
    if (!opposite) // one bracket more than is taken
        return 0;
    const Verdict other = models::readCondition(*opposite, answers).verdict;
    require((reading.verdict == Verdict::Unknown) == (other == Verdict::Unknown) &&
                (reading.verdict == other) == (other == Verdict::Unknown),
            "the opposite is the opposite");
    return 0;
}
