// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/placeholder.h"

#include <QRegularExpression>

#include <optional>

namespace models {
namespace {

bool isHarmless(const QString& value) {
    static const QRegularExpression harmless(u"^[A-Za-z0-9_./:@%+,-]+$"_qs);
    return harmless.match(value).hasMatch();
}

/// "API Host" and "api-host" name the same placeholder.
QString normalised(QStringView name) {
    QString result;
    for (const QChar c : name.trimmed())
        result += c.isLetterOrNumber() ? c.toLower() : u'-';
    return result;
}

bool standsBare(const QString& name) {
    static const QRegularExpression bare(u"^(?:your[-_]|my[-_]|x\\.y|xx)"_qs,
                                         QRegularExpression::CaseInsensitiveOption);
    return bare.match(name).hasMatch();
}

struct Occurrence {
    qsizetype length = 0;
    QString name;
};

/// Finds placeholders by their place in the text.
class Finder {
public:
    explicit Finder(const QStringList& names) {
        for (const QString& name : names) {
            m_byForm.insert(normalised(name), name);
            if (standsBare(name))
                m_bare.append(name);
        }
    }

    [[nodiscard]] std::optional<Occurrence> at(QStringView text, qsizetype from) const {
        if (text[from] == u'<')
            return bracketed(text, from, u"<", u">");
        if (text.mid(from).startsWith(u"{{"))
            return bracketed(text, from, u"{{", u"}}");
        const bool insideWord = from > 0 && isWordCharacter(text[from - 1]);
        if (insideWord || (from > 0 && (text[from - 1] == u'$' || text[from - 1] == u'{')))
            return std::nullopt;
        for (const QString& name : m_bare) {
            const qsizetype end = from + name.size();
            if (text.mid(from).startsWith(name) &&
                (end >= text.size() || !isWordCharacter(text[end])))
                return Occurrence{name.size(), name};
        }
        return std::nullopt;
    }

private:
    [[nodiscard]] std::optional<Occurrence> bracketed(QStringView text, qsizetype from,
                                                      QStringView open, QStringView close) const {
        const qsizetype end = text.indexOf(close, from + open.size());
        if (end < 0)
            return std::nullopt;
        const QStringView inner = text.mid(from + open.size(), end - from - open.size());
        const auto found = m_byForm.constFind(normalised(inner));
        if (inner.contains(u'\n') || found == m_byForm.cend())
            return std::nullopt;
        return Occurrence{end + close.size() - from, *found};
    }

    static bool isWordCharacter(QChar c) { return c.isLetterOrNumber() || c == u'_'; }

    QMap<QString, QString> m_byForm;
    QStringList m_bare;
};

enum class Context { Bare, Double, Single, Backquoted, Comment, HereDocument };

/// Walks shell text far enough to know how each character is quoted.
class Filler {
public:
    Filler(const QString& script, const QStringList& names, const QMap<QString, QString>& values)
        : m_text(script)
        , m_finder(names)
        , m_values(values) {}

    Result<QString> fill() {
        while (m_at < m_text.size()) {
            const std::optional<Occurrence> found =
                context() == Context::Comment ? std::nullopt : m_finder.at(m_text, m_at);
            if (!found) {
                step();
                continue;
            }
            const Result<QString> word = written(*found);
            if (!word)
                return word;
            m_filled += *word;
            m_at += found->length;
        }
        return m_filled;
    }

private:
    [[nodiscard]] Context context() const { return m_contexts.last(); }

    Result<QString> written(const Occurrence& found) const {
        if (!m_values.contains(found.name))
            return failure(ErrorCode::InvalidInput, u"%1 has no value."_qs.arg(found.name));
        const QString value = m_values.value(found.name);
        switch (context()) {
        case Context::Bare:
            return isHarmless(value) ? value : shellQuoted(value);
        case Context::Double: {
            QString escaped = value;
            static const QRegularExpression special(u"([\\\\\"$`])"_qs);
            escaped.replace(special, u"\\\\1"_qs);
            return escaped;
        }
        case Context::Single:
            return failure(ErrorCode::Refused,
                           u"%1 stands in single quotes, where it is literal text: edit the "
                           "command."_qs.arg(found.name));
        case Context::Backquoted:
        case Context::HereDocument:
        case Context::Comment:
            break;
        }
        if (isHarmless(value))
            return value;
        return failure(ErrorCode::Refused,
                       u"The value of %1 cannot be put safely where it stands (backquotes or a "
                       "here-document): edit the command."_qs.arg(found.name));
    }

    void take(qsizetype count) {
        m_filled += m_text.mid(m_at, count);
        m_at += count;
    }

    void step() {
        const QChar c = m_text[m_at];
        switch (context()) {
        case Context::Comment:
            if (c == u'\n')
                m_contexts.removeLast();
            else
                return take(1);
            return stepBare(c);
        case Context::Single:
            if (c == u'\'')
                m_contexts.removeLast();
            return take(1);
        case Context::Double:
            return stepDouble(c);
        case Context::HereDocument:
            return stepHereDocument(c);
        case Context::Backquoted:
            if (c == u'`')
                m_contexts.removeLast();
            return take(c == u'\\' ? 2 : 1);
        case Context::Bare:
            return stepBare(c);
        }
    }

    void stepDouble(QChar c) {
        if (c == u'\\')
            return take(2);
        if (c == u'"')
            m_contexts.removeLast();
        else if (c == u'`')
            m_contexts.append(Context::Backquoted);
        else if (m_text.mid(m_at).startsWith(u"$(")) {
            m_contexts.append(Context::Bare);
            return take(2);
        }
        take(1);
    }

    void stepBare(QChar c) {
        if (c == u'\\')
            return take(2);
        if (c == u'\n' && !m_delimiters.isEmpty()) {
            m_contexts.append(Context::HereDocument);
            return take(1);
        }
        const bool wordStart = m_at == 0 || m_text[m_at - 1].isSpace() ||
                               QStringView(u";&|(").contains(m_text[m_at - 1]);
        if (c == u'\'')
            m_contexts.append(Context::Single);
        else if (c == u'"')
            m_contexts.append(Context::Double);
        else if (c == u'`')
            m_contexts.append(Context::Backquoted);
        else if (c == u'#' && wordStart)
            m_contexts.append(Context::Comment);
        else if (c == u'(')
            m_contexts.append(Context::Bare);
        else if (c == u')' && m_contexts.size() > 1)
            m_contexts.removeLast();
        else if (c == u'<')
            noteHereDocument();
        take(1);
    }

    void noteHereDocument() {
        static const QRegularExpression start(u"\\G<<(-?)[ \\t]*(['\"]?)([A-Za-z_][\\w.-]*)\\2"_qs);
        const bool third = m_at > 0 && m_text[m_at - 1] == u'<';
        const QRegularExpressionMatch match = start.match(m_text, m_at);
        if (!third && match.hasMatch())
            m_delimiters.append(match.captured(3));
    }

    void stepHereDocument(QChar c) {
        const bool lineStart = m_text[m_at - 1] == u'\n';
        if (lineStart) {
            qsizetype end = m_text.indexOf(u'\n', m_at);
            if (end < 0)
                end = m_text.size();
            if (m_text.mid(m_at, end - m_at).trimmed() == m_delimiters.first()) {
                m_delimiters.removeFirst();
                take(end - m_at);
                m_contexts.removeLast();
                return;
            }
        }
        Q_UNUSED(c)
        take(1);
    }

    QStringView m_text;
    Finder m_finder;
    const QMap<QString, QString>& m_values;
    QList<Context> m_contexts{Context::Bare};
    QStringList m_delimiters; ///< of here-documents whose bodies begin on the next line
    QString m_filled;
    qsizetype m_at = 0;
};

} // namespace

bool isVariableName(const QString& name) {
    static const QRegularExpression form(u"^[A-Za-z_][A-Za-z0-9_]*$"_qs);
    return form.match(name).hasMatch();
}

QString shellQuoted(const QString& value) {
    QString inner = value;
    inner.replace(u"'"_qs, u"'\\''"_qs);
    return u'\'' + inner + u'\'';
}

Result<QString> fillPlaceholders(const QString& script, const QStringList& names,
                                 const QMap<QString, QString>& values) {
    return Filler(script, names, values).fill();
}

QString quotedUrl(const QString& url, const QStringList& names,
                  const QMap<QString, QString>& values) {
    static const QRegularExpression variable(
        u"\\G\\$(?:\\{([A-Za-z_][A-Za-z0-9_]*)\\}|([A-Za-z_][A-Za-z0-9_]*))"_qs);
    const Finder finder(names);
    QString result;
    QString fixed;
    const auto flush = [&result, &fixed] {
        if (!fixed.isEmpty())
            result += shellQuoted(fixed);
        fixed.clear();
    };
    for (qsizetype at = 0; at < url.size();) {
        const QRegularExpressionMatch match = variable.match(url, at);
        if (match.hasMatch()) {
            flush();
            result += u"\"${%1}\""_qs.arg(match.captured(1) + match.captured(2));
            at = match.capturedEnd();
        } else if (const std::optional<Occurrence> found = finder.at(url, at)) {
            fixed += values.value(found->name);
            at += found->length;
        } else {
            fixed += url[at++];
        }
    }
    flush();
    return result.isEmpty() ? u"''"_qs : result;
}

} // namespace models
