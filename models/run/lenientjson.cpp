// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/lenientjson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace models {
namespace {

constexpr int maximumDepth = 100;

/// Reads JSON as documents hold it. Positions are characters of the text.
class Reader {
public:
    explicit Reader(QStringView text)
        : m_text(text) {}

    Result<QJsonValue> read() {
        Result<QJsonValue> value = readValue(0);
        skipBlank();
        if (value && m_at < m_text.size())
            return wrong(u"something follows the value"_qs);
        return value;
    }

private:
    Result<QJsonValue> readValue(int depth) {
        skipBlank();
        if (depth > maximumDepth)
            return wrong(u"it is nested too deeply"_qs);
        if (m_at >= m_text.size())
            return wrong(u"it ends too early"_qs);
        if (m_text.mid(m_at).startsWith(u"...")) {
            m_at += 3;
            return QJsonValue(u"..."_qs);
        }
        const QChar c = m_text[m_at];
        if (c == u'{')
            return readObject(depth);
        if (c == u'[')
            return readArray(depth);
        if (c == u'"' || c == u'\'')
            return readString();
        return readBare();
    }

    Result<QJsonValue> readObject(int depth) {
        ++m_at;
        QJsonObject object;
        for (;;) {
            skipSeparators();
            if (take(u'}'))
                return QJsonValue(object);
            const Result<QJsonValue> key = readKey();
            if (!key)
                return key;
            skipBlank();
            if (key->toString() == u"..." && !peek(u':')) {
                object.insert(u"..."_qs, u"..."_qs); // "and more": a subset has that anyway
                continue;
            }
            if (!take(u':'))
                return wrong(u"a colon is missing"_qs);
            Result<QJsonValue> value = readValue(depth + 1);
            if (!value)
                return value;
            object.insert(key->toString(), *value);
        }
    }

    Result<QJsonValue> readArray(int depth) {
        ++m_at;
        QJsonArray array;
        for (;;) {
            skipSeparators();
            if (take(u']'))
                return QJsonValue(array);
            Result<QJsonValue> value = readValue(depth + 1);
            if (!value)
                return value;
            array.append(*value);
        }
    }

    Result<QJsonValue> readKey() {
        if (m_at >= m_text.size())
            return wrong(u"it ends too early"_qs);
        if (m_text[m_at] == u'"' || m_text[m_at] == u'\'')
            return readString();
        return QJsonValue(bareWord());
    }

    Result<QJsonValue> readString() {
        const QChar quote = m_text[m_at];
        const qsizetype from = m_at++;
        while (m_at < m_text.size() && m_text[m_at] != quote)
            m_at += m_text[m_at] == u'\\' ? 2 : 1;
        if (m_at >= m_text.size())
            return wrong(u"a quotation mark is missing"_qs);
        ++m_at;
        const QStringView inner = m_text.mid(from + 1, m_at - from - 2);
        if (quote == u'\'')
            return QJsonValue(inner.toString());
        const QJsonDocument document =
            QJsonDocument::fromJson(QByteArray("[\"" + inner.toUtf8() + "\"]"));
        return document.isArray() ? Result<QJsonValue>(document.array().first())
                                  : wrong(u"a string is malformed"_qs);
    }

    Result<QJsonValue> readBare() {
        const QString word = bareWord();
        if (word.isEmpty())
            return wrong(u"a value is missing"_qs);
        if (word == u"true" || word == u"false")
            return QJsonValue(word == u"true");
        if (word == u"null")
            return QJsonValue(QJsonValue::Null);
        bool isNumber = false;
        const double number = word.toDouble(&isNumber);
        return isNumber ? QJsonValue(number) : QJsonValue(word);
    }

    QString bareWord() {
        const qsizetype from = m_at;
        while (m_at < m_text.size() && !m_text[m_at].isSpace() &&
               !QStringView(u"{}[],:\"'").contains(m_text[m_at]))
            ++m_at;
        if (m_at == from)
            ++m_at; // whatever it is, reading goes on
        return m_text.mid(from, m_at - from).toString();
    }

    void skipBlank() {
        while (m_at < m_text.size() && m_text[m_at].isSpace())
            ++m_at;
    }
    void skipSeparators() {
        while (m_at < m_text.size() && (m_text[m_at].isSpace() || m_text[m_at] == u','))
            ++m_at;
    }
    [[nodiscard]] bool peek(QChar c) const { return m_at < m_text.size() && m_text[m_at] == c; }
    bool take(QChar c) {
        if (!peek(c))
            return false;
        ++m_at;
        return true;
    }
    [[nodiscard]] Result<QJsonValue> wrong(const QString& why) const {
        return failure(
            ErrorCode::InvalidInput,
            u"The expected JSON cannot be read at character %1: %2."_qs.arg(m_at + 1).arg(why));
    }

    QStringView m_text;
    qsizetype m_at = 0;
};

} // namespace

Result<QJsonValue> parseLenientJson(const QString& text) {
    return Reader(text).read();
}

} // namespace models
