// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/referencepass.h"

#include "models/runbook/placeholders.h"

#include <QHash>

#include <algorithm>

namespace models {

namespace {

using Words = std::vector<std::string>;

/// The words of every heading that a step may refer to, by section.
class SectionIndex {
public:
    explicit SectionIndex(const ParseContext& context)
        : m_context(context) {
        for (int i = 0; i < int(context.book.sections.size()); ++i) {
            const Section& section = context.book.sections[i];
            const bool isTitle = i == 0 && section.level == 1;
            m_words.push_back(isTitle || section.lane == Lane::Reference
                                  ? Words()
                                  : vocabulary::words(section.title.toStdString()));
        }
    }

    /// The section whose heading begins with what a step says to run; -1 where there is none.
    /// "Run smoke tests." means "6) Smoke Tests (Both Environments)".
    [[nodiscard]] int find(const Words& wanted, int own) const {
        if (wanted.empty() || wanted.size() > 6) {
            return -1;
        }
        for (int i = 0; i < int(m_words.size()); ++i) {
            const Words& heading = m_words[std::size_t(i)];
            if (!isAbove(i, own) && heading.size() >= wanted.size() &&
                std::equal(wanted.begin(), wanted.end(), heading.begin())) {
                return i;
            }
        }
        return -1;
    }

    /// The section of a GitHub anchor, -1 where there is none.
    [[nodiscard]] int findAnchor(QStringView anchor) const {
        for (int i = 0; i < int(m_context.book.sections.size()); ++i) {
            if (anchorOf(m_context.book.sections[i].title) == anchor) {
                return i;
            }
        }
        return -1;
    }

private:
    static QString anchorOf(const QString& title) {
        QString anchor;
        for (const QChar c : title.toLower()) {
            if (c.isLetterOrNumber() || c == u'-' || c == u'_') {
                anchor += c;
            } else if (c == u' ') {
                anchor += u'-';
            }
        }
        return anchor;
    }

    [[nodiscard]] bool isAbove(int section, int own) const {
        for (int i = own; i >= 0; i = m_context.book.sections[i].parent) {
            if (i == section) {
                return true;
            }
        }
        return false;
    }

    const ParseContext& m_context;
    std::vector<Words> m_words;
};

bool asksToRun(const std::string& verb) {
    return verb == "run" || verb == "execute" || verb == "perform" || verb == "follow" ||
           verb == "repeat" || verb == "complete" || verb == "rerun";
}

/// The link of a step, which the step pass left in refersTo.
QString resolveLink(const SectionIndex& index, const QString& link, bool asks) {
    if (link.startsWith(u'#')) {
        const int section = index.findAnchor(QStringView(link).sliced(1));
        return asks && section >= 0 ? u'#' + QString::number(section) : QString();
    }
    const QString path = link.section(u'#', 0, 0);
    const bool isRunbook = path.endsWith(u".md", Qt::CaseInsensitive) && !path.contains(u"://") &&
                           !path.startsWith(u'/');
    return isRunbook && asks ? path : QString();
}

/// Steps by the name that their fence gives them.
QHash<QString, int> stepsByName(const Runbook& book) {
    QHash<QString, int> byName;
    for (int i = 0; i < int(book.steps.size()); ++i) {
        const QString name = book.steps[i].options.text(QLatin1String("name"));
        if (!name.isEmpty()) {
            byName.insert(name, i);
        }
    }
    return byName;
}

void checkInverses(ParseContext& context) {
    const Runbook& book = context.book;
    const QHash<QString, int> byName = stepsByName(book);
    for (int start = 0; start < int(book.steps.size()); ++start) {
        for (const QLatin1String key : {QLatin1String("inverse"), QLatin1String("reverts")}) {
            const QString name = book.steps[start].options.text(key);
            if (!name.isEmpty() && !byName.contains(name)) {
                context.diagnose(book.steps[start].range.first, 1, Severity::Warning,
                                 QStringLiteral("No fence is named \"%1\". Give the fence "
                                                "{\"name\":\"%1\"}.")
                                     .arg(name));
            }
        }
        int at = start;
        // A chain longer than the number of steps has come round.
        for (qsizetype hops = 0; hops <= book.steps.size(); ++hops) {
            at = byName.value(book.steps[at].options.text(QLatin1String("inverse")), -1);
            if (at < 0) {
                break;
            }
            if (at == start) {
                context.diagnose(book.steps[start].range.first, 1, Severity::Error,
                                 QStringLiteral("The inverses of \"%1\" go round in a circle. Take "
                                                "\"inverse\" from one of them.")
                                     .arg(book.steps[start].title));
                break;
            }
        }
    }
}

} // namespace

void readPlaceholders(ParseContext& context) {
    Runbook& book = context.book;
    QSet<QByteArray> known;
    for (const VariableDeclaration& variable : std::as_const(book.variables)) {
        known.insert(variable.name.toUtf8());
    }
    QSet<QByteArray> reported;
    for (Step& step : book.steps) {
        for (const Command& command : std::as_const(step.commands)) {
            const QByteArray text = command.text.toUtf8();
            const std::string_view view(text.constData(), std::size_t(text.size()));
            for (const Placeholder& placeholder : findPlaceholders(view, known)) {
                const QString name = toString(placeholder.name);
                if (!step.placeholders.contains(name)) {
                    step.placeholders.append(name);
                }
                const QByteArray key = name.toUtf8();
                if (placeholder.form != Placeholder::Form::Variable || reported.contains(key)) {
                    continue;
                }
                reported.insert(key);
                const std::string_view before = view.substr(0, placeholder.offset);
                const int line = command.line + int(std::count(before.begin(), before.end(), '\n'));
                const std::size_t at = context.source.line(line).find(placeholder.name);
                context.diagnose(
                    line,
                    at == std::string_view::npos ? 1 : columnOf(context.source.line(line), at),
                    Severity::Warning,
                    QStringLiteral("Nothing gives %1 a value. It is asked for before "
                                   "the step; a default can stand in the front matter, "
                                   "under runbook: vars.")
                        .arg(name));
            }
        }
        if (step.http && step.http->url.startsWith(u"${BASE_URL}") && !known.contains("BASE_URL")) {
            step.placeholders.append(QStringLiteral("BASE_URL"));
        }
    }
}

void resolveReferences(ParseContext& context) {
    const SectionIndex index(context);
    for (Step& step : context.book.steps) {
        const QString link = std::exchange(step.refersTo, QString());
        if (step.lane == Lane::Reference || !step.commands.isEmpty()) {
            continue;
        }
        const std::string title = step.title.left(80).toStdString();
        if (!vocabulary::startsImperatively(title) && link.isEmpty()) {
            continue;
        }
        Words words = vocabulary::words(title);
        const bool asks = !words.empty() && asksToRun(words.front());
        if (!link.isEmpty()) {
            step.refersTo = resolveLink(index, link, asks || vocabulary::startsWithRunVerb(title));
        } else if (asks) {
            words.erase(words.begin());
            if (!words.empty() && words.front() == "the") {
                words.erase(words.begin());
            }
            const int section = index.find(words, step.section);
            step.refersTo = section >= 0 ? u'#' + QString::number(section) : QString();
        }
    }
    checkInverses(context);
}

} // namespace models
