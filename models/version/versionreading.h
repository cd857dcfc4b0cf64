// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/container/container.h"
#include "models/core/result.h"
#include "models/health/observation.h"
#include "models/version/versionprobe.h"

namespace models {

/// What was seen of a version at one place, and when. A value.
struct VersionReading {
    QString place;   ///< a host, or "local"; empty: the service as a whole
    QString version; ///< empty: it is not known, see problem
    QString problem; ///< why not, a sentence
    Instant at;      ///< when somebody looked; null: nobody did yet

    [[nodiscard]] bool isKnown() const { return !version.isEmpty(); }
    bool operator==(const VersionReading&) const = default;
};

/// Takes the version out of what a URL or a command answered. Never guesses: a page of HTML, a
/// field that is not there or is no text, and an answer of many words are not known.
[[nodiscard]] VersionReading readVersion(const VersionProbe& probe, const QString& place,
                                         const ProbeReply& reply);
/// The revision that a container's image is labelled with, else the registry's digest of it.
[[nodiscard]] VersionReading readVersion(const QString& place, const Result<Container>& container,
                                         Instant at);

/// The same reading as it counts now: one that is older than three looks is not known any more.
[[nodiscard]] VersionReading agedReading(VersionReading reading, const VersionProbe& probe,
                                         Instant now);

enum class VersionMatch {
    Same,
    Different,
    Incomparable, ///< a name and a commit, say: only a repository can tell
};

/// Two commits are the same where one begins with the other, both of at least seven hexadecimal
/// digits, as `sha_eq` of a condition has it; anything else is compared as text, a leading "v"
/// before a digit aside.
[[nodiscard]] VersionMatch compareVersions(const QString& one, const QString& other);

/// Whether it reads as a commit or the beginning of one: at least seven hexadecimal digits, not all
/// of them decimal unless there are forty.
[[nodiscard]] bool isCommit(QStringView text);
/// Whether git may be asked for it: a commit, or what `git check-ref-format` allows as a name, and
/// never an option, a range or an expression.
[[nodiscard]] bool isRevisionName(QStringView text);

/// As it is shown where there is little room: a commit's first ten digits, a digest's first twelve.
[[nodiscard]] QString shortVersion(const QString& version);

} // namespace models
