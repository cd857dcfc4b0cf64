// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logfields.h"

#include <optional>

namespace models {

namespace {

bool isBlank(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\r';
}

bool isNameByte(char byte) {
    const char lower = static_cast<char>(byte | 0x20);
    return (lower >= 'a' && lower <= 'z') || (byte >= '0' && byte <= '9') || byte == '_' ||
           byte == '.' || byte == '-' || byte == '@';
}

class FieldReader {
public:
    explicit FieldReader(QByteArrayView text)
        : m_text(text) {}

    std::optional<QList<LogField>> object() {
        QList<LogField> fields;
        if (!take('{'))
            return std::nullopt;
        while (!take('}')) {
            LogField field;
            if (!fields.isEmpty() && !take(','))
                return std::nullopt;
            const std::optional<QByteArrayView> name = quoted();
            if (!name || !take(':') || !value(field))
                return std::nullopt;
            field.name = *name;
            fields.append(field);
        }
        skipBlanks();
        return m_at == m_text.size() ? std::optional(fields) : std::nullopt;
    }

    QList<LogField> pairs() {
        QList<LogField> fields;
        while (m_at < m_text.size()) {
            const qsizetype start = m_at;
            while (m_at < m_text.size() && isNameByte(m_text[m_at]))
                ++m_at;
            const QByteArrayView name = m_text.sliced(start, m_at - start);
            const bool begins = start == 0 || !isNameByte(m_text[start - 1]);
            if (begins && !name.isEmpty() && m_at < m_text.size() && m_text[m_at] == '=') {
                ++m_at;
                LogField field;
                pairValue(field);
                field.name = name;
                fields.append(field);
            } else if (m_at == start) {
                ++m_at;
            }
        }
        return fields;
    }

private:
    void skipBlanks() {
        while (m_at < m_text.size() && isBlank(m_text[m_at]))
            ++m_at;
    }

    bool take(char byte) {
        skipBlanks();
        if (m_at == m_text.size() || m_text[m_at] != byte)
            return false;
        ++m_at;
        return true;
    }

    /// What is in the quotes that begin here.
    std::optional<QByteArrayView> quoted() {
        skipBlanks();
        if (m_at == m_text.size() || m_text[m_at] != '"')
            return std::nullopt;
        const qsizetype start = ++m_at;
        for (; m_at < m_text.size(); ++m_at) {
            if (m_text[m_at] == '\\')
                ++m_at;
            else if (m_text[m_at] == '"')
                return m_text.sliced(start, m_at++ - start);
        }
        m_at = start - 1;
        return std::nullopt;
    }

    bool value(LogField& field) {
        skipBlanks();
        if (m_at == m_text.size())
            return false;
        const qsizetype start = m_at;
        if (m_text[m_at] == '"') {
            const std::optional<QByteArrayView> text = quoted();
            field.value = text.value_or(QByteArrayView());
            return text.has_value();
        }
        if (m_text[m_at] == '{' || m_text[m_at] == '[') {
            field.kind = LogField::Kind::Nested;
            if (!skipNested())
                return false;
        } else {
            field.kind = LogField::Kind::Number;
            while (m_at < m_text.size() && isNameByte(m_text[m_at] == '+' ? '-' : m_text[m_at]))
                ++m_at;
        }
        field.value = m_text.sliced(start, m_at - start);
        return m_at > start;
    }

    bool skipNested() {
        int depth = 0;
        while (m_at < m_text.size()) {
            const char byte = m_text[m_at];
            if (byte == '"') {
                if (!quoted())
                    return false;
                continue;
            }
            ++m_at;
            if (byte == '{' || byte == '[')
                ++depth;
            else if ((byte == '}' || byte == ']') && --depth == 0)
                return true;
        }
        return false;
    }

    void pairValue(LogField& field) {
        if (m_at < m_text.size() && m_text[m_at] == '"') {
            if (const std::optional<QByteArrayView> text = quoted()) {
                field.value = *text;
                return;
            }
        }
        const qsizetype start = m_at;
        while (m_at < m_text.size() && !isBlank(m_text[m_at]))
            ++m_at;
        field.value = m_text.sliced(start, m_at - start);
        bool isNumber = false;
        field.value.toByteArray().toDouble(&isNumber);
        field.kind = isNumber ? LogField::Kind::Number : LogField::Kind::Text;
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
};

} // namespace

QList<LogField> fieldsOf(QByteArrayView text) {
    if (std::optional<QList<LogField>> fields = FieldReader(text).object())
        return *fields;
    return FieldReader(text).pairs();
}

} // namespace models
