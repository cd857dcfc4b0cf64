// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/conditionparser.h"

#include "models/health/conditiontokens.h"

#include <array>
#include <optional>

namespace models {

namespace {

using Kind = ConditionNode::Kind;
using Token = ConditionToken;

constexpr int deepest = 64;   ///< brackets within one another
constexpr int longest = 4096; ///< bounds as well how deep a chain of signs can nest

struct SignKind {
    QStringView sign;
    Kind kind;
};
constexpr std::array comparisons = {
    SignKind{u"==", Kind::Equal},       SignKind{u"!=", Kind::NotEqual},
    SignKind{u"<=", Kind::LessOrEqual}, SignKind{u">=", Kind::GreaterOrEqual},
    SignKind{u"<", Kind::Less},         SignKind{u">", Kind::Greater},
};
constexpr std::array additions = {SignKind{u"+", Kind::Add}, SignKind{u"-", Kind::Subtract}};
constexpr std::array multiplications = {SignKind{u"*", Kind::Multiply},
                                        SignKind{u"/", Kind::Divide}};
constexpr std::array disjunctions = {SignKind{u"||", Kind::Or}};
constexpr std::array conjunctions = {SignKind{u"&&", Kind::And}};

/// Recursive descent, one function a rule of the grammar. After the first error nothing more is
/// taken: every rule returns at once.
class Parser {
public:
    explicit Parser(const QList<Token>& tokens)
        : m_tokens(tokens) {}

    tl::expected<std::pair<ConditionNode, Sustain>, ConditionError> run() {
        ConditionNode root = disjunction();
        Sustain sustain;
        if (!m_error && takeName(u"for"))
            sustain = readSustain();
        if (!m_error && current().kind != Token::Kind::End)
            fail(leftOverMessage());
        if (m_error)
            return tl::unexpected(*m_error);
        return std::pair(std::move(root), sustain);
    }

private:
    [[nodiscard]] const Token& current() const { return m_tokens[m_at]; }
    [[nodiscard]] bool isSign(QStringView sign) const {
        return current().kind == Token::Kind::Sign && current().text == sign;
    }
    [[nodiscard]] bool isName(QStringView name) const {
        return current().kind == Token::Kind::Name && current().text == name;
    }
    void advance() {
        if (current().kind != Token::Kind::End)
            ++m_at;
    }
    bool takeSign(QStringView sign) {
        const bool is = isSign(sign);
        if (is)
            advance();
        return is;
    }
    bool takeName(QStringView name) {
        const bool is = isName(name);
        if (is)
            advance();
        return is;
    }
    void fail(const QString& message) { fail(current(), message); }
    void fail(const Token& at, const QString& message) {
        if (!m_error)
            m_error = ConditionError{at.begin + 1, message};
    }
    void expectSign(QStringView sign) {
        if (!m_error && !takeSign(sign))
            fail(u"Here \"%1\" is missing."_qs.arg(sign.toString()));
    }

    [[nodiscard]] QString leftOverMessage() const {
        if (isName(u"and") || isName(u"or"))
            return u"Write %1 for \"%2\"."_qs.arg(isName(u"and") ? u"&&"_qs : u"||"_qs,
                                                  current().text);
        const bool isComparison = current().kind == Token::Kind::Sign &&
                                  (current().text.contains(u'=') || isSign(u"<") || isSign(u">"));
        if (isComparison)
            return u"Comparisons do not chain. Join two of them with &&."_qs;
        return u"This does not belong to what is before it. Join conditions with && or ||."_qs;
    }

    [[nodiscard]] int lastEnd() const { return m_at > 0 ? m_tokens[m_at - 1].end : 0; }
    ConditionNode joined(Kind kind, ConditionNode left, ConditionNode right) {
        ConditionNode node;
        node.kind = kind;
        node.begin = left.begin;
        node.end = right.end;
        node.parts.push_back(std::move(left));
        node.parts.push_back(std::move(right));
        return node;
    }

    template <size_t Count, class Rule>
    ConditionNode chain(const std::array<SignKind, Count>& signs, Rule rule) {
        ConditionNode left = (this->*rule)();
        while (!m_error) {
            const auto found = signOf(signs);
            if (!found)
                break;
            advance();
            left = joined(*found, std::move(left), (this->*rule)());
        }
        return left;
    }
    template <size_t Count>
    std::optional<Kind> signOf(const std::array<SignKind, Count>& signs) const {
        for (const SignKind& one : signs) {
            if (isSign(one.sign))
                return one.kind;
        }
        return std::nullopt;
    }

    ConditionNode disjunction() { return chain(disjunctions, &Parser::conjunction); }
    ConditionNode conjunction() { return chain(conjunctions, &Parser::negation); }
    ConditionNode sum() { return chain(additions, &Parser::product); }
    ConditionNode product() { return chain(multiplications, &Parser::factor); }

    ConditionNode negation() {
        const int begin = current().begin;
        if (isName(u"not"))
            fail(u"Write ! for \"not\"."_qs);
        if (!takeSign(u"!"))
            return comparison();
        ConditionNode node;
        node.kind = Kind::Not;
        node.begin = begin;
        node.parts.push_back(comparison());
        node.end = node.parts.back().end;
        return node;
    }

    ConditionNode comparison() {
        ConditionNode left = sum();
        if (m_error)
            return left;
        if (takeName(u"in"))
            return membership(std::move(left));
        const auto kind = signOf(comparisons);
        if (!kind)
            return left;
        advance();
        return joined(*kind, std::move(left), sum());
    }

    ConditionNode membership(ConditionNode left) {
        ConditionNode node;
        node.kind = Kind::In;
        node.begin = left.begin;
        node.parts.push_back(std::move(left));
        expectSign(u"[");
        while (!m_error) {
            node.parts.push_back(sum());
            if (!takeSign(u","))
                break;
        }
        expectSign(u"]");
        node.end = lastEnd();
        return node;
    }

    ConditionNode factor() {
        if (current().kind != Token::Kind::Number || !current().isTimes)
            return primary();
        ConditionNode left = literal(current().quantity);
        advance();
        ConditionNode right = primary();
        return joined(Kind::Multiply, std::move(left), std::move(right));
    }

    ConditionNode literal(HealthValue value) {
        ConditionNode node;
        node.literal = std::move(value);
        node.isPercent = current().isPercent;
        node.begin = current().begin;
        node.end = current().end;
        return node;
    }

    ConditionNode primary() {
        if (++m_depth > deepest)
            fail(u"This condition is nested too deep. Split it into several."_qs);
        ConditionNode node = m_error ? ConditionNode() : readPrimary();
        --m_depth;
        return node;
    }

    ConditionNode readPrimary() {
        ConditionNode node;
        switch (current().kind) {
        case Token::Kind::Number:
            node = literal(current().quantity);
            advance();
            return node;
        case Token::Kind::Text:
            node = literal(current().text);
            advance();
            return node;
        case Token::Kind::Name:
            return named();
        case Token::Kind::Sign:
            if (isSign(u"(")) {
                const int begin = current().begin;
                advance();
                node = disjunction();
                expectSign(u")");
                node.begin = begin;
                node.end = lastEnd();
                return node;
            }
            if (isSign(u"-")) {
                fail(u"A number with a minus does not belong here. Subtract instead: a - b."_qs);
                return node;
            }
            break;
        case Token::Kind::End:
            break;
        }
        fail(current().kind == Token::Kind::End
                 ? u"The condition stops here. A value is missing."_qs
                 : u"Here a value is missing."_qs);
        return node;
    }

    ConditionNode named() {
        ConditionNode node;
        const Token name = current();
        for (const auto& [word, value] : {std::pair<QStringView, HealthValue>(u"true", true),
                                          {u"false", false},
                                          {u"null", Null{}}}) {
            if (name.text == word) {
                node = literal(value);
                advance();
                return node;
            }
        }
        for (const QStringView word : {u"for", u"in", u"and", u"or", u"not", u"checks", u"of"}) {
            if (name.text == word) {
                fail(u"Here a value is missing before \"%1\"."_qs.arg(name.text));
                return node;
            }
        }
        advance();
        return isSign(u"(") ? call(name) : path(name);
    }

    ConditionNode call(const Token& name) {
        ConditionNode node;
        node.kind = Kind::Call;
        node.function = name.text;
        node.begin = name.begin;
        expectSign(u"(");
        if (!takeSign(u")")) {
            while (!m_error) {
                node.parts.push_back(disjunction());
                if (!takeSign(u","))
                    break;
            }
            expectSign(u")");
        }
        node.end = lastEnd();
        return node;
    }

    ConditionNode path(const Token& name) {
        ConditionNode node;
        node.kind = Kind::Path;
        node.begin = name.begin;
        node.path.append({name.text});
        while (!m_error) {
            if (takeSign(u".")) {
                if (current().kind != Token::Kind::Name)
                    fail(u"Here a name is missing after the dot."_qs);
                else
                    node.path.append({current().text});
                advance();
            } else if (takeSign(u"[")) {
                node.path.append(subscript());
                expectSign(u"]");
            } else {
                break;
            }
        }
        node.end = lastEnd();
        return node;
    }

    PathPart subscript() {
        PathPart part;
        const Token token = current();
        const double number = token.quantity.number;
        const bool isIndex = token.kind == Token::Kind::Number && !token.isPercent &&
                             !token.isTimes && token.quantity.unit == Unit::None &&
                             number <= 1'000'000 && number == static_cast<int>(number);
        if (isIndex)
            part.index = static_cast<int>(number);
        else if (token.kind == Token::Kind::Text)
            part.name = token.text;
        else
            fail(u"Between the brackets belongs a whole number or a name in quotes."_qs);
        advance();
        return part;
    }

    Sustain readSustain() {
        Sustain sustain;
        const Token first = current();
        const QString wrong = u"After \"for\" write how often or how long: \"2 checks\", "
                              "\"3 of 5 checks\" or \"5m\"."_qs;
        if (first.kind != Token::Kind::Number || first.isTimes || first.isPercent) {
            fail(first, wrong);
            return sustain;
        }
        advance();
        if (first.quantity.unit == Unit::Time) {
            sustain.kind = Sustain::Kind::Time;
            sustain.time =
                std::chrono::milliseconds(static_cast<std::int64_t>(first.quantity.number * 1000));
            if (sustain.time.count() <= 0)
                fail(first, wrong);
            return sustain;
        }
        sustain.kind = Sustain::Kind::Checks;
        sustain.needed = wholeNumber(first);
        sustain.of = sustain.needed;
        if (takeName(u"of")) {
            sustain.of = wholeNumber(current());
            advance();
        }
        const bool isSound = sustain.needed >= 1 && sustain.of >= sustain.needed;
        if (!isSound || !(takeName(u"checks") || takeName(u"check")))
            fail(first, wrong);
        return sustain;
    }

    /// 0 where it is none.
    static int wholeNumber(const Token& token) {
        const double number = token.quantity.number;
        const bool is = token.kind == Token::Kind::Number && token.quantity.unit == Unit::None &&
                        !token.isPercent && !token.isTimes && number >= 1 && number <= 10'000 &&
                        number == static_cast<int>(number);
        return is ? static_cast<int>(number) : 0;
    }

    const QList<Token>& m_tokens;
    qsizetype m_at = 0;
    int m_depth = 0;
    std::optional<ConditionError> m_error;
};

} // namespace

tl::expected<std::pair<ConditionNode, Sustain>, ConditionError>
parseCondition(const QString& text) {
    if (text.size() > longest)
        return tl::unexpected(ConditionError{
            1, u"This condition is longer than %1 characters. Split it into several."_qs.arg(
                   longest)});
    const auto tokens = conditionTokens(text);
    if (!tokens)
        return tl::unexpected(tokens.error());
    return Parser(*tokens).run();
}

} // namespace models
