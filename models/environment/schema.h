// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/yaml.h"

#include <QLatin1String>
#include <QStringList>

#include <span>

namespace models {

/// What the value of a key must look like.
enum class Shape {
    Any, ///< defined by a later part of the program; kept, not looked into
    Text,
    Word, ///< one of those of the rule
    Flag, ///< true or false
    Number,
    Duration,  ///< "10s", "5m", "24h", "14d", "500ms"
    Condition, ///< as models::Condition
    TextList,
    TextOrList,       ///< one text, or a list of them
    Amounts,          ///< name: a number with its unit
    Named,            ///< name: text, whatever the name
    Variables,        ///< name: text
    Secrets,          ///< name: reference
    Record,           ///< the keys of the rule's schema
    TextOrRecord,     ///< one text, or a record
    Records,          ///< name: record
    RecordList,       ///< a list of records
    TextOrRecordList, ///< a list whose items are a text or a record
    RecordOrRecords,  ///< one record, or a list of them
    RecordPerName,    ///< name: record or nothing
};

struct Schema;

struct KeyRule {
    QLatin1String key;
    Shape shape = Shape::Any;
    const Schema* schema = nullptr;            ///< of a record
    std::span<const QLatin1String> words = {}; ///< that a word can be
};

/// The keys that one kind of record may have.
struct Schema {
    QLatin1String what; ///< "an environment", for messages
    std::span<const KeyRule> rules;

    [[nodiscard]] const KeyRule* find(QStringView key) const;
};

/// Whether the value was written under this key of the schema, or under a misspelling of it: a
/// restriction that was meant is to be heeded.
[[nodiscard]] bool isMeant(const YamlNode& child, const Schema& schema, QStringView key);

/// Checks a value against the schema and reports all that does not fit, with the key that was
/// meant. elsewhere: every schema of the file, to say where a misplaced key belongs.
void checkRecord(const YamlNode& node, const Schema& schema,
                 std::span<const Schema* const> elsewhere, Diagnostics& diagnostics);

/// The candidate that was probably meant: at most a third of the letters differ; empty when none.
[[nodiscard]] QString closestWord(QStringView word, const QStringList& candidates);

/// The sentence about a name that is none of those that are known, with the one that was meant.
[[nodiscard]] QString noSuchName(const QString& what, const QString& name,
                                 const QStringList& known);

/// Whether this can be the name of a shell variable.
[[nodiscard]] bool isVariableName(QStringView text);
/// Whether this is "keychain:NAME", "env:NAME", "command:…" or "prompt".
[[nodiscard]] bool isSecretReference(QStringView text);

} // namespace models
