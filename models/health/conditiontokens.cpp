// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/conditiontokens.h"

#include <array>
#include <cmath>

namespace models {

namespace {

using Kind = ConditionToken::Kind;

struct UnitWord {
    QStringView text;
    Unit unit;
    double factor;
};

constexpr std::array unitWords = {
    UnitWord{u"ms", Unit::Time, 0.001}, UnitWord{u"s", Unit::Time, 1},
    UnitWord{u"m", Unit::Time, 60},     UnitWord{u"h", Unit::Time, 3600},
    UnitWord{u"d", Unit::Time, 86'400}, UnitWord{u"KB", Unit::Bytes, 1e3},
    UnitWord{u"MB", Unit::Bytes, 1e6},  UnitWord{u"GB", Unit::Bytes, 1e9},
};

constexpr double longestSeconds = 3660.0 * 86'400; ///< fits every clock that reckons with it

bool isNameStart(QChar c) {
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_';
}

bool isDigit(QChar c) {
    return c >= u'0' && c <= u'9';
}

class Lexer {
public:
    explicit Lexer(const QString& text)
        : m_text(text) {}

    tl::expected<QList<ConditionToken>, ConditionError> run() {
        while (true) {
            while (m_at < m_text.size() && m_text[m_at].isSpace())
                ++m_at;
            ConditionToken token;
            token.begin = m_at;
            if (m_at < m_text.size()) {
                if (auto read = readInto(token); !read)
                    return tl::unexpected(read.error());
            }
            token.end = m_at;
            m_tokens.append(token);
            if (token.kind == Kind::End)
                return m_tokens;
        }
    }

private:
    using Read = tl::expected<void, ConditionError>;

    [[nodiscard]] QChar peek(int ahead = 0) const {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : QChar();
    }
    [[nodiscard]] tl::unexpected<ConditionError> error(int at, const QString& message) const {
        return tl::unexpected(ConditionError{at + 1, message});
    }

    Read readInto(ConditionToken& token) {
        const QChar c = peek();
        if (isDigit(c))
            return readNumber(token);
        if (isNameStart(c)) {
            readName(token);
            return {};
        }
        if (c == u'"' || c == u'\'')
            return readText(token, c);
        return readSign(token);
    }

    void readName(ConditionToken& token) {
        while (isNameStart(peek()) || isDigit(peek()))
            ++m_at;
        token.kind = Kind::Name;
        token.text = m_text.mid(token.begin, m_at - token.begin);
    }

    Read readNumber(ConditionToken& token) {
        token.kind = Kind::Number;
        while (isDigit(peek()))
            ++m_at;
        if (peek() == u'.' && isDigit(peek(1))) {
            ++m_at;
            while (isDigit(peek()))
                ++m_at;
        }
        const double number = QStringView(m_text).mid(token.begin, m_at - token.begin).toDouble();
        if (!std::isfinite(number))
            return error(token.begin, u"This number is too large."_qs);
        token.quantity = {number, Unit::None};
        const int unitAt = m_at;
        if (peek() == u'%') {
            ++m_at;
            token.isPercent = true;
            token.quantity.number = number / 100;
            return {};
        }
        while (isNameStart(peek()))
            ++m_at;
        const QStringView unit = QStringView(m_text).mid(unitAt, m_at - unitAt);
        if (unit.isEmpty())
            return {};
        if (unit == u"x") {
            token.isTimes = true;
            return {};
        }
        for (const UnitWord& word : unitWords) {
            if (word.text != unit)
                continue;
            token.quantity = {number * word.factor, word.unit};
            if (word.unit == Unit::Time && token.quantity.number > longestSeconds)
                return error(token.begin, u"This is longer than ten years."_qs);
            return {};
        }
        return error(unitAt, u"\"%1\" is no unit. Use ms, s, m, h, d, %, KB, MB or GB."_qs.arg(
                                 unit.toString()));
    }

    Read readText(ConditionToken& token, QChar quote) {
        token.kind = Kind::Text;
        ++m_at;
        while (m_at < m_text.size() && peek() != quote) {
            if (peek() == u'\\' && (peek(1) == quote || peek(1) == u'\\'))
                ++m_at;
            token.text += peek();
            ++m_at;
        }
        if (m_at >= m_text.size())
            return error(token.begin, u"This text has no closing %1."_qs.arg(quote));
        ++m_at;
        return {};
    }

    Read readSign(ConditionToken& token) {
        static constexpr std::array<QStringView, 6> pairs{u"==", u"!=", u"<=", u">=", u"&&", u"||"};
        token.kind = Kind::Sign;
        const QStringView rest = QStringView(m_text).mid(m_at);
        for (const QStringView pair : pairs) {
            if (rest.startsWith(pair)) {
                token.text = pair.toString();
                m_at += 2;
                return {};
            }
        }
        static constexpr QStringView single = u"<>!()[],.+-*/";
        const QChar c = peek();
        if (single.contains(c)) {
            token.text = c;
            ++m_at;
            return {};
        }
        if (c == u'=')
            return error(m_at, u"Write == to compare; = alone is not used."_qs);
        if (c == u'&' || c == u'|')
            return error(m_at,
                         u"Write %1%1 for \"%2\"."_qs.arg(c).arg(c == u'&' ? u"and"_qs : u"or"_qs));
        return error(m_at, u"\"%1\" has no meaning in a condition."_qs.arg(c));
    }

    const QString& m_text;
    int m_at = 0;
    QList<ConditionToken> m_tokens;
};

} // namespace

tl::expected<QList<ConditionToken>, ConditionError> conditionTokens(const QString& text) {
    return Lexer(text).run();
}

std::optional<Quantity> quantityFromText(const QString& text) {
    const auto tokens = conditionTokens(text);
    if (!tokens || tokens->size() != 2 || tokens->first().kind != Kind::Number ||
        tokens->first().isTimes)
        return std::nullopt;
    return tokens->first().quantity;
}

} // namespace models
