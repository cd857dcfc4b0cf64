// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/condition.h"

#include "models/health/conditionfunctions.h"
#include "models/health/conditionparser.h"

namespace models {

namespace {

void collectPaths(const ConditionNode& node, QList<HealthPath>& paths) {
    if (node.kind == ConditionNode::Kind::Path && !paths.contains(node.path))
        paths.append(node.path);
    for (const ConditionNode& part : node.parts)
        collectPaths(part, paths);
}

bool isPlainName(const QString& name) {
    static constexpr QStringView others = u"_0123456789";
    for (const QChar c : name) {
        const bool isLetter = (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
        if (!isLetter && !others.contains(c))
            return false;
    }
    return !name.isEmpty() && !name[0].isDigit();
}

} // namespace

QString pathText(const HealthPath& path) {
    QString text;
    for (const PathPart& part : path) {
        if (part.index >= 0)
            text += u"[%1]"_qs.arg(part.index);
        else if (!isPlainName(part.name))
            text += u"[\"%1\"]"_qs.arg(QString(part.name).replace(u'"', u"\\\""_qs));
        else
            text += text.isEmpty() ? part.name : u'.' + part.name;
    }
    return text;
}

tl::expected<Condition, ConditionError> Condition::parse(const QString& text) {
    auto parsed = parseCondition(text);
    if (!parsed)
        return tl::unexpected(parsed.error());
    if (const auto wrong = checkCondition(parsed->first))
        return tl::unexpected(*wrong);
    Condition condition;
    condition.m_text = text;
    condition.m_root = std::move(parsed->first);
    condition.m_sustain = parsed->second;
    return condition;
}

QList<HealthPath> Condition::paths() const {
    QList<HealthPath> paths;
    collectPaths(m_root, paths);
    return paths;
}

} // namespace models
