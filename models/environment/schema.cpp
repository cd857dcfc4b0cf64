// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/schema.h"

#include "models/health/condition.h"
#include "models/health/conditiontokens.h"
#include "models/runbook/runbook.h"

#include <QRegularExpression>
#include <QVector>

#include <algorithm>

namespace models {

namespace {

/// Edits (insert, remove, replace, swap neighbours) between two words, without regard to case.
int editDistance(QStringView a, QStringView b) {
    const qsizetype width = b.size() + 1;
    QVector<int> before(width), previous(width), current(width);
    for (qsizetype j = 0; j < width; ++j)
        previous[j] = static_cast<int>(j);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        current[0] = static_cast<int>(i);
        for (qsizetype j = 1; j < width; ++j) {
            const QChar left = a[i - 1].toLower();
            const QChar right = b[j - 1].toLower();
            current[j] = std::min(
                {previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (left == right ? 0 : 1)});
            const bool swapped =
                i > 1 && j > 1 && left == b[j - 2].toLower() && a[i - 2].toLower() == right;
            if (swapped)
                current[j] = std::min(current[j], before[j - 2] + 1);
        }
        std::swap(before, previous);
        std::swap(previous, current);
    }
    return previous[b.size()];
}

QString kindName(const YamlNode& node) {
    switch (node.kind) {
    case YamlKind::Null:
        return QStringLiteral("nothing");
    case YamlKind::Scalar:
        return QStringLiteral("a single value");
    case YamlKind::Sequence:
        return QStringLiteral("a list");
    case YamlKind::Map:
        return QStringLiteral("keys of its own");
    }
    return {};
}

/// What was written, as much of it as tells. Not for what may be a secret.
QString writtenText(const YamlNode& node) {
    constexpr qsizetype most = 40;
    if (!node.isScalar())
        return kindName(node);
    const QString line = node.text.simplified();
    return QStringLiteral("\"%1\"").arg(line.size() > most ? line.left(most) + u'…' : line);
}

QStringList keysOf(const Schema& schema) {
    QStringList keys;
    for (const KeyRule& rule : schema.rules)
        keys.append(QString(rule.key));
    return keys;
}

class Checker {
public:
    Checker(std::span<const Schema* const> elsewhere, Diagnostics& diagnostics)
        : m_elsewhere(elsewhere)
        , m_diagnostics(diagnostics) {}

    void record(const YamlNode& node, const Schema& schema) {
        if (!node.isMap()) {
            expected(node, QStringLiteral("the keys of %1").arg(QString(schema.what)));
            return;
        }
        for (const YamlNode& child : node.children) {
            if (const KeyRule* rule = schema.find(child.key))
                value(child, *rule);
            else if (!child.key.isEmpty())
                unknownKey(child, schema);
        }
    }

private:
    void report(int line, int column, const QString& message, Severity severity = Severity::Error) {
        m_diagnostics.append({line, column, severity, message});
    }

    void expected(const YamlNode& node, const QString& what) {
        expected(node, what, kindName(node));
    }

    void expected(const YamlNode& node, const QString& what, const QString& has) {
        const QString subject = node.key.isEmpty() ? QStringLiteral("This item")
                                                   : QStringLiteral("\"%1\"").arg(node.key);
        report(node.line, node.column,
               QStringLiteral("%1 needs %2, and has %3.").arg(subject, what, has));
    }

    void unknownKey(const YamlNode& node, const Schema& schema) {
        const QStringList known = keysOf(schema);
        QString message =
            QStringLiteral("\"%1\" is not a key of %2").arg(node.key, QString(schema.what));
        const QString meant = closestWord(node.key, known);
        if (!meant.isEmpty())
            message += QStringLiteral("; \"%1\" was probably meant.").arg(meant);
        else if (const Schema* home = schemaWith(node.key))
            message += QStringLiteral("; it belongs to %1.").arg(QString(home->what));
        else
            message += QStringLiteral(". It has: %1.").arg(known.join(QStringLiteral(", ")));
        report(node.keyLine, node.keyColumn, message);
    }

    [[nodiscard]] const Schema* schemaWith(QStringView key) const {
        for (const Schema* schema : m_elsewhere) {
            if (schema->find(key) != nullptr)
                return schema;
        }
        return nullptr;
    }

    void value(const YamlNode& node, const KeyRule& rule) {
        switch (rule.shape) {
        case Shape::Any:
            return;
        case Shape::Text:
            return text(node);
        case Shape::Word:
            return word(node, rule);
        case Shape::Flag:
            return flag(node);
        case Shape::Number:
            return number(node);
        case Shape::Duration:
            return duration(node);
        case Shape::Condition:
            return condition(node);
        case Shape::TextList:
            return list(node, &Checker::text);
        case Shape::TextOrList:
            return node.isScalar() ? text(node) : list(node, &Checker::text);
        case Shape::Amounts:
            return named(node, &Checker::amount);
        case Shape::Named:
            return texts(node);
        case Shape::Variables:
            return named(node, &Checker::variable);
        case Shape::Secrets:
            return named(node, &Checker::secret);
        case Shape::Record:
            return record(node, *rule.schema);
        case Shape::TextOrRecord:
            return node.isMap() ? record(node, *rule.schema) : text(node);
        case Shape::Records:
        case Shape::RecordPerName:
            return records(node, rule);
        case Shape::RecordOrRecords:
            return node.isMap() ? record(node, *rule.schema) : recordList(node, rule);
        case Shape::RecordList:
        case Shape::TextOrRecordList:
            return recordList(node, rule);
        }
    }

    void text(const YamlNode& node) {
        if (!node.isScalar())
            expected(node, QStringLiteral("a text"));
    }

    void word(const YamlNode& node, const KeyRule& rule) {
        QStringList known;
        for (const QLatin1String& each : rule.words)
            known.append(QString(each));
        if (!node.isScalar())
            expected(node, QStringLiteral("one of: %1").arg(known.join(QStringLiteral(", "))));
        else if (!known.contains(node.text))
            report(node.line, node.column, noSuchName(QString(rule.key), node.text, known));
    }

    void flag(const YamlNode& node) {
        if (node.isScalar() &&
            (node.text == QLatin1String("true") || node.text == QLatin1String("false")))
            return;
        expected(node, QStringLiteral("true or false"), writtenText(node));
    }

    void number(const YamlNode& node) {
        bool ok = false;
        if (node.isScalar())
            node.text.toDouble(&ok);
        if (!ok)
            expected(node, QStringLiteral("a number"), writtenText(node));
    }

    void duration(const YamlNode& node) {
        static const QRegularExpression form(QStringLiteral("^\\d+(\\.\\d+)?(ms|s|m|h|d)\\z"));
        if (!node.isScalar() || !form.match(node.text).hasMatch())
            expected(node, QStringLiteral("a duration such as 30s, 5m or 24h"), writtenText(node));
        else if (!durationFromText(node.text))
            expected(node, QStringLiteral("a duration of a year at most"), writtenText(node));
    }

    void condition(const YamlNode& node) {
        if (!node.isScalar())
            return expected(node, QStringLiteral("a condition such as http.status == 200"));
        const auto parsed = Condition::parse(node.text);
        if (parsed)
            return;
        // Of a text in quotes or a block the place within is not known for sure: its begin is.
        const int within = node.quoted ? 0 : parsed.error().column - 1;
        report(node.line, node.column + within,
               QStringLiteral("%1 At character %2 of \"%3\".")
                   .arg(parsed.error().message)
                   .arg(parsed.error().column)
                   .arg(node.text.simplified()));
    }

    void list(const YamlNode& node, void (Checker::*item)(const YamlNode&)) {
        if (!node.isSequence())
            return expected(node, QStringLiteral("a list"));
        for (const YamlNode& child : node.children)
            (this->*item)(child);
    }

    void named(const YamlNode& node, void (Checker::*item)(const YamlNode&)) {
        if (node.kind == YamlKind::Null)
            return;
        if (!node.isMap())
            return expected(node, QStringLiteral("names with a value each"));
        for (const YamlNode& child : node.children) {
            if (!isVariableName(child.key)) {
                report(child.keyLine, child.keyColumn,
                       QStringLiteral("\"%1\" cannot be the name of a variable. Use letters, "
                                      "digits and underscores, and begin with no digit.")
                           .arg(child.key));
            }
            (this->*item)(child);
        }
    }

    void texts(const YamlNode& node) {
        if (!node.isMap())
            return expected(node, QStringLiteral("names with a text each"));
        for (const YamlNode& child : node.children)
            text(child);
    }

    void amount(const YamlNode& node) {
        if (!node.isScalar() || !quantityFromText(node.text))
            expected(node, QStringLiteral("a number with its unit, such as 500ms or 99.9%"),
                     writtenText(node));
    }

    void variable(const YamlNode& node) {
        if (!node.isScalar() && node.kind != YamlKind::Null)
            expected(node, QStringLiteral("a text"));
    }

    void secret(const YamlNode& node) {
        if (node.isScalar() && isSecretReference(node.text))
            return;
        // The value itself is not repeated here: a diagnostic is shown and logged.
        report(node.line, node.column,
               QStringLiteral("The secret \"%1\" must be a reference, never a value: "
                              "keychain:NAME, env:NAME, command:… or prompt. Take the value out "
                              "of this file, and out of its history.")
                   .arg(node.key));
    }

    void records(const YamlNode& node, const KeyRule& rule) {
        if (node.kind == YamlKind::Null)
            return;
        if (!node.isMap())
            return expected(node, QStringLiteral("names with keys of their own"));
        for (const YamlNode& child : node.children) {
            const bool mayBeEmpty = rule.shape == Shape::RecordPerName;
            if (!mayBeEmpty || child.kind != YamlKind::Null)
                record(child, *rule.schema);
        }
    }

    void recordList(const YamlNode& node, const KeyRule& rule) {
        if (!node.isSequence())
            return expected(node, QStringLiteral("a list"));
        for (const YamlNode& child : node.children) {
            if (rule.shape == Shape::TextOrRecordList && child.isScalar())
                continue;
            record(child, *rule.schema);
        }
    }

    std::span<const Schema* const> m_elsewhere;
    Diagnostics& m_diagnostics;
};

} // namespace

const KeyRule* Schema::find(QStringView key) const {
    for (const KeyRule& rule : rules) {
        if (key == rule.key)
            return &rule;
    }
    return nullptr;
}

bool isMeant(const YamlNode& child, const Schema& schema, QStringView key) {
    if (schema.find(child.key) != nullptr)
        return child.key == key;
    return closestWord(child.key, keysOf(schema)) == key;
}

void checkRecord(const YamlNode& node, const Schema& schema,
                 std::span<const Schema* const> elsewhere, Diagnostics& diagnostics) {
    Checker(elsewhere, diagnostics).record(node, schema);
}

QString closestWord(QStringView word, const QStringList& candidates) {
    if (word.size() > 64) // longer than any word that could be meant, and the cost is quadratic
        return {};
    QString best;
    int bestDistance = static_cast<int>(qMax<qsizetype>(1, word.size() / 3)) + 1;
    for (const QString& candidate : candidates) {
        const int distance = editDistance(word, candidate);
        if (distance < bestDistance) {
            bestDistance = distance;
            best = candidate;
        }
    }
    return best;
}

QString noSuchName(const QString& what, const QString& name, const QStringList& known) {
    QString message = QStringLiteral("There is no %1 \"%2\"").arg(what, name);
    const QString meant = closestWord(name, known);
    if (!meant.isEmpty())
        message += QStringLiteral("; \"%1\" was probably meant.").arg(meant);
    else if (known.isEmpty())
        message += QStringLiteral(", and none is declared.");
    else
        message += QStringLiteral(". There are: %1.").arg(known.join(QStringLiteral(", ")));
    return message;
}

bool isVariableName(QStringView text) {
    static const QRegularExpression form(QStringLiteral("^[A-Za-z_][A-Za-z0-9_]*\\z"));
    return form.match(text).hasMatch();
}

bool isSecretReference(QStringView text) {
    static const QRegularExpression form(
        QStringLiteral("^(prompt|keychain:\\S.*|env:[A-Za-z_][A-Za-z0-9_]*|command:\\s*\\S.*)\\z"),
        QRegularExpression::DotMatchesEverythingOption);
    return form.match(text).hasMatch();
}

} // namespace models
