// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/hostlock.h"

#include "app/run/programtext.h"

#include <algorithm>
#include <array>

// The macro declares a function of the global namespace.
static void initializeResources() {
    Q_INIT_RESOURCE(hostlock);
}

namespace app {
namespace {

QString program() {
    static const QString text = [] {
        initializeResources();
        return programText(QStringLiteral(":/gantry/run/hostlock.sh"));
    }();
    return text;
}

QString wordOf(LockOrder order) {
    switch (order) {
    case LockOrder::Look:
        return u"look"_qs;
    case LockOrder::Take:
        return u"take"_qs;
    case LockOrder::Keep:
        return u"keep"_qs;
    case LockOrder::Seize:
        return u"seize"_qs;
    case LockOrder::Release:
        return u"release"_qs;
    }
    Q_UNREACHABLE();
}

/// The name of a file there: only what one of ours can be is passed on.
models::RunId runNamed(const QString& name) {
    const bool isRun = name.size() <= 64 && std::all_of(name.cbegin(), name.cend(), [](QChar c) {
                           return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'z') || c == u'-';
                       });
    return isRun ? models::RunId(name) : models::RunId();
}

LockAnswer unsure(const QString& problem) {
    return {LockAnswer::Kind::Unsure, {}, problem};
}

} // namespace

QStringList lockCommand(const LockQuestion& question) {
    return {u"sh"_qs,
            u"-c"_qs,
            program(),
            u"gantry-lock"_qs,
            wordOf(question.order),
            question.directory,
            models::lockFileName(question.workspaceId),
            models::lockFileName(question.environment),
            question.run.text(),
            question.other.text(),
            QString::fromUtf8(models::lockRecord(question.record))};
}

LockAnswer lockAnswer(const models::Result<ExecResult>& result) {
    using Kind = LockAnswer::Kind;
    if (!result)
        return unsure(result.error().message);
    const QList<QByteArray> lines = result->out.split('\n');
    const QString first = QString::fromUtf8(lines.first()).left(400).simplified();
    const QString word = first.section(u' ', 0, 0);
    const QString rest = first.section(u' ', 1);
    constexpr std::array words{std::pair(QLatin1String("free"), Kind::Free),
                               std::pair(QLatin1String("held"), Kind::Held),
                               std::pair(QLatin1String("taken"), Kind::Taken),
                               std::pair(QLatin1String("passed"), Kind::Passed),
                               std::pair(QLatin1String("other"), Kind::Other),
                               std::pair(QLatin1String("lost"), Kind::Lost)};
    for (const auto& [name, kind] : words) {
        if (word == name)
            return {kind, models::lockHolder(runNamed(rest), lines.value(1)), {}};
    }
    if (word == u"cannot")
        return unsure(rest);
    return unsure(
        u"The host did not answer what was asked (exit status %1)."_qs.arg(result->exitCode));
}

} // namespace app
