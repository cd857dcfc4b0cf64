// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/conditionfunctions.h"

#include <algorithm>

namespace models {

namespace {

using Argument = ConditionFunction::Argument;
using Kind = ConditionNode::Kind;

const QList<ConditionFunction>& functions() {
    static const QList<Argument> samples{Argument::Series, Argument::Window};
    static const QList<ConditionFunction> all{
        {u"p50", samples, ValueType::Any, 0, 0.5},
        {u"p90", samples, ValueType::Any, 0, 0.9},
        {u"p95", samples, ValueType::Any, 0, 0.95},
        {u"p99", samples, ValueType::Any, 0, 0.99},
        {u"avg", samples},
        {u"min", samples},
        {u"max", samples},
        {u"success_rate", samples, ValueType::Number},
        {u"error_rate", samples, ValueType::Number},
        {u"count", samples, ValueType::Number},
        {u"coverage", samples, ValueType::Number},
        {u"burn", {Argument::Objective, Argument::Window, Argument::Series}, ValueType::Number, 1},
        {u"apdex", {Argument::Threshold, Argument::Window, Argument::Series}, ValueType::Number, 1},
        {u"prom", {Argument::Metric, Argument::Window}, ValueType::Number, 1},
        {u"sha_eq", {Argument::Commit, Argument::Commit}, ValueType::Truth},
    };
    return all;
}

QString argumentWord(Argument argument) {
    switch (argument) {
    case Argument::Series:
        return u"SERIES"_qs;
    case Argument::Window:
        return u"WINDOW"_qs;
    case Argument::Objective:
        return u"OBJECTIVE"_qs;
    case Argument::Threshold:
        return u"THRESHOLD"_qs;
    case Argument::Metric:
        return u"\"METRIC\""_qs;
    case Argument::Commit:
        return u"COMMIT"_qs;
    }
    return {};
}

/// "Write p95(SERIES, WINDOW)."
QString usage(const ConditionFunction& function) {
    QStringList words;
    for (const Argument argument : function.arguments)
        words.append(argumentWord(argument));
    return u"Write %1(%2)."_qs.arg(function.name, words.join(u", "));
}

QString knownFunctions() {
    QStringList names;
    for (const ConditionFunction& function : functions())
        names.append(function.name.toString());
    return names.join(u", ");
}

/// Phases of a transfer are durations, wherever they are measured.
ValueType typeOfPath(const HealthPath& path) {
    static const QStringList phases{u"dns"_qs, u"connect"_qs, u"ttfb"_qs, u"total"_qs,
                                    u"expires_in"_qs};
    return !path.isEmpty() && phases.contains(path.last().name) ? ValueType::Time : ValueType::Any;
}

bool isNumeric(ValueType type) {
    return type == ValueType::Any || type == ValueType::Number || type == ValueType::Time ||
           type == ValueType::Bytes;
}

/// Finds the first thing that can never be decided.
class Checker {
public:
    std::optional<ConditionError> run(const ConditionNode& root) {
        requireTruth(root);
        return m_error;
    }

private:
    ValueType fail(const ConditionNode& node, const QString& message) {
        if (!m_error)
            m_error = ConditionError{node.begin + 1, message};
        return ValueType::Any;
    }

    void requireTruth(const ConditionNode& node) {
        const ValueType type = check(node);
        if (type != ValueType::Truth && type != ValueType::Any)
            fail(node,
                 u"Here stands %1, but true or false is needed. Compare it with something."_qs.arg(
                     typeWords(type)));
    }

    ValueType check(const ConditionNode& node) {
        switch (node.kind) {
        case Kind::Literal:
            return typeOf(node.literal);
        case Kind::Path:
            return typeOfPath(node.path);
        case Kind::Call:
            return checkCall(node);
        case Kind::Not:
        case Kind::And:
        case Kind::Or:
            for (const ConditionNode& part : node.parts)
                requireTruth(part);
            return ValueType::Truth;
        case Kind::Equal:
        case Kind::NotEqual:
        case Kind::In:
            return checkEquality(node);
        case Kind::Less:
        case Kind::LessOrEqual:
        case Kind::Greater:
        case Kind::GreaterOrEqual:
            return checkOrder(node);
        case Kind::Add:
        case Kind::Subtract:
        case Kind::Multiply:
        case Kind::Divide:
            return checkArithmetic(node);
        }
        return ValueType::Any;
    }

    ValueType checkEquality(const ConditionNode& node) {
        const ValueType first = check(node.parts.front());
        for (size_t i = 1; i < node.parts.size(); ++i) {
            const ValueType other = check(node.parts[i]);
            const bool isComparable = first == other || first == ValueType::Any ||
                                      other == ValueType::Any || first == ValueType::Null ||
                                      other == ValueType::Null;
            if (!isComparable)
                return fail(node.parts[i], cannotCompare(first, other));
        }
        return ValueType::Truth;
    }

    ValueType checkOrder(const ConditionNode& node) {
        const ValueType left = check(node.parts[0]);
        const ValueType right = check(node.parts[1]);
        for (const auto& [type, part] :
             {std::pair(left, &node.parts[0]), std::pair(right, &node.parts[1])}) {
            if (!isNumeric(type))
                return fail(*part,
                            u"%1 is neither more nor less than something. Use == or !=."_qs.arg(
                                sentenceCase(typeWords(type))));
        }
        if (left != right && left != ValueType::Any && right != ValueType::Any)
            return fail(node.parts[1], cannotCompare(left, right));
        return ValueType::Truth;
    }

    ValueType checkArithmetic(const ConditionNode& node) {
        const ValueType left = check(node.parts[0]);
        const ValueType right = check(node.parts[1]);
        for (const auto& [type, part] :
             {std::pair(left, &node.parts[0]), std::pair(right, &node.parts[1])}) {
            if (!isNumeric(type))
                return fail(*part, u"One cannot reckon with %1."_qs.arg(typeWords(type)));
        }
        if (left == ValueType::Any || right == ValueType::Any)
            return ValueType::Any;
        const bool isSum = node.kind == Kind::Add || node.kind == Kind::Subtract;
        if (isSum && left != right)
            return fail(node.parts[1], u"%1 and %2 cannot be added."_qs.arg(
                                           sentenceCase(typeWords(left)), typeWords(right)));
        if (isSum)
            return left;
        if (node.kind == Kind::Divide) {
            if (left == right)
                return ValueType::Number;
            return right == ValueType::Number
                       ? left
                       : fail(node.parts[1], u"%1 cannot be divided by %2."_qs.arg(
                                                 sentenceCase(typeWords(left)), typeWords(right)));
        }
        if (left != ValueType::Number && right != ValueType::Number)
            return fail(node.parts[1], u"%1 cannot be multiplied by %2."_qs.arg(
                                           sentenceCase(typeWords(left)), typeWords(right)));
        return left == ValueType::Number ? right : left;
    }

    ValueType checkCall(const ConditionNode& node) {
        const ConditionFunction* function = conditionFunction(node.function);
        if (function == nullptr)
            return fail(node, u"There is no function \"%1\". There are: %2."_qs.arg(
                                  node.function, knownFunctions()));
        const auto most = function->arguments.size();
        const auto given = static_cast<qsizetype>(node.parts.size());
        if (given > most || given < most - function->optional)
            return fail(node, usage(*function));
        for (qsizetype i = 0; i < given; ++i) {
            if (!fits(function->arguments[i], node.parts[static_cast<size_t>(i)]))
                return fail(node.parts[static_cast<size_t>(i)], usage(*function));
        }
        const bool isOfSamples = function->result == ValueType::Any;
        return isOfSamples ? typeOfPath(node.parts.front().path) : function->result;
    }

    bool fits(Argument wanted, const ConditionNode& given) {
        switch (wanted) {
        case Argument::Series:
            return given.kind == Kind::Path;
        case Argument::Window:
            return isLiteral(given, ValueType::Time) &&
                   std::get<Quantity>(given.literal).number > 0;
        case Argument::Objective:
            return isLiteral(given, ValueType::Number);
        case Argument::Threshold:
            return isLiteral(given, ValueType::Time);
        case Argument::Metric:
            return isLiteral(given, ValueType::Text);
        case Argument::Commit:
            return check(given) == ValueType::Any || check(given) == ValueType::Text;
        }
        return false;
    }

    static bool isLiteral(const ConditionNode& node, ValueType type) {
        return node.kind == Kind::Literal && typeOf(node.literal) == type;
    }
    static QString cannotCompare(ValueType left, ValueType right) {
        return u"%1 cannot be compared with %2."_qs.arg(sentenceCase(typeWords(left)),
                                                        typeWords(right));
    }
    static QString sentenceCase(QString words) {
        words[0] = words[0].toUpper();
        return words;
    }

    std::optional<ConditionError> m_error;
};

} // namespace

const ConditionFunction* conditionFunction(QStringView name) {
    const auto found =
        std::find_if(functions().begin(), functions().end(),
                     [name](const ConditionFunction& one) { return one.name == name; });
    return found == functions().end() ? nullptr : &*found;
}

std::optional<ConditionError> checkCondition(const ConditionNode& root) {
    return Checker().run(root);
}

} // namespace models
