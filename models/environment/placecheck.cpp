// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/placecheck.h"

#include "models/environment/meantenvironment.h"
#include "models/environment/schema.h"
#include "models/run/hosts.h"

#include <QRegularExpression>

#include <algorithm>
#include <map>
#include <tuple>

namespace models {
namespace {

/// Where the document says something, for a remark that leads there.
class Finder {
public:
    explicit Finder(const QByteArray& source)
        : m_lines(source.split('\n')) {}

    /// Of the word behind the key ("on", "batch") in these lines; else their beginning.
    [[nodiscard]] TextPosition find(const QString& key, const QString& word,
                                    SourceRange range) const {
        const QRegularExpression said(
            QStringLiteral("(?<![\\w-])[\"']?%1[\"']?\\s*[:=].*?(?<![\\w.-])(%2)(?![\\w.-])")
                .arg(key, QRegularExpression::escape(word)));
        const int last = std::min(range.last, int(m_lines.size()));
        for (int line = std::max(range.first, 1); line <= last; ++line) {
            const auto match = said.match(QString::fromUtf8(m_lines[line - 1]));
            if (match.hasMatch())
                return {line, int(match.capturedStart(1)) + 1};
        }
        return {range.first, 1};
    }
    /// Of the word in the list of the front matter that has the key; else the beginning.
    [[nodiscard]] TextPosition findListed(const QString& key, const QString& word) const {
        const QRegularExpression begin(QStringLiteral("^\\s*[\"']?%1[\"']?\\s*:").arg(key));
        const QRegularExpression said(
            QStringLiteral("(?<![\\w.-])(%1)(?![\\w.-])").arg(QRegularExpression::escape(word)));
        bool hasBegun = false;
        for (qsizetype line = 0; line < m_lines.size(); ++line) {
            const QString text = QString::fromUtf8(m_lines[line]);
            const auto start = begin.match(text);
            hasBegun = hasBegun || start.hasMatch();
            const auto match = said.match(text, start.hasMatch() ? start.capturedEnd() : 0);
            if (hasBegun && match.hasMatch())
                return {int(line) + 1, int(match.capturedStart(1)) + 1};
        }
        return {1, 1};
    }
    [[nodiscard]] SourceRange all() const { return {1, int(m_lines.size())}; }

private:
    const QList<QByteArray> m_lines;
};

class PlaceChecker {
public:
    PlaceChecker(const Workspace& workspace, const Runbook& runbook)
        : m_workspace(workspace)
        , m_runbook(runbook)
        , m_finder(runbook.source) {}

    Diagnostics check(const QString& runbookPath) {
        for (const Environment& environment : m_workspace.environments) {
            if (!isFor(environment))
                continue;
            m_environments << environment.name;
            checkEnvironment(makePlan(
                m_runbook, planContext(m_workspace, runbookPath, environment.name, {}, {})));
        }
        reportMissing();
        reportMisspelt();
        std::stable_sort(m_found.begin(), m_found.end(),
                         [](const Diagnostic& a, const Diagnostic& b) {
                             return std::tie(a.line, a.column) < std::tie(b.line, b.column);
                         });
        return m_found;
    }

private:
    struct Missing {
        QString name;
        TextPosition position;
        QStringList environments; ///< that lack it
        QString meant;
    };

    [[nodiscard]] bool isFor(const Environment& environment) const {
        const QStringList& named = m_runbook.frontMatter.environments;
        return named.isEmpty() || named.contains(environment.name, Qt::CaseInsensitive);
    }

    void checkEnvironment(const Plan& plan) {
        const QString& ofRunbook = m_runbook.frontMatter.defaultHost;
        if (!ofRunbook.isEmpty() && !plan.context.hosts.isEmpty())
            need(ofRunbook,
                 m_finder.find(QStringLiteral("default_host"), ofRunbook, m_finder.all()),
                 plan.context);
        QList<const Step*> homeless;
        for (const PlanStep& placed : plan.steps) {
            // What another document has is checked with that one.
            const Step& step = placed.step;
            if (!placed.document.isEmpty() || !placed.applicable || step.commands.isEmpty())
                continue;
            const QStringList named = hostsNamed(step);
            for (const QString& host : named)
                need(host, m_finder.find(QStringLiteral("on"), host, step.range), plan.context);
            if (named.isEmpty() && defaultHost(plan).isEmpty() && !plan.context.hosts.isEmpty())
                homeless.append(&step);
            checkBatch(step);
        }
        if (!homeless.isEmpty())
            reportHomeless(homeless, plan.context);
    }

    void need(const QString& host, TextPosition position, const PlanContext& context) {
        if (host == localPlace || context.host(host) != nullptr)
            return;
        Missing& missing = m_missing[{position.line, position.column, host}];
        missing.name = host;
        missing.position = position;
        missing.environments << context.environment;
        if (missing.meant.isEmpty())
            missing.meant = closestWord(host, context.hostNames());
    }

    void checkBatch(const Step& step) {
        const auto size = batchSize(step);
        if (size)
            return;
        const TextPosition at = m_finder.find(
            QStringLiteral("batch"), step.options.text(QLatin1String("batch")), step.range);
        const Diagnostic remark{at.line, at.column, Severity::Error, size.error().message};
        if (!m_found.contains(remark)) // once, whichever environments it is for
            m_found.append(remark);
    }

    void reportHomeless(const QList<const Step*>& steps, const PlanContext& context) {
        const QString text =
            steps.size() == 1
                ? QStringLiteral("This step does not say on which host of %1 it runs (%2). Name it "
                                 "with \"on\", or give the runbook or the environment a "
                                 "\"default_host\".")
                : QStringLiteral("This step, and %3 more, do not say on which host of %1 they run "
                                 "(%2). Name it with \"on\", or give the runbook or the "
                                 "environment a \"default_host\".")
                      .replace(QStringLiteral("%3"), QString::number(steps.size() - 1));
        m_found.append(
            {steps.first()->range.first, 1, Severity::Warning,
             text.arg(context.environment, context.hostNames().join(QStringLiteral(", ")))});
    }

    void reportMissing() {
        for (const auto& [key, missing] : m_missing) {
            const bool isNowhere = missing.environments.size() == m_environments.size();
            const bool isNamed = !m_runbook.frontMatter.environments.isEmpty();
            QString message =
                QStringLiteral("There is no host \"%1\" in %2")
                    .arg(missing.name, missing.environments.join(QStringLiteral(", ")));
            message += missing.meant.isEmpty()
                           ? QStringLiteral(". Add it under \"hosts\" there, or name another.")
                           : QStringLiteral("; \"%1\" was probably meant.").arg(missing.meant);
            m_found.append({missing.position.line, missing.position.column,
                            isNowhere || isNamed ? Severity::Error : Severity::Warning, message});
        }
    }

    /// It is taken for the environment that is meant; who names it elsewhere as it stands here is
    /// refused.
    void reportMisspelt() {
        for (const QString& name : m_runbook.frontMatter.environments) {
            const QString meant = misspeltEnvironment(m_workspace, name);
            if (meant.isEmpty())
                continue;
            const TextPosition at = m_finder.findListed(QStringLiteral("environments"), name);
            m_found.append({at.line, at.column, Severity::Warning,
                            QStringLiteral("The workspace has the environment \"%1\", not \"%2\". "
                                           "Name it as it is written there.")
                                .arg(meant, name)});
        }
    }

    const Workspace& m_workspace;
    const Runbook& m_runbook;
    const Finder m_finder;
    QStringList m_environments; ///< that the runbook is for
    std::map<std::tuple<int, int, QString>, Missing> m_missing;
    Diagnostics m_found;
};

} // namespace

Diagnostics checkPlaces(const Workspace& workspace, const QString& runbookPath,
                        const Runbook& runbook) {
    return PlaceChecker(workspace, runbook).check(runbookPath);
}

} // namespace models
