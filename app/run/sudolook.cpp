// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/sudolook.h"

#include "models/run/host.h"

#include <memory>

namespace app {

namespace {

models::Error sudoRefusal(const QString& place, const models::Result<ExecResult>& result) {
    if (!result)
        return result.error();
    const QString where = place == models::localPlace ? u"here"_qs : u"on "_qs + place;
    return {models::ErrorCode::Refused,
            u"sudo would ask for a password %1. Allow this command without one, or run it in a "
            "terminal and mark the step as passed."_qs.arg(where),
            QString::fromUtf8(result->err)};
}

} // namespace

void lookForSudo(RunPlaces& places, const QStringList& names,
                 std::function<void(const std::optional<models::Error>& refusal)> done) {
    struct Look {
        qsizetype left;
        std::optional<models::Error> refusal;
    };
    // Shared: the last of the places to answer, whichever that is, ends it.
    const auto look = std::make_shared<Look>(Look{names.size(), {}});
    for (const QString& name : names) {
        places.exec(name, {u"sudo"_qs, u"-n"_qs, u"true"_qs},
                    [name, look, done](const models::Result<ExecResult>& result) {
                        if (!result || result->exitCode != 0)
                            look->refusal = sudoRefusal(name, result);
                        if (--look->left == 0)
                            done(look->refusal);
                    });
    }
}

} // namespace app
