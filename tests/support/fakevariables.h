// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/contract/variablechecker.h"

#include <utility>
#include <vector>

namespace tests {

/// No variables: a test sees what was asked, and answers.
class FakeVariables final : public app::VariableChecker {
public:
    struct Asked {
        models::Host host;
        models::AskedBy askedBy;
        QStringList arguments;
        QByteArray input;
        Done done;
    };

    void check(const models::Host& host, models::AskedBy askedBy, const QStringList& arguments,
               const QByteArray& input, Done done) override {
        asked.push_back({host, askedBy, arguments, input, std::move(done)});
    }

    std::vector<Asked> asked;
};

} // namespace tests
