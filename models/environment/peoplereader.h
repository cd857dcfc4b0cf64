// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/yaml.h"
#include "models/run/approval.h"

#include <QList>

namespace models {

/// Takes `people` out of a file that was checked against the schema; nullptr: there is none. What
/// no schema can say is reported: a key that is no public key, or that two people have.
[[nodiscard]] QList<Person> readPeople(const YamlNode* node, Diagnostics& diagnostics);

/// Takes `approvals` out of an environment. A role that nobody of these people has is reported.
[[nodiscard]] ApprovalTerms readApprovals(const YamlNode* node, const QList<Person>& people,
                                          Diagnostics& diagnostics);

/// Type and body of a public key as `~/.ssh/*.pub` has it (RFC 4253, section 6.6; of security keys
/// PROTOCOL.u2f of OpenSSH), without its comment; empty where it is none. Certificates and DSA are
/// none.
[[nodiscard]] QString publicKeyFrom(const QString& text);

} // namespace models
