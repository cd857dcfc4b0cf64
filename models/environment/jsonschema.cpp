// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/jsonschema.h"

#include "models/environment/workspaceschema.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace models {

namespace {

QJsonObject ofType(const QString& type) {
    return {{u"type"_qs, type}};
}

QJsonObject ofTypes(const QStringList& types) {
    return {{u"type"_qs, QJsonArray::fromStringList(types)}};
}

QJsonObject ofPattern(const QString& pattern) {
    return {{u"type"_qs, u"string"_qs}, {u"pattern"_qs, pattern}};
}

/// A scalar of YAML counts as text, whatever it looks like.
QJsonObject text() {
    return ofTypes({u"string"_qs, u"number"_qs, u"boolean"_qs});
}

QJsonObject listOf(const QJsonObject& item) {
    return {{u"type"_qs, u"array"_qs}, {u"items"_qs, item}};
}

QJsonObject namesOf(const QJsonObject& value) {
    return {{u"type"_qs, QJsonArray{u"object"_qs, u"null"_qs}},
            {u"additionalProperties"_qs, value}};
}

QJsonObject either(const QJsonObject& one, const QJsonObject& other) {
    return {{u"anyOf"_qs, QJsonArray{one, other}}};
}

/// Schemas are named by what they are: "an environment" becomes "environment".
QString nameOf(const Schema& schema) {
    const QString what = schema.what;
    return what
        .section(u' ', what.startsWith(u"a ") || what.startsWith(u"an ") || what.startsWith(u"the ")
                           ? 1
                           : 0)
        .replace(u' ', u'-');
}

QJsonObject record(const Schema& schema) {
    return {{u"$ref"_qs, u"#/$defs/"_qs + nameOf(schema)}};
}

QJsonObject oneOf(std::span<const QLatin1String> words) {
    QJsonArray all;
    for (const QLatin1String& word : words)
        all.append(QString(word));
    return {{u"enum"_qs, all}};
}

QJsonObject valueOf(const KeyRule& rule) {
    switch (rule.shape) {
    case Shape::Any:
        return {};
    case Shape::Text:
        return text();
    case Shape::Word:
        return oneOf(rule.words);
    case Shape::Flag:
        return ofType(u"boolean"_qs);
    case Shape::Number:
        return ofType(u"number"_qs);
    case Shape::Duration:
        return ofPattern(u"^\\d+(\\.\\d+)?(ms|s|m|h|d)$"_qs);
    case Shape::Condition:
        return ofType(u"string"_qs);
    case Shape::TextList:
        return listOf(text());
    case Shape::TextOrList:
        return either(text(), listOf(text()));
    case Shape::Named:
        return namesOf(text());
    case Shape::Amounts:
        return namesOf(ofTypes({u"string"_qs, u"number"_qs}));
    case Shape::Variables:
        return namesOf(ofTypes({u"string"_qs, u"number"_qs, u"boolean"_qs, u"null"_qs}));
    case Shape::Secrets:
        return namesOf(
            ofPattern(u"^(prompt|keychain:\\S.*|env:[A-Za-z_]\\w*|command:\\s*\\S.*)$"_qs));
    case Shape::Record:
        return record(*rule.schema);
    case Shape::TextOrRecord:
        return either(text(), record(*rule.schema));
    case Shape::Records:
        return namesOf(record(*rule.schema));
    case Shape::RecordList:
        return listOf(record(*rule.schema));
    case Shape::TextOrRecordList:
        return listOf(either(text(), record(*rule.schema)));
    case Shape::RecordOrRecords:
        return either(record(*rule.schema), listOf(record(*rule.schema)));
    case Shape::RecordPerName:
        return namesOf(either(record(*rule.schema), ofType(u"null"_qs)));
    }
    return {};
}

QJsonObject definitionOf(const Schema& schema) {
    QJsonObject properties;
    for (const KeyRule& rule : schema.rules)
        properties.insert(rule.key, valueOf(rule));
    return {{u"type"_qs, u"object"_qs},
            {u"properties"_qs, properties},
            {u"additionalProperties"_qs, false}};
}

} // namespace

QByteArray workspaceJsonSchema() {
    QJsonObject definitions;
    for (const Schema* const schema : workspaceSchemas())
        definitions.insert(nameOf(*schema), definitionOf(*schema));
    const QJsonObject root{{u"$schema"_qs, u"https://json-schema.org/draft/2020-12/schema"_qs},
                           {u"title"_qs, u"A workspace of Gantry"_qs},
                           {u"$ref"_qs, u"#/$defs/"_qs + nameOf(workspaceSchema())},
                           {u"$defs"_qs, definitions}};
    return QJsonDocument(root).toJson();
}

} // namespace models
