// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/conditionreading.h"

#include <algorithm>
#include <cmath>

namespace models {

namespace {

/// What a value is compared with, behind its words.
QString boundWord(ConditionNode::Kind kind) {
    switch (kind) {
    case ConditionNode::Kind::Equal:
        return u"; expected "_qs;
    case ConditionNode::Kind::NotEqual:
        return u"; not wanted "_qs;
    default:
        return u"; limit "_qs;
    }
}

using Kind = ConditionNode::Kind;

constexpr qsizetype shortestCommit = 7; ///< as git abbreviates

Verdict negated(Verdict verdict) {
    switch (verdict) {
    case Verdict::Pass:
        return Verdict::Fail;
    case Verdict::Fail:
        return Verdict::Pass;
    case Verdict::Unknown:
        break;
    }
    return Verdict::Unknown;
}

Verdict both(Verdict left, Verdict right) {
    if (left == Verdict::Fail || right == Verdict::Fail)
        return Verdict::Fail;
    return left == Verdict::Pass && right == Verdict::Pass ? Verdict::Pass : Verdict::Unknown;
}

Verdict either(Verdict left, Verdict right) {
    return negated(both(negated(left), negated(right)));
}

Verdict verdictOf(bool holds) {
    return holds ? Verdict::Pass : Verdict::Fail;
}

bool holdsPercent(const ConditionNode& node) {
    return node.isPercent || std::any_of(node.parts.begin(), node.parts.end(), holdsPercent);
}

std::chrono::milliseconds timeOf(const ConditionNode& node) {
    const auto* quantity = std::get_if<Quantity>(&node.literal);
    return std::chrono::milliseconds(quantity ? static_cast<std::int64_t>(quantity->number * 1000)
                                              : 0);
}

bool isHex(const QString& text) {
    return std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c.toLower() >= u'a' && c.toLower() <= u'f');
    });
}

/// One commit, written in full or abbreviated.
HealthValue sameCommit(const HealthValue& left, const HealthValue& right) {
    const auto* one = std::get_if<QString>(&left);
    const auto* other = std::get_if<QString>(&right);
    for (const auto& [value, text] : {std::pair(&left, one), std::pair(&right, other)}) {
        if (const auto* missing = std::get_if<Missing>(value))
            return *missing;
        if (text == nullptr)
            return Missing{u"A commit is text, but here is %1."_qs.arg(typeWords(typeOf(*value)))};
        if (text->size() < shortestCommit || !isHex(*text))
            return Missing{
                u"\"%1\" is no commit: it takes at least %2 hexadecimal digits."_qs.arg(*text).arg(
                    shortestCommit)};
    }
    return one->size() < other->size() ? other->startsWith(*one, Qt::CaseInsensitive)
                                       : one->startsWith(*other, Qt::CaseInsensitive);
}

HealthValue reckoned(Kind kind, const HealthValue& left, const HealthValue& right) {
    for (const HealthValue* value : {&left, &right}) {
        if (const auto* missing = std::get_if<Missing>(value))
            return *missing;
        if (!std::holds_alternative<Quantity>(*value))
            return Missing{u"One cannot reckon with %1."_qs.arg(typeWords(typeOf(*value)))};
    }
    const Quantity a = std::get<Quantity>(left);
    const Quantity b = std::get<Quantity>(right);
    const Missing mismatch{
        u"%1 and %2 do not go together."_qs.arg(typeWords(typeOf(left)), typeWords(typeOf(right)))};
    switch (kind) {
    case Kind::Add:
    case Kind::Subtract:
        if (a.unit != b.unit)
            return mismatch;
        return Quantity{kind == Kind::Add ? a.number + b.number : a.number - b.number, a.unit};
    case Kind::Multiply:
        if (a.unit != Unit::None && b.unit != Unit::None)
            return mismatch;
        return Quantity{a.number * b.number, a.unit == Unit::None ? b.unit : a.unit};
    default: // Divide
        if (b.number == 0)
            return Missing{u"Divided by zero."_qs};
        if (b.unit != Unit::None && a.unit != b.unit)
            return mismatch;
        return Quantity{a.number / b.number, a.unit == b.unit ? Unit::None : a.unit};
    }
}

/// A verdict, and why it is not known where it is not.
struct Decision {
    Verdict verdict = Verdict::Unknown;
    QString reason;
};

Decision unalike(const HealthValue& left, const HealthValue& right) {
    return {Verdict::Unknown, u"It is %1, to be compared with %2."_qs.arg(
                                  typeWords(typeOf(left)), typeWords(typeOf(right)))};
}

Decision compared(Kind kind, const HealthValue& left, const HealthValue& right) {
    for (const HealthValue* value : {&left, &right}) {
        if (const auto* missing = std::get_if<Missing>(value))
            return {Verdict::Unknown, missing->reason};
    }
    const auto* a = std::get_if<Quantity>(&left);
    const auto* b = std::get_if<Quantity>(&right);
    const bool areAlike = left.index() == right.index() && (!a || a->unit == b->unit);
    if (kind == Kind::Equal || kind == Kind::NotEqual) {
        const bool isNull =
            std::holds_alternative<Null>(left) || std::holds_alternative<Null>(right);
        if (!areAlike && !isNull)
            return unalike(left, right);
        return {verdictOf((left == right) == (kind == Kind::Equal)), {}};
    }
    if (!areAlike || !a)
        return unalike(left, right);
    if (std::isnan(a->number) || std::isnan(b->number))
        return {Verdict::Unknown, u"It is not a number (NaN)."_qs};
    switch (kind) {
    case Kind::Less:
        return {verdictOf(a->number < b->number), {}};
    case Kind::LessOrEqual:
        return {verdictOf(a->number <= b->number), {}};
    case Kind::Greater:
        return {verdictOf(a->number > b->number), {}};
    default: // GreaterOrEqual
        return {verdictOf(a->number >= b->number), {}};
    }
}

class Reader {
public:
    Reader(const Condition& condition, const HealthSource& source)
        : m_condition(condition)
        , m_source(source) {}

    ConditionReading run() {
        m_reading.verdict = decide(m_condition.root());
        return m_reading;
    }

private:
    Verdict decide(const ConditionNode& node) {
        switch (node.kind) {
        case Kind::Not:
            return negated(decide(node.parts[0]));
        case Kind::And: {
            const Verdict left = decide(node.parts[0]);
            return both(left, decide(node.parts[1]));
        }
        case Kind::Or: {
            const Verdict left = decide(node.parts[0]);
            return either(left, decide(node.parts[1]));
        }
        case Kind::Equal:
        case Kind::NotEqual:
        case Kind::Less:
        case Kind::LessOrEqual:
        case Kind::Greater:
        case Kind::GreaterOrEqual:
            return decideComparison(node);
        case Kind::In:
            return decideMembership(node);
        case Kind::Literal:
        case Kind::Path:
        case Kind::Call:
        case Kind::Add:
        case Kind::Subtract:
        case Kind::Multiply:
        case Kind::Divide:
            return decideBare(node);
        }
        return Verdict::Unknown;
    }

    Verdict note(const ConditionNode& node, Verdict verdict, const QString& words) {
        m_reading.leaves.append({m_condition.textOf(node), verdict, words});
        return verdict;
    }

    Verdict decideBare(const ConditionNode& node) {
        const HealthAnswer answer = evaluate(node);
        const QString text = m_condition.textOf(node);
        if (const auto* missing = std::get_if<Missing>(&answer.value))
            return note(node, Verdict::Unknown, unknownWords(text, missing->reason));
        if (const auto* truth = std::get_if<bool>(&answer.value))
            return note(node, verdictOf(*truth), observedWords(text, answer, NumberForm::Plain));
        return note(node, Verdict::Unknown,
                    unknownWords(text, u"It is %1, neither true nor false."_qs.arg(
                                           valueWords(answer.value))));
    }

    Verdict decideComparison(const ConditionNode& node) {
        const ConditionNode& left = node.parts[0];
        const ConditionNode& right = node.parts[1];
        const HealthAnswer a = evaluate(left);
        const HealthAnswer b = evaluate(right);
        const Decision decision = compared(node.kind, a.value, b.value);
        const QString observed = m_condition.textOf(left);
        // What is not there speaks for itself, on whichever side.
        if (decision.verdict == Verdict::Unknown) {
            const bool isOther = std::holds_alternative<Missing>(b.value) &&
                                 !std::holds_alternative<Missing>(a.value);
            return note(
                node, Verdict::Unknown,
                unknownWords(isOther ? m_condition.textOf(right) : observed, decision.reason));
        }
        const NumberForm form = holdsPercent(node) ? NumberForm::Percent : NumberForm::Plain;
        QString words =
            observedWords(observed, a, form) + boundWord(node.kind) + m_condition.textOf(right);
        if (right.kind != Kind::Literal)
            words += u" (%1)"_qs.arg(valueWords(b.value, form));
        note(node, decision.verdict, words);
        const auto* number = std::get_if<Quantity>(&a.value);
        const auto* limit = std::get_if<Quantity>(&b.value);
        if (number && limit) {
            m_reading.leaves.last().observed = number->number;
            m_reading.leaves.last().limit = limit->number;
        }
        return decision.verdict;
    }

    Verdict decideMembership(const ConditionNode& node) {
        const HealthAnswer one = evaluate(node.parts[0]);
        Decision whole{Verdict::Fail, {}};
        for (size_t i = 1; i < node.parts.size(); ++i) {
            const Decision decision =
                compared(Kind::Equal, one.value, evaluate(node.parts[i]).value);
            if (decision.verdict == Verdict::Unknown && whole.reason.isEmpty())
                whole.reason = decision.reason;
            whole.verdict = either(whole.verdict, decision.verdict);
        }
        const QString observed = m_condition.textOf(node.parts[0]);
        if (whole.verdict == Verdict::Unknown)
            return note(node, Verdict::Unknown, unknownWords(observed, whole.reason));
        const int listAt = node.parts[1].begin;
        const QString list = m_condition.text().mid(listAt, node.end - 1 - listAt);
        return note(node, whole.verdict,
                    observedWords(observed, one, NumberForm::Plain) + u"; wanted one of "_qs +
                        list.trimmed());
    }

    HealthAnswer evaluate(const ConditionNode& node) {
        switch (node.kind) {
        case Kind::Literal:
            return {node.literal, {}};
        case Kind::Path:
            return m_source.value(node.path);
        case Kind::Call:
            return call(node);
        case Kind::Add:
        case Kind::Subtract:
        case Kind::Multiply:
        case Kind::Divide: {
            const HealthAnswer left = evaluate(node.parts[0]);
            const HealthAnswer right = evaluate(node.parts[1]);
            return {reckoned(node.kind, left.value, right.value),
                    left.basis.isEmpty() ? right.basis : left.basis};
        }
        default:
            return {truthOf(node), {}};
        }
    }

    /// A decision in brackets, compared with something: its own leaves are not told apart.
    HealthValue truthOf(const ConditionNode& node) {
        const qsizetype told = m_reading.leaves.size();
        const Verdict verdict = decide(node);
        QString reason;
        for (qsizetype i = told; i < m_reading.leaves.size() && reason.isEmpty(); ++i) {
            if (m_reading.leaves[i].verdict == Verdict::Unknown)
                reason = m_reading.leaves[i].words;
        }
        m_reading.leaves.resize(told);
        if (verdict == Verdict::Unknown)
            return Missing{reason};
        return verdict == Verdict::Pass;
    }

    HealthAnswer call(const ConditionNode& node) {
        if (node.function == u"sha_eq") {
            const HealthAnswer left = evaluate(node.parts[0]);
            const HealthAnswer right = evaluate(node.parts[1]);
            return {sameCommit(left.value, right.value),
                    u"of %1 and %2"_qs.arg(valueWords(left.value), valueWords(right.value))};
        }
        WindowQuestion question;
        question.function = node.function;
        const ConditionNode& first = node.parts[0];
        if (first.kind == Kind::Path)
            question.series = first.path;
        else if (const auto* metric = std::get_if<QString>(&first.literal))
            question.metric = *metric;
        else if (node.function == u"apdex")
            question.threshold = timeOf(first);
        else
            question.number = std::get<Quantity>(first.literal).number;
        if (node.parts.size() > 1)
            question.window = timeOf(node.parts[1]);
        if (node.parts.size() > 2)
            question.series = node.parts[2].path;
        return m_source.overTime(question);
    }

    static QString observedWords(const QString& text, const HealthAnswer& answer, NumberForm form) {
        const QString words = u"%1 was %2"_qs.arg(text, valueWords(answer.value, form));
        return answer.basis.isEmpty() ? words : words + u' ' + answer.basis;
    }
    static QString unknownWords(const QString& text, const QString& reason) {
        return u"%1 is not known. %2"_qs.arg(text, reason);
    }

    const Condition& m_condition;
    const HealthSource& m_source;
    ConditionReading m_reading;
};

} // namespace

ConditionReading readCondition(const Condition& condition, const HealthSource& source) {
    return Reader(condition, source).run();
}

} // namespace models
