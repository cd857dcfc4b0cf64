// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/verdict.h"

namespace models {

QString verdictName(Verdict verdict) {
    switch (verdict) {
    case Verdict::Pass:
        return QStringLiteral("PASS");
    case Verdict::Fail:
        return QStringLiteral("FAIL");
    case Verdict::Unknown:
        break;
    }
    return QStringLiteral("UNKNOWN");
}

Verdict verdictFromName(QStringView name) {
    for (const Verdict candidate : {Verdict::Pass, Verdict::Fail}) {
        if (name == verdictName(candidate))
            return candidate;
    }
    return Verdict::Unknown;
}

} // namespace models
