// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/referencepass.h"

#include "models/runbook/placeholders.h"

#include <QHash>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

namespace models {

namespace {

using Words = std::vector<std::string>;

/// The headings that a step may refer to, by their words and by their anchors on GitHub.
class SectionIndex {
public:
    explicit SectionIndex(const ParseContext& context)
        : m_context(context) {}

    /// The section whose heading begins with what a step says to run; -1 where there is none.
    /// "Run smoke tests." means "6) Smoke Tests (Both Environments)".
    [[nodiscard]] int find(const Words& wanted, int own) {
        if (wanted.empty() || wanted.size() > 6) {
            return -1;
        }
        readHeadings();
        const auto found = m_byFirstWord.find(wanted.front());
        if (found == m_byFirstWord.end()) {
            return -1;
        }
        for (const auto& [section, heading] : found->second) {
            if (heading.size() >= wanted.size() &&
                std::equal(wanted.begin(), wanted.end(), heading.begin()) &&
                !isAbove(section, own)) {
                return section;
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
    void readHeadings() {
        for (; m_read < int(m_context.book.sections.size()); ++m_read) {
            const Section& section = m_context.book.sections[m_read];
            const bool isTitle = m_read == 0 && section.level == 1;
            if (isTitle || section.lane == Lane::Reference) {
                continue;
            }
            Words words = vocabulary::words(section.title.toStdString());
            if (!words.empty()) {
                auto& headings = m_byFirstWord[words.front()];
                headings.emplace_back(m_read, std::move(words));
            }
        }
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
    /// In the order of the document.
    std::unordered_map<std::string, std::vector<std::pair<int, Words>>> m_byFirstWord;
    int m_read = 0; ///< sections
};

/// "Run the smoke tests", "Follow release.md": what stands behind may be a section or a runbook.
bool asksToRun(const QString& title) {
    static constexpr std::array verbs{QLatin1String("run"),     QLatin1String("execute"),
                                      QLatin1String("perform"), QLatin1String("follow"),
                                      QLatin1String("repeat"),  QLatin1String("complete"),
                                      QLatin1String("rerun")};
    const ushort initial = title.isEmpty() ? 0 : ushort(title.front().unicode() | 0x20);
    return std::any_of(verbs.begin(), verbs.end(), [&](QLatin1String verb) {
        return verb.front().unicode() == initial && title.size() > verb.size() &&
               title[verb.size()] == u' ' && title.startsWith(verb, Qt::CaseInsensitive);
    });
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
    const QHash<QString, int> byName = stepsByName(book);
    const auto hasOptions = [](const Step& step) { return !step.options.values.isEmpty(); };
    if (std::none_of(book.steps.begin(), book.steps.end(), hasOptions)) {
        return;
    }
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

void readPlaceholders(ParseContext& context, const QSet<QString>& given) {
    Runbook& book = context.book;
    QSet<QByteArray> known;
    for (const VariableDeclaration& variable : std::as_const(book.variables)) {
        known.insert(variable.name.toUtf8());
    }
    QSet<QString> settled = given; // or told of already
    for (Step& step : book.steps) {
        for (const Command& command : std::as_const(step.commands)) {
            const QByteArray text = command.text.toUtf8();
            const std::string_view view(text.constData(), std::size_t(text.size()));
            for (const Placeholder& placeholder : findPlaceholders(view, known)) {
                const QString name = toString(placeholder.name);
                if (!step.placeholders.contains(name)) {
                    step.placeholders.append(name);
                }
                if (placeholder.form != Placeholder::Form::Variable || settled.contains(name)) {
                    continue;
                }
                settled.insert(name);
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
    SectionIndex index(context);
    for (Step& step : context.book.steps) {
        const QString link = std::exchange(step.refersTo, QString());
        if (step.lane == Lane::Reference || !step.commands.isEmpty()) {
            continue;
        }
        const bool asks = asksToRun(step.title);
        if (!link.isEmpty()) {
            const bool isMeant =
                asks || vocabulary::startsWithRunVerb(step.title.left(40).toStdString());
            step.refersTo = isMeant ? resolveLink(index, link) : QString();
        } else if (asks && step.title.size() <= 80) {
            Words words = vocabulary::words(step.title.toStdString());
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
