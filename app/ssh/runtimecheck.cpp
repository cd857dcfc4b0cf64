// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/runtimecheck.h"

#include <QCoreApplication>

#include <algorithm>

namespace app {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(RuntimeCheck)
};

using models::Verdict;

constexpr int longestVersion = 200;
constexpr int longestDetail = 2000;

/// Says what is there and whether this user may use it, a line each. $1: the command, or nothing
/// for whichever is there; $2: the socket, or nothing.
constexpr char runtimeScript[] =
    "set -f\n"
    "for gt_c in ${1:-docker podman}; do\n"
    "  command -v \"$gt_c\" >/dev/null 2>&1 || continue\n"
    "  echo \"version $(\"$gt_c\" --version 2>/dev/null | head -n 1)\"\n"
    "  if gt_e=$(\"$gt_c\" ps -q 2>&1 >/dev/null); then echo usable; else echo \"denied $gt_e\"; "
    "fi\n"
    "  break\n"
    "done\n"
    "if [ -n \"$2\" ]; then\n"
    "  if [ ! -S \"$2\" ]; then echo nosocket\n"
    "  elif [ ! -w \"$2\" ]; then echo lockedsocket\n"
    "  else echo socket; fi\n"
    "fi\n";

QByteArray after(const QByteArray& text, const QByteArray& word) {
    for (const QByteArray& line : text.split('\n')) {
        if (line.startsWith(word + ' ') || line == word)
            return line.mid(word.size() + 1).trimmed();
    }
    return {};
}

bool says(const QByteArray& text, const QByteArray& word) {
    const QList<QByteArray> lines = text.split('\n');
    return std::any_of(lines.cbegin(), lines.cend(), [&word](const QByteArray& line) {
        return line == word || line.startsWith(word + ' ');
    });
}

QString commandOf(const models::Host& host) {
    return host.cli.isEmpty() ? host.runtime : host.cli;
}

} // namespace

QStringList runtimeLook(const models::Host& host) {
    return {QStringLiteral("sh"),     QStringLiteral("-c"), QLatin1String(runtimeScript),
            QStringLiteral("gantry"), commandOf(host),      host.socket};
}

RuntimeFinding judgeRuntime(const models::Host& host, const models::Result<ExecResult>& looked) {
    if (!looked)
        return {Verdict::Unknown, {}, looked.error().message, looked.error().detail};
    const QByteArray& out = looked->out;
    const QString version = QString::fromUtf8(after(out, "version")).left(longestVersion);
    const bool isWanted = !commandOf(host).isEmpty();
    const Verdict without = isWanted ? Verdict::Fail : Verdict::Unknown;
    if (says(out, "nosocket"))
        return {Verdict::Fail,
                version,
                Words::tr("There is no socket %1. Start the runtime's service there, or correct "
                          "\"socket\" in gantry.yaml.")
                    .arg(host.socket),
                {}};
    if (says(out, "lockedsocket"))
        return {Verdict::Fail,
                version,
                Words::tr("The user may not write to the socket %1. Add the user to the group that "
                          "it belongs to.")
                    .arg(host.socket),
                {}};
    if (says(out, "denied"))
        return {without, version,
                Words::tr("The runtime is there, and the user cannot use it. Start its service, or "
                          "add the user to its group."),
                QString::fromUtf8(after(out, "denied")).left(longestDetail)};
    if (says(out, "usable") || says(out, "socket"))
        return {Verdict::Pass, version.isEmpty() ? host.socket : version, {}, {}};
    return {without,
            Words::tr("not installed"),
            isWanted ? Words::tr("There is no %1. Install it, or correct \"runtime\" and \"cli\" "
                                 "in gantry.yaml.")
                           .arg(commandOf(host))
                     : Words::tr("There is neither docker nor podman. Where none is meant to be, "
                                 "say \"runtime: none\" in gantry.yaml."),
            {}};
}

} // namespace app
