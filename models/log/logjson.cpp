// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logjson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonValue>

#include <algorithm>

namespace models {

namespace {

constexpr int deepestIndent = 40; ///< deeper levels look alike: brackets alone must not fill memory
constexpr int deepestFields = 8;
constexpr qsizetype mostFields = 2'000;

bool isBlank(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

class Indenter {
public:
    explicit Indenter(QByteArrayView json)
        : m_json(json) {}

    QByteArray run() {
        while (m_at < m_json.size())
            step(m_json[m_at++]);
        return m_out;
    }

private:
    void step(char byte) {
        if (isBlank(byte))
            return;
        switch (byte) {
        case '"':
            m_out += byte;
            copyString();
            break;
        case '{':
        case '[':
            m_out += byte;
            open();
            break;
        case '}':
        case ']':
            --m_depth;
            newLine();
            m_out += byte;
            break;
        case ',':
            m_out += byte;
            newLine();
            break;
        case ':':
            m_out += ": ";
            break;
        default:
            m_out += byte;
        }
    }

    void copyString() {
        while (m_at < m_json.size()) {
            const char byte = m_json[m_at++];
            m_out += byte;
            if (byte == '\\' && m_at < m_json.size())
                m_out += m_json[m_at++];
            else if (byte == '"')
                return;
        }
    }

    /// What is empty stays on one line.
    void open() {
        while (m_at < m_json.size() && isBlank(m_json[m_at]))
            ++m_at;
        if (m_at < m_json.size() && (m_json[m_at] == '}' || m_json[m_at] == ']')) {
            m_out += m_json[m_at++];
            return;
        }
        ++m_depth;
        newLine();
    }

    void newLine() {
        m_out += '\n';
        m_out += QByteArray(2 * std::clamp(m_depth, 0, deepestIndent), ' ');
    }

    QByteArrayView m_json;
    qsizetype m_at = 0;
    int m_depth = 0;
    QByteArray m_out;
};

/// A string with its quotes, as JSON has it.
QByteArray quoted(const QString& text) {
    const QByteArray array = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return array.sliced(1, array.size() - 2);
}

/// What a line calls a number is one in JSON only in its spelling.
bool isJsonScalar(const QByteArray& value) {
    return !QJsonDocument::fromJson('[' + value + ']').isNull();
}

void addFlat(QList<FlatField>& flat, const QList<LogField>& fields, const QString& prefix,
             int depth) {
    for (const LogField& field : fields) {
        if (flat.size() >= mostFields)
            return;
        const QString name = prefix + QString::fromUtf8(field.name);
        const QList<LogField> inner = field.kind == LogField::Kind::Nested &&
                                              field.value.startsWith('{') && depth < deepestFields
                                          ? fieldsOf(field.value)
                                          : QList<LogField>();
        if (inner.isEmpty())
            flat.append({name, valueText(field)});
        else
            addFlat(flat, inner, name + QLatin1Char('.'), depth + 1);
    }
}

} // namespace

QByteArray prettyJson(QByteArrayView json) {
    return Indenter(json).run();
}

QByteArray jsonOfLine(QByteArrayView line) {
    const QList<LogField> fields = fieldsOf(line);
    if (fields.isEmpty())
        return {};
    if (QJsonDocument::fromJson(line.toByteArray()).isObject())
        return prettyJson(line);
    QByteArray object = "{";
    for (const LogField& field : fields) {
        const QByteArray raw = field.value.toByteArray();
        const bool isBare = field.kind != LogField::Kind::Text && isJsonScalar(raw);
        object += (object.size() > 1 ? "," : "") + quoted(QString::fromUtf8(field.name)) + ':' +
                  (isBare ? raw : quoted(valueText(field)));
    }
    return prettyJson(object + '}');
}

QString valueText(const LogField& field) {
    if (field.kind != LogField::Kind::Text || !field.value.contains('\\'))
        return QString::fromUtf8(field.value);
    const QByteArray array = "[\"" + field.value.toByteArray() + "\"]";
    const QJsonDocument resolved = QJsonDocument::fromJson(array);
    return resolved.isNull() ? QString::fromUtf8(field.value) : resolved.array().first().toString();
}

QList<FlatField> flatFields(QByteArrayView line) {
    QList<FlatField> flat;
    addFlat(flat, fieldsOf(line), {}, 0);
    return flat;
}

} // namespace models
