// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/jsonsubset.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace models {
namespace {

Finding matchAt(const QString& path, const QJsonValue& expected, const QJsonValue& actual);

Finding matchObject(const QString& path, const QJsonObject& expected, const QJsonObject& actual) {
    for (auto it = expected.constBegin(); it != expected.constEnd(); ++it) {
        if (it.key() == u"...")
            continue;
        const QString below = path + u'.' + it.key();
        if (!actual.contains(it.key()))
            return {Verdict::Fail, u"%1 is missing."_qs.arg(below), jsonText(actual)};
        const Finding finding = matchAt(below, it.value(), actual.value(it.key()));
        if (finding.verdict != Verdict::Pass)
            return finding;
    }
    return {Verdict::Pass, u"All expected members are there."_qs, jsonText(actual)};
}

Finding matchArray(const QString& path, const QJsonArray& expected, const QJsonArray& actual) {
    const bool open = !expected.isEmpty() && expected.last() == QJsonValue(u"..."_qs);
    const qsizetype count = open ? expected.size() - 1 : expected.size();
    if (open ? actual.size() < count : actual.size() != count) {
        return {Verdict::Fail,
                u"%1 has %2 entries, expected %3."_qs.arg(path).arg(actual.size()).arg(count),
                jsonText(actual)};
    }
    for (qsizetype i = 0; i < count; ++i) {
        const Finding finding = matchAt(u"%1[%2]"_qs.arg(path).arg(i), expected[i], actual[i]);
        if (finding.verdict != Verdict::Pass)
            return finding;
    }
    return {Verdict::Pass, u"All expected entries are there."_qs, jsonText(actual)};
}

Finding matchAt(const QString& path, const QJsonValue& expected, const QJsonValue& actual) {
    if (expected == QJsonValue(u"..."_qs))
        return {Verdict::Pass, u"Anything is accepted."_qs, jsonText(actual)};
    if (expected.isObject() && actual.isObject())
        return matchObject(path, expected.toObject(), actual.toObject());
    if (expected.isArray() && actual.isArray())
        return matchArray(path, expected.toArray(), actual.toArray());
    if (expected == actual)
        return {Verdict::Pass, u"%1 is as expected."_qs.arg(path), jsonText(actual)};
    return {Verdict::Fail,
            u"%1 is %2, expected %3."_qs.arg(path, shortText(jsonText(actual)),
                                             shortText(jsonText(expected))),
            jsonText(actual)};
}

} // namespace

QString shortText(const QString& text) {
    constexpr qsizetype most = 400;
    const QString trimmed = text.trimmed();
    return trimmed.size() <= most ? trimmed : trimmed.left(most) + u'…';
}

QString jsonText(const QJsonValue& value) {
    if (value.isUndefined())
        return u"nothing"_qs;
    const QByteArray array = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(array.mid(1, array.size() - 2));
}

Finding matchJsonSubset(const QJsonValue& expected, const QJsonValue& actual) {
    return matchAt(u"body"_qs, expected, actual);
}

} // namespace models
