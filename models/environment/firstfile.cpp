// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/firstfile.h"

#include "models/environment/names.h"
#include "models/environment/schema.h"
#include "models/run/host.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace models {

namespace {

constexpr qsizetype mostNameLetters = 40;
constexpr qsizetype mostComment = 160;

/// Between double quotes, where YAML takes everything.
QString quoted(const QString& text) {
    QString words = QStringLiteral("\"");
    for (const QChar letter : text) {
        const bool isPlain = letter.unicode() >= 0x20 && letter.unicode() < 0x7f;
        const bool isLetter = letter.isLetterOrNumber() || letter.isPunct() || letter.isSymbol() ||
                              letter.isMark() || letter.isSurrogate();
        if (letter == u'"' || letter == u'\\')
            words += u'\\' + QString(letter);
        else if (isPlain || (letter.unicode() > 0xa0 && isLetter))
            words += letter;
        else
            words += QStringLiteral("\\u%1").arg(letter.unicode(), 4, 16, QLatin1Char('0'));
    }
    return words + u'"';
}

/// YAML takes no longer keys than a thousand letters, and no environment has such a variable.
bool isWritableName(const QString& name) {
    return name.size() <= 200 && isVariableName(name);
}

/// Of a document: one line, and only what can be read.
QString comment(const QString& text) {
    QString words;
    for (const QChar letter : text.simplified()) {
        if (letter.isPrint() || letter.isSurrogate())
            words += letter;
    }
    return words.size() > mostComment ? words.left(mostComment - 1) + u'…' : words;
}

/// As a pattern that only this file matches.
QString literalPattern(const QString& path) {
    static const QRegularExpression special(QStringLiteral("([*?\\[])"));
    return QString(path).replace(special, QStringLiteral("[\\1]"));
}

/// The rules that a document's words come to; what they do not say stays out.
QString rulesOf(const QString& words) {
    // "Required, 32 or more are recommended" is no advice alone.
    static const QRegularExpression optional(
        QStringLiteral("\\boptional\\b|^(?!.*\\b(?:required|must|needed)\\b).*\\brecommended\\b"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression length(
        QStringLiteral("(\\d{1,4})\\s*\\+?\\s*(?:or more\\s+)?(?:char|byte|letter|digit)"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression https(
        QStringLiteral("\\bhttps (?:url|only|required)\\b|must be https|starts? with https"),
        QRegularExpression::CaseInsensitiveOption);
    // In quotes, or a word that nobody means as a value.
    static const QRegularExpression refused(
        QStringLiteral("\\b(?:not|never|replace|change from)\\s+(?:the default\\s+)?"
                       "(?:[`\"'“]([^`\"'”]{1,60})[`\"'”]|(change[-_ ]?me|changeit|example|secret|"
                       "password|admin)\\b)"),
        QRegularExpression::CaseInsensitiveOption);
    QStringList rules;
    if (!optional.match(words).hasMatch())
        rules.append(QStringLiteral("required: true"));
    if (const auto found = length.match(words); found.hasMatch() && found.captured(1).toInt() > 0)
        rules.append(QStringLiteral("min_length: %1").arg(found.captured(1).toInt()));
    if (https.match(words).hasMatch())
        rules.append(QStringLiteral("https: true"));
    if (const auto found = refused.match(words); found.hasMatch())
        rules.append(
            QStringLiteral("not: [%1]").arg(quoted(found.captured(found.lastCapturedIndex()))));
    return rules.isEmpty() ? QStringLiteral("{ required: false }")
                           : QStringLiteral("{ %1 }").arg(rules.join(QStringLiteral(", ")));
}

class Writer {
public:
    explicit Writer(const FirstFile& answers)
        : m_answers(answers) {}

    QByteArray write() {
        line(
            0,
            "# The workspace file of Gantry. What is behind a # is an example of what comes next.");
        line(
            0,
            "# `gantry check .` says what it makes of this file, `gantry schema` prints all keys.");
        line(0, "gantry: 1");
        line(0, QStringLiteral("name: ") + quoted(m_answers.name));
        endBlock();
        writeSecrets();
        line(0, "environments:");
        for (qsizetype i = 0; i < m_answers.environments.size(); ++i)
            writeEnvironment(i);
        writeRunbooks();
        return m_text.toUtf8();
    }

private:
    void line(int indent, const QString& words) { m_text += QString(indent, u' ') + words + u'\n'; }
    void line(int indent, const char* words) { line(indent, QString::fromUtf8(words)); }
    void endBlock() { m_text += u'\n'; }

    void writeSecrets() {
        line(0, "# vars: { API: \"https://portal.example.com\" }       # of every environment");
        line(0,
             "# secrets: { API_TOKEN: \"keychain:api-token\" }     # a reference, never a value");
        endBlock();
    }

    void writeEnvironment(qsizetype number) {
        const FirstFile::Place& place = m_answers.environments[number];
        const bool isLast = number == m_answers.environments.size() - 1;
        line(2, quoted(place.name) + u':');
        if (place.isProtected)
            line(4, "protected: true          # its name has to be typed before a run starts");
        else
            line(4, "protected: false");
        if (number > 0)
            line(4, QStringLiteral("promote_from: ") +
                        quoted(m_answers.environments[number - 1].name));
        const QString host = writeHosts(place);
        if (isLast)
            writeServices(host);
        endBlock();
    }

    /// Gives the name of the first one, quoted; empty: steps run on this machine.
    QString writeHosts(const FirstFile::Place& place) {
        if (place.destinations.isEmpty()) {
            line(4, "# Without hosts, steps run on this machine.");
            line(4, "# hosts: { web-1: { ssh: deploy@web-1.example.com } }");
            return {};
        }
        line(4, "hosts:                   # as ~/.ssh/config knows them");
        QStringList names;
        for (const QString& destination : place.destinations) {
            QString name = hostNameOf(destination);
            for (int more = 2; names.contains(name); ++more)
                name = QStringLiteral("%1-%2").arg(hostNameOf(destination)).arg(more);
            names.append(name);
            line(6, QStringLiteral("%1: { ssh: %2 }").arg(quoted(name), quoted(destination)));
        }
        line(4, QStringLiteral("default_host: %1").arg(quoted(names.first())));
        return quoted(names.first());
    }

    void writeServices(const QString& host) {
        const QString service =
            m_answers.service.isEmpty() ? QStringLiteral("portal") : m_answers.service;
        const QStringList examples{
            QStringLiteral("health: { http: \"https://%1.example.com/healthz\", every: 10s,")
                .arg(service),
            QStringLiteral("          pass: \"http.status == 200\" }"),
            QStringLiteral("version: { http: \"https://%1.example.com/version\", field: commit }")
                .arg(service),
            QStringLiteral("logs: { file: /var/log/%1.log }").arg(service),
        };
        const bool hasContract =
            std::any_of(m_answers.contract.begin(), m_answers.contract.end(),
                        [](const ContractVariable& one) { return isWritableName(one.name); });
        if (!hasContract) {
            line(4, "# services:");
            line(4, QStringLiteral("#   %1:").arg(service));
            for (const QString& example : examples)
                line(4, QStringLiteral("#     ") + example);
        } else {
            line(4, "services:");
            line(6, quoted(service) + u':');
            if (!host.isEmpty())
                line(8, QStringLiteral("host: ") + host);
            for (const QString& example : examples)
                line(8, QStringLiteral("# ") + example);
            line(8, QStringLiteral("env_from: { file: \"/srv/%1/.env\" }   # put right where its "
                                   "variables are")
                        .arg(service));
            m_text += contractText(m_answers.contract, 8);
        }
        writeTriggers();
    }

    /// Words of a document are no conditions: a person makes them.
    void writeTriggers() {
        line(4, "# metrics: { errors: { command: \"cat /srv/errors\", unit: ratio } }");
        line(4, "# triggers:              # what proposes a rollback");
        line(4, "#   - { name: Errors, when: \"errors > 5% for 2 checks\" }   # of a metric "
                "\"errors\"");
        if (m_answers.thresholds.isEmpty())
            return;
        line(4, "# The runbook names these thresholds. Write those that can be measured as above:");
        for (const ConditionText& threshold : m_answers.thresholds)
            line(4, QStringLiteral("#   ") + comment(threshold.text));
    }

    void writeRunbooks() {
        if (m_answers.runbook.isEmpty()) {
            line(0, "# runbooks: [ runbooks/*.md ]   # without it: *.md and runbooks/*.md");
            return;
        }
        line(0, "runbooks:                    # patterns may be added, such as runbooks/*.md");
        line(2, QStringLiteral("- ") + quoted(literalPattern(m_answers.runbook)));
    }

    const FirstFile& m_answers;
    QString m_text;
};

} // namespace

RunbookOffer offerOf(const Runbook& runbook) {
    static const QRegularExpression remote(QStringLiteral("\\b(?:ssh|scp|rsync)\\b"));
    static const QRegularExpression person(
        QStringLiteral("(?<![\\w@:/.-])[A-Za-z_][\\w.-]*@[A-Za-z0-9][\\w.-]*"));
    RunbookOffer offer;
    const auto add = [](QStringList& list, const QString& one) {
        if (!one.isEmpty() && !list.contains(one))
            list.append(one);
    };
    for (const QString& name : runbook.frontMatter.environments)
        add(offer.environments, name);
    for (const Section& section : runbook.sections)
        add(offer.environments, section.environment);
    for (const Step& step : runbook.steps) {
        add(offer.environments, step.environment);
        for (const Command& command : step.commands) {
            if (!remote.match(command.text).hasMatch())
                continue;
            for (auto found = person.globalMatch(command.text); found.hasNext();) {
                const QString destination = found.next().captured();
                // That one is a repository.
                if (!destination.startsWith(QLatin1String("git@")))
                    add(offer.destinations, destination);
            }
        }
    }
    offer.contract = runbook.contract;
    offer.thresholds = runbook.conditions;
    return offer;
}

QString problemOf(const FirstFile& answers) {
    if (answers.name.trimmed().isEmpty())
        return u"Give the workspace a name."_qs;
    if (answers.environments.isEmpty())
        return u"Name at least one environment."_qs;
    QSet<QString> names;
    for (const FirstFile::Place& place : answers.environments) {
        if (!isPlainName(place.name))
            return u"“%1” cannot be the name of an environment. Use letters, digits, dots, dashes and underscores."_qs
                .arg(place.name);
        if (names.contains(place.name))
            return u"The environment %1 is named twice."_qs.arg(place.name);
        names.insert(place.name);
        for (const QString& destination : place.destinations) {
            if (!isDestination(destination))
                return u"“%1” is no SSH destination. Write user@host, or a name from ~/.ssh/config."_qs
                    .arg(destination);
        }
    }
    return {};
}

QByteArray firstFileText(const FirstFile& answers) {
    return Writer(answers).write();
}

QString contractText(const QList<ContractVariable>& contract, int indent) {
    const QString margin(indent, u' ');
    QString text = margin + QStringLiteral("contract:\n");
    QSet<QString> known;
    for (const ContractVariable& variable : contract) {
        const bool isWritable = isWritableName(variable.name) && !known.contains(variable.name);
        known.insert(variable.name);
        text += margin +
                (isWritable ? QStringLiteral("  ") + quoted(variable.name)
                            : QStringLiteral("  # ") + comment(variable.name)) +
                QStringLiteral(": ") + rulesOf(variable.rules);
        if (const QString words = comment(variable.rules); !words.isEmpty())
            text += QStringLiteral("   # ") + words;
        text += u'\n';
    }
    return text;
}

QString hostNameOf(const QString& destination) {
    static const QRegularExpression other(QStringLiteral("[^A-Za-z0-9_-]"));
    QString name = destination.section(u'@', -1).section(u'.', 0, 0).replace(other, u"-"_qs);
    while (name.startsWith(u'-'))
        name.remove(0, 1);
    name = name.left(mostNameLetters);
    return name.isEmpty() || name == localPlace ? QStringLiteral("host") : name;
}

QString serviceNameOf(const QString& words) {
    static const QRegularExpression other(QStringLiteral("[^a-z0-9]+"));
    QString name = words.toLower().replace(other, QStringLiteral("-")).left(mostNameLetters);
    while (name.startsWith(u'-'))
        name.remove(0, 1);
    while (name.endsWith(u'-'))
        name.chop(1);
    return name.isEmpty() ? QStringLiteral("service") : name;
}

} // namespace models
