// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/referencepass.h"

#include "models/runbook/placeholders.h"
#include "models/runbook/wordlist.h"

#include <QHash>

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <utility>

namespace models {

namespace {

/// Words of a text, each with a blank behind it, so that whole words are compared.
struct Phrase {
    std::string text;
    std::size_t count = 0;

    void add(std::string_view word) {
        text += word;
        text += ' ';
        ++count;
    }
};

std::size_t hashOfFirstWord(std::string_view phrase) {
    return std::hash<std::string_view>()(phrase.substr(0, phrase.find(' ')));
}

/// The headings that a step may refer to, by their words and by their anchors on GitHub.
class SectionIndex {
public:
    explicit SectionIndex(const ParseContext& context)
        : m_context(context) {}

    /// The section whose heading begins with what a step says to run; -1 where there is none.
    /// "Run smoke tests." means "6) Smoke Tests (Both Environments)".
    [[nodiscard]] int find(const Phrase& wanted, int own) {
        if (wanted.count == 0 || wanted.count > 6) {
            return -1;
        }
        readHeadings();
        const std::size_t hash = hashOfFirstWord(wanted.text);
        const auto isBefore = [](const Heading& heading, std::size_t one) {
            return heading.firstWord < one;
        };
        for (auto heading = std::lower_bound(m_headings.begin(), m_headings.end(), hash, isBefore);
             heading != m_headings.end() && heading->firstWord == hash; ++heading) {
            if (wordsOf(*heading).substr(0, wanted.text.size()) == wanted.text &&
                !isAbove(heading->section, own)) {
                return heading->section;
            }
        }
        return -1;
    }

    /// The section of a GitHub anchor, -1 where there is none.
    [[nodiscard]] int findAnchor(QStringView anchor) const {
        for (int i = 0; i < int(m_context.book.sections.size()); ++i) {
            if (isAnchorOf(anchor, m_context.book.sections[i].title)) {
                return i;
            }
        }
        return -1;
    }

private:
    struct Heading {
        std::size_t firstWord = 0; ///< its hash
        int section = -1;
        std::size_t offset = 0; ///< of its words in m_words
        std::size_t length = 0; ///< 0: not read yet
    };

    void readHeadings() {
        if (std::exchange(m_isRead, true)) {
            return;
        }
        const QList<Section>& sections = m_context.book.sections;
        m_headings.reserve(std::size_t(sections.size()));
        for (int i = 0; i < int(sections.size()); ++i) {
            const bool isTitle = i == 0 && sections[i].level == 1;
            if (!isTitle && sections[i].lane != Lane::Reference) {
                m_headings.push_back({m_context.traits[std::size_t(i)].firstWord, i});
            }
        }
        std::sort(m_headings.begin(), m_headings.end(), [](const Heading& a, const Heading& b) {
            return std::pair(a.firstWord, a.section) < std::pair(b.firstWord, b.section);
        });
    }

    /// Read when it is first asked for: hardly any heading begins with what some step says to run.
    std::string_view wordsOf(Heading& heading) {
        if (heading.length == 0) {
            heading.offset = m_words.size();
            const vocabulary::WordList words(
                toUtf8(m_context.book.sections[heading.section].title, m_title));
            for (const std::string_view word : words.inOrder()) {
                if (!vocabulary::isNumber(word)) {
                    m_words += word;
                    m_words += ' ';
                }
            }
            heading.length = m_words.size() - heading.offset;
        }
        return std::string_view(m_words).substr(heading.offset, heading.length);
    }

    /// GitHub keeps letters, digits and hyphens, folds the case, and makes hyphens of blanks.
    static bool isAnchorOf(QStringView anchor, QStringView title) {
        qsizetype at = 0;
        for (const QChar c : title) {
            const bool isKept = c.isLetterOrNumber() || c == u'-' || c == u'_' || c == u' ';
            if (!isKept) {
                continue;
            }
            if (at >= anchor.size() || anchor[at] != (c == u' ' ? QChar(u'-') : c.toLower())) {
                return false;
            }
            ++at;
        }
        return at == anchor.size();
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
    std::string m_title;             ///< the one that is read
    std::string m_words;             ///< of those that were asked for
    std::vector<Heading> m_headings; ///< by their first word, then in the order of the document
    bool m_isRead = false;
};

/// The words behind the verb of such a title.
Phrase whatToRun(std::string_view title) {
    const vocabulary::WordList words(title);
    Phrase phrase;
    bool isVerb = true;
    bool isFirst = true;
    for (const std::string_view word : words.inOrder()) {
        if (vocabulary::isNumber(word)) {
            continue;
        }
        if (!isVerb && !(isFirst && word == "the")) {
            phrase.add(word);
        }
        isFirst = isVerb;
        isVerb = false;
    }
    return phrase;
}

/// The link of a step, which the step pass left in refersTo.
QString resolveLink(SectionIndex& index, const QString& link) {
    if (link.startsWith(u'#')) {
        const int section = index.findAnchor(QStringView(link).mid(1));
        return section >= 0 ? u'#' + QString::number(section) : QString();
    }
    const QString path = link.section(u'#', 0, 0);
    const bool isRunbook = path.endsWith(u".md", Qt::CaseInsensitive) && !path.contains(u"://") &&
                           !path.startsWith(u'/');
    return isRunbook ? path : QString();
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
    const auto hasOptions = [](const Step& step) { return !step.options.values.isEmpty(); };
    if (std::none_of(book.steps.begin(), book.steps.end(), hasOptions)) {
        return;
    }
    const QHash<QString, int> byName = stepsByName(book);
    for (int start = 0; start < int(book.steps.size()); ++start) {
        for (const QLatin1String key : {QLatin1String("inverse"), QLatin1String("reverts")}) {
            const QString name = book.steps[start].options.text(key);
            // What a rollback document reverts stands in the runbook that it belongs to.
            if (key == QLatin1String("reverts") && !book.frontMatter.rollbackFor.isEmpty()) {
                continue;
            }
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

void readPlaceholders(ParseContext& context, const QSet<QString>& given) {
    Runbook& book = context.book;
    QSet<QByteArray> known;
    for (const VariableDeclaration& variable : std::as_const(book.variables)) {
        known.insert(variable.name.toUtf8());
    }
    QSet<QString> settled = given; // or told of already
    std::string buffer;
    for (Step& step : book.steps) {
        for (const Command& command : std::as_const(step.commands)) {
            const std::string_view text = toUtf8(command.text, buffer);
            for (const Placeholder& placeholder : findPlaceholders(text, known)) {
                const QString name = toString(placeholder.name);
                if (!step.placeholders.contains(name)) {
                    step.placeholders.append(name);
                }
                if (placeholder.form != Placeholder::Form::Variable || settled.contains(name)) {
                    continue;
                }
                settled.insert(name);
                const std::string_view before = text.substr(0, placeholder.offset);
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
    SectionIndex index(context);
    std::string buffer;
    for (const int referring : context.referring) {
        Step& step = context.book.steps[referring];
        const QString link = std::exchange(step.refersTo, QString());
        if (step.lane == Lane::Reference || !step.commands.isEmpty()) {
            continue;
        }
        const std::string_view title = toUtf8(step.title, buffer);
        const bool asks = vocabulary::asksToRun(title);
        if (!link.isEmpty()) {
            const bool isMeant = asks || vocabulary::startsWithRunVerb(title);
            step.refersTo = isMeant ? resolveLink(index, link) : QString();
        } else if (asks && step.title.size() <= 80) {
            const int section = index.find(whatToRun(title), step.section);
            step.refersTo = section >= 0 ? u'#' + QString::number(section) : QString();
        }
    }
    checkInverses(context);
}

} // namespace models
