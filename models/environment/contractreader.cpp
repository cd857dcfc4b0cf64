// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/contractreader.h"

#include "models/environment/containerreader.h"
#include "models/environment/schema.h"
#include "models/environment/servicereader.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace models {

namespace {

using Kind = VariableSource::Kind;

constexpr int longestMinimum = 65'536;

class Reader : PartReader {
public:
    Reader(const PlacesOf& placesOf, Service& service, Diagnostics& diagnostics)
        : PartReader(placesOf, diagnostics)
        , m_service(service) {}

    void readRules(const YamlNode& contract) {
        for (const YamlNode& node : contract.isMap() ? contract.children : QList<YamlNode>()) {
            if (isVariableName(node.key))
                readRule(node);
            else
                m_diagnostics.append(
                    {node.keyLine, node.keyColumn, Severity::Error,
                     u"\"%1\" cannot be the name of a variable."_qs.arg(node.key)});
        }
    }

    void readSource(const YamlNode& node) {
        const YamlNode* const from = node.find(u"env_from");
        const bool isText = from != nullptr && from->isScalar();
        if (isText && from->text != u"container") {
            report(*from, u"\"env_from\" is \"container\", or has one of: container, compose, "
                          "file, process, pid_file, command."_qs);
            return;
        }
        if (from != nullptr && from->isMap())
            readNamedSource(*from);
        else if (m_service.container)
            take({Kind::Container, {}, *m_service.container, {}}, m_service.places);
        else if (isText)
            report(*from, u"The service \"%1\" names no container."_qs.arg(m_service.name));
        if (!m_service.contract.isEmpty() && !m_service.variables && from == nullptr)
            report(
                *node.find(u"contract"),
                u"Nothing says where the variables of \"%1\" are. Give it a \"container\", or an "
                "\"env_from\"."_qs.arg(m_service.name),
                Severity::Warning);
    }

private:
    void readRule(const YamlNode& node) {
        ContractRule rule;
        rule.name = node.key;
        rule.isRequired = textOf(node.find(u"required")) == u"true";
        rule.minLength = length(node.find(u"min_length"));
        rule.forbidden = textsOf(node.find(u"not"));
        rule.pattern = pattern(node.find(u"pattern"));
        const YamlNode* const values = node.find(u"one_of");
        rule.oneOf = textsOf(values);
        if (values != nullptr && values->isSequence() && rule.oneOf.isEmpty())
            report(*values, u"\"one_of\" needs a value at least."_qs);
        rule.isHttps = textOf(node.find(u"https")) == u"true";
        if (const YamlNode* same = node.find(u"same_as"); same && same->isScalar()) {
            if (isVariableName(same->text) && same->text != rule.name)
                rule.sameAs = same->text;
            else
                report(*same, u"\"same_as\" names another variable of the service."_qs);
        }
        m_service.contract.append(rule);
    }

    int length(const YamlNode* node) {
        bool isNumber = false;
        const int number = textOf(node).toInt(&isNumber);
        if (node == nullptr || (isNumber && number >= 0 && number <= longestMinimum))
            return number;
        report(*node, u"\"min_length\" is to be a number from 0 to %1."_qs.arg(longestMinimum));
        return 0;
    }

    /// It is grep at the host that reads it.
    QString pattern(const YamlNode* node) {
        static const QRegularExpression foreign(u"\\\\[dDhHvVNRAZzQEpPxk]|\\(\\?|[*+?}][+?]"_qs);
        const QString text = textOf(node);
        if (text.isEmpty())
            return {};
        const bool isOneLine = !text.contains(u'\n');
        if (isOneLine && QRegularExpression(text).isValid() && !foreign.match(text).hasMatch())
            return text;
        report(*node, u"\"%1\" is no extended regular expression, as grep -E reads it. Write [0-9] "
                      "for a digit, and no groups with a question mark."_qs.arg(text));
        return {};
    }

    void take(VariableSource source, const QStringList& places) {
        source.places = places;
        if (!places.isEmpty())
            m_service.variables = source;
    }

    void readNamedSource(const YamlNode& node) {
        static const std::array<std::pair<QStringView, Kind>, 6> kinds{
            {{u"container", Kind::Container},
             {u"compose", Kind::Container},
             {u"file", Kind::File},
             {u"process", Kind::Process},
             {u"pid_file", Kind::PidFile},
             {u"command", Kind::Command}}};
        const auto named = namedThing(node, kinds);
        if (named.second != nullptr)
            return report(*named.second,
                          u"The variables are at one place, and here is \"%1\" too."_qs.arg(
                              named.second->key));
        if (named.node == nullptr)
            return report(node, u"\"env_from\" needs one of: container, compose, file, process, "
                                "pid_file, command."_qs);
        VariableSource source;
        source.kind = named.kind;
        if (source.kind == Kind::Container) {
            const auto container = readContainerName(node, m_service.name, m_diagnostics);
            if (!container)
                return;
            source.container = *container;
        } else {
            source.target = textOf(named.node).trimmed();
            if (!checkTarget(*named.node, source))
                return;
        }
        take(source, m_placesOf(node));
    }

    bool checkTarget(const YamlNode& node, const VariableSource& source) {
        const bool isPath = source.kind == Kind::File || source.kind == Kind::PidFile;
        if (isPath && !source.target.startsWith(u'/')) {
            report(node,
                   u"\"%1\" is to be the whole path at the host, from / on."_qs.arg(source.target));
            return false;
        }
        if (source.kind == Kind::Process)
            return checkWord(node, u"a process"_qs, m_diagnostics);
        if (source.target.isEmpty())
            report(node, u"The command of these variables is empty."_qs);
        return !source.target.isEmpty();
    }

    Service& m_service;
};

} // namespace

void readContract(const YamlNode& node, const PlacesOf& placesOf, Service& service,
                  Diagnostics& diagnostics) {
    Reader reader(placesOf, service, diagnostics);
    if (const YamlNode* contract = node.find(u"contract"))
        reader.readRules(*contract);
    reader.readSource(node);
}

std::optional<IsolationRule>
readIsolationRule(const YamlNode& node, const QStringList& environments, Diagnostics& diagnostics) {
    if (!node.isMap())
        return std::nullopt; // reported by the schema
    IsolationRule rule;
    for (const QString& name : textsOf(node.find(u"distinct"))) {
        if (isVariableName(name))
            rule.variables.append(name);
        else
            diagnostics.append({node.line, node.column, Severity::Error,
                                u"\"%1\" cannot be the name of a variable."_qs.arg(name)});
    }
    const YamlNode* const between = node.find(u"between");
    for (const QString& name : textsOf(between)) {
        if (environments.contains(name))
            rule.environments.append(name);
        else
            reportUnknownName(*between, u"environment"_qs, name, environments, diagnostics);
    }
    rule.environments.removeDuplicates();
    if (!rule.variables.isEmpty() && rule.environments.size() > 1)
        return rule;
    // What has the wrong form, or is not there, has been told already.
    const YamlNode* const distinct = node.find(u"distinct");
    const auto report = [&](const YamlNode* at, const QString& message) {
        const YamlNode& place = at != nullptr ? *at : node;
        diagnostics.append({place.line, place.column, Severity::Error, message});
    };
    if (distinct == nullptr || (distinct->isSequence() && distinct->children.isEmpty()))
        report(distinct, u"An isolation rule needs \"distinct\", a list of variables."_qs);
    const QStringList named = textsOf(between);
    const bool areKnown = std::all_of(named.cbegin(), named.cend(), [&](const QString& name) {
        return environments.contains(name);
    });
    if ((between == nullptr || between->isSequence()) && areKnown && rule.environments.size() < 2)
        report(between, u"\"between\" needs two environments or more."_qs);
    return std::nullopt;
}

} // namespace models
