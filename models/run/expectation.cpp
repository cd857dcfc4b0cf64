// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/expectation.h"

#include "models/run/jsonsubset.h"
#include "models/run/lenientjson.h"
#include "models/runbook/runbooknames.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <vector>

namespace models {
namespace {

constexpr qsizetype comparedCharacters = 4000;

QString plainText(const QByteArray& bytes) {
    static const QRegularExpression escapes(
        u"\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\x07\x1b]*(?:\x07|\x1b\\\\)|[@-Z\\\\-_])"_qs);
    QString text = QString::fromUtf8(bytes);
    text.remove(escapes);
    text.replace(u"\r\n"_qs, u"\n"_qs);
    return text;
}

Finding pass(const QString& reason, const QString& observed) {
    return {Verdict::Pass, reason, observed};
}
Finding fail(const QString& reason, const QString& observed) {
    return {Verdict::Fail, reason, observed};
}
Finding unknown(const QString& reason, const QString& observed = {}) {
    return {Verdict::Unknown, reason, observed};
}

/// The last status line that curl showed, as header (-i) or in its trace (-v).
std::optional<int> observedStatus(const Observed& observed) {
    static const QRegularExpression line(u"^(?:< )?HTTP/[0-9.]+ ([1-5][0-9]{2})\\b"_qs,
                                         QRegularExpression::MultilineOption);
    std::optional<int> status;
    for (const QByteArray& bytes : {observed.err, observed.out}) {
        QRegularExpressionMatchIterator matches = line.globalMatch(plainText(bytes));
        while (matches.hasNext())
            status = matches.next().captured(1).toInt();
    }
    if (status)
        return status;
    static const QRegularExpression number(u"(?:^|[^0-9])([1-5][0-9]{2})\\s*$"_qs);
    if (observed.script.contains(u"%{http_code}") ||
        observed.script.contains(u"%{response_code}")) {
        const QRegularExpressionMatch match = number.match(plainText(observed.out));
        if (match.hasMatch())
            return match.captured(1).toInt();
    }
    return std::nullopt;
}

/// Standard output without the header blocks that curl -i puts before it.
QString bodyOf(const Observed& observed) {
    QString text = plainText(observed.out);
    while (text.startsWith(u"HTTP/")) {
        const qsizetype end = text.indexOf(u"\n\n");
        if (end < 0)
            return {};
        text = text.mid(end + 2);
    }
    return text;
}

/// The body as JSON: the whole of it, or from its first bracket on.
std::optional<QJsonValue> observedJson(const Observed& observed) {
    const QString body = bodyOf(observed).trimmed();
    const QByteArray bytes = body.toUtf8();
    for (const qsizetype from : {qsizetype(0), bytes.indexOf('{'), bytes.indexOf('[')}) {
        if (from < 0)
            continue;
        const qsizetype end =
            from == 0 ? bytes.size() : std::max(bytes.lastIndexOf('}'), bytes.lastIndexOf(']')) + 1;
        const QJsonDocument document = QJsonDocument::fromJson(bytes.mid(from, end - from));
        if (document.isObject())
            return QJsonValue(document.object());
        if (document.isArray())
            return QJsonValue(document.array());
    }
    const QJsonDocument scalar = QJsonDocument::fromJson("[" + bytes + "]");
    if (!bytes.isEmpty() && scalar.isArray() && scalar.array().size() == 1)
        return scalar.array().first();
    return std::nullopt;
}

Finding checkStatus(const QString& expected, const Observed& observed) {
    const std::optional<int> status = observedStatus(observed);
    if (!status)
        return unknown(u"No HTTP status line was observed: run the URL as an http check, or add -i "
                       "to curl."_qs);
    const QString seen = QString::number(*status);
    if (seen == expected.trimmed())
        return pass(u"The HTTP status is %1."_qs.arg(seen), seen);
    return fail(u"The HTTP status is %1, expected %2."_qs.arg(seen, expected.trimmed()), seen);
}

Finding checkJson(const QString& text, const Observed& observed) {
    const Result<QJsonValue> expected = parseLenientJson(text);
    if (!expected)
        return unknown(expected.error().message, shortText(bodyOf(observed)));
    if (bodyOf(observed).trimmed().isEmpty())
        return unknown(u"There is no output to compare."_qs);
    const std::optional<QJsonValue> actual = observedJson(observed);
    if (!actual)
        return fail(u"The output is not JSON."_qs, shortText(bodyOf(observed)));
    Finding finding = matchJsonSubset(*expected, *actual);
    finding.observed = shortText(finding.observed);
    return finding;
}

enum class Relation { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual };

struct Comparison {
    QString path;
    Relation relation = Relation::Equal;
    QJsonValue literal;
};

std::optional<Comparison> parseComparison(const QString& text) {
    static const QRegularExpression form(
        u"^\\s*([A-Za-z_][\\w.\\[\\]\"'-]*?)\\s*(==|!=|<=|>=|<|>)\\s*(.+?)\\s*$"_qs);
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch() || text.contains(u"&&") || text.contains(u"||"))
        return std::nullopt;
    static const std::array<std::pair<QStringView, Relation>, 6> relations = {{
        {u"==", Relation::Equal},
        {u"!=", Relation::NotEqual},
        {u"<", Relation::Less},
        {u"<=", Relation::LessOrEqual},
        {u">", Relation::Greater},
        {u">=", Relation::GreaterOrEqual},
    }};
    Comparison comparison;
    comparison.path = match.captured(1);
    for (const auto& [sign, relation] : relations) {
        if (match.captured(2) == sign)
            comparison.relation = relation;
    }
    const Result<QJsonValue> literal = parseLenientJson(match.captured(3));
    if (!literal)
        return std::nullopt;
    comparison.literal = *literal;
    return comparison;
}

/// The member at "a.b[0].c"; undefined where there is none.
QJsonValue memberAt(QJsonValue value, const QString& path) {
    static const QRegularExpression part(
        u"\\[\\s*[\"']?([^\\]\"']*)[\"']?\\s*\\]|([^.\\[\\]]+)"_qs);
    QRegularExpressionMatchIterator parts = part.globalMatch(path);
    while (parts.hasNext()) {
        const QRegularExpressionMatch match = parts.next();
        const QString name = match.captured(1).isEmpty() ? match.captured(2) : match.captured(1);
        if (value.isArray()) {
            bool isIndex = false;
            const int index = name.toInt(&isIndex);
            value = isIndex ? value.toArray().at(index) : QJsonValue(QJsonValue::Undefined);
        } else {
            value = value.toObject().value(name);
        }
        if (value.isUndefined())
            return value;
    }
    return value;
}

QJsonValue observedValue(const QString& path, const Observed& observed) {
    if (path == u"exit")
        return observed.exitCode ? QJsonValue(*observed.exitCode)
                                 : QJsonValue(QJsonValue::Undefined);
    if (path == u"http.status" || path == u"status") {
        const std::optional<int> status = observedStatus(observed);
        return status ? QJsonValue(*status) : QJsonValue(QJsonValue::Undefined);
    }
    if (path == u"output")
        return bodyOf(observed).trimmed();
    const std::optional<QJsonValue> json = observedJson(observed);
    if (!json)
        return {QJsonValue::Undefined};
    if (path == u"body")
        return *json;
    return memberAt(*json, path.startsWith(u"body") ? path.mid(4) : path);
}

std::optional<bool> holds(const QJsonValue& left, Relation relation, const QJsonValue& right) {
    switch (relation) {
    case Relation::Equal:
        return left == right;
    case Relation::NotEqual:
        return left != right;
    case Relation::Less:
    case Relation::LessOrEqual:
    case Relation::Greater:
    case Relation::GreaterOrEqual:
        break;
    }
    if (!left.isDouble() || !right.isDouble())
        return std::nullopt;
    const double a = left.toDouble();
    const double b = right.toDouble();
    switch (relation) {
    case Relation::Less:
        return a < b;
    case Relation::LessOrEqual:
        return a <= b;
    case Relation::Greater:
        return a > b;
    case Relation::GreaterOrEqual:
        return a >= b;
    case Relation::Equal:
    case Relation::NotEqual:
        break;
    }
    return std::nullopt;
}

Finding checkComparison(const QString& text, const Observed& observed) {
    const std::optional<Comparison> comparison = parseComparison(text);
    if (!comparison)
        return unknown(u"“%1” is no comparison that can be checked here."_qs.arg(shortText(text)),
                       shortText(bodyOf(observed)));
    const QJsonValue value = observedValue(comparison->path, observed);
    if (value.isUndefined())
        return unknown(u"%1 was not observed."_qs.arg(comparison->path),
                       shortText(bodyOf(observed)));
    const QString seen = u"%1 is %2"_qs.arg(comparison->path, shortText(jsonText(value)));
    const std::optional<bool> result = holds(value, comparison->relation, comparison->literal);
    if (!result)
        return unknown(seen + u", which is not a number."_qs, seen);
    return *result ? pass(seen + u'.', seen)
                   : fail(u"%1, expected %2."_qs.arg(seen, text.trimmed()), seen);
}

Finding checkContains(const QString& text, const Observed& observed) {
    const QString out = plainText(observed.out);
    const QString err = plainText(observed.err);
    const QString wanted = text.trimmed();
    const QString seen = shortText(out.trimmed().isEmpty() ? err : out);
    if (out.contains(wanted) || err.contains(wanted))
        return pass(u"The output holds “%1”."_qs.arg(shortText(wanted)), seen);
    return fail(u"The output does not hold “%1”."_qs.arg(shortText(wanted)), seen);
}

/// Twice the longest common subsequence over both lengths: 1 for equal texts.
double similarity(const QString& a, const QString& b) {
    if (a.isEmpty() && b.isEmpty())
        return 1;
    std::vector<int> row(static_cast<std::size_t>(b.size()) + 1, 0);
    for (const QChar c : a) {
        int diagonal = 0;
        for (std::size_t j = 1; j < row.size(); ++j) {
            const int above = row[j];
            row[j] =
                c == b[static_cast<qsizetype>(j) - 1] ? diagonal + 1 : std::max(above, row[j - 1]);
            diagonal = above;
        }
    }
    return 2.0 * row.back() / static_cast<double>(a.size() + b.size());
}

Finding checkSimilar(const QString& text, const Observed& observed) {
    bool isRatio = false;
    const double ratio = text.section(u'\n', 0, 0).toDouble(&isRatio);
    const QString expected = text.section(u'\n', 1).trimmed();
    const QString seen = bodyOf(observed).trimmed();
    if (!isRatio || expected.size() > comparedCharacters || seen.size() > comparedCharacters)
        return unknown(u"The texts are too long to compare: judge by eye."_qs, shortText(seen));
    const double value = similarity(expected, seen);
    const QString reason =
        u"The output is %1 alike, at least %2 is expected."_qs.arg(value, 0, 'f', 2)
            .arg(ratio, 0, 'f', 2);
    return value >= ratio ? pass(reason, shortText(seen)) : fail(reason, shortText(seen));
}

/// Journals have had this one word of their own since the first.
QString storedName(ExpectationKind kind) {
    return kind == ExpectationKind::HttpStatus ? u"httpStatus"_qs : nameOf(kind);
}

} // namespace

Finding checkExpectation(const Expectation& expectation, const Observed& observed) {
    switch (expectation.kind) {
    case ExpectationKind::HttpStatus:
        return checkStatus(expectation.text, observed);
    case ExpectationKind::Json:
        return checkJson(expectation.text, observed);
    case ExpectationKind::Comparison:
        return checkComparison(expectation.text, observed);
    case ExpectationKind::Contains:
        return checkContains(expectation.text, observed);
    case ExpectationKind::Similar:
        return checkSimilar(expectation.text, observed);
    case ExpectationKind::Manual:
        break;
    }
    return unknown(u"A person compares what was observed with what is expected."_qs,
                   shortText(plainText(observed.out.isEmpty() ? observed.err : observed.out)));
}

QJsonObject expectationResultToJson(const ExpectationResult& result) {
    return {
        {u"kind"_qs, storedName(result.expectation.kind)},
        {u"text"_qs, result.expectation.text},
        {u"line"_qs, result.expectation.line},
        {u"verdict"_qs, verdictName(result.finding.verdict)},
        {u"reason"_qs, result.finding.reason},
        {u"observed"_qs, result.finding.observed},
    };
}

ExpectationResult expectationResultFromJson(const QJsonObject& object) {
    ExpectationResult result;
    const QString kind = object.value(u"kind").toString();
    for (const ExpectationKind candidate :
         {ExpectationKind::HttpStatus, ExpectationKind::Json, ExpectationKind::Comparison,
          ExpectationKind::Contains, ExpectationKind::Similar}) {
        if (kind == storedName(candidate))
            result.expectation.kind = candidate;
    }
    result.finding.verdict = verdictFromName(object.value(u"verdict").toString());
    result.expectation.text = object.value(u"text").toString();
    result.expectation.line = object.value(u"line").toInt(1);
    result.finding.reason = object.value(u"reason").toString();
    result.finding.observed = object.value(u"observed").toString();
    return result;
}

} // namespace models
