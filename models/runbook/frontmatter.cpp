// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/frontmatter.h"

#include <yaml-cpp/yaml.h>

namespace models {

namespace {

/// More than this is no front matter, and would be slow to read as YAML.
constexpr std::size_t maximumSize = 64 * 1024;

bool isFence(std::string_view line) {
    if (line.substr(0, 3) == "\xEF\xBB\xBF") {
        line.remove_prefix(3);
    }
    return trimmed(line) == "---" && line.substr(0, 1) == "-";
}

/// The line of the closing fence, 0 where there is no front matter.
int closingLine(const SourceText& source) {
    if (!isFence(source.line(1))) {
        return 0;
    }
    for (int line = 2; line <= source.lineCount() && source.offset(line) < maximumSize; ++line) {
        const std::string_view text = source.line(line);
        if (isFence(text) || trimmed(text) == "...") {
            return line;
        }
    }
    return 0;
}

class Reader {
public:
    Reader(Runbook& book)
        : m_book(book) {}

    void read(const YAML::Node& root) {
        if (!root.IsMap()) {
            return;
        }
        FrontMatter& front = m_book.frontMatter;
        front.title = scalar(root["title"]);
        front.status = scalar(root["status"]);
        front.shell = scalar(root["shell"]);
        front.cwd = scalar(root["cwd"]);
        const YAML::Node own = root["runbook"];
        if (!own.IsDefined() || own.IsNull()) {
            return;
        }
        if (!own.IsMap()) {
            complain(own, QStringLiteral("\"runbook\" must be a map of keys."));
            return;
        }
        front.environments = list(own["environments"]);
        front.rollbackFor = scalar(own["rollback_for"]);
        front.defaultHost = scalar(own["default_host"]);
        front.gates = list(own["gates"]);
        front.triggers = list(own["triggers"]);
        readVariables(own["vars"]);
        reportUnknownKeys(own);
    }

private:
    void complain(const YAML::Node& node, const QString& message) {
        const YAML::Mark mark = node.Mark();
        // The YAML begins on line 2 of the document, and marks count from 0.
        m_book.diagnostics.append({mark.line + 2, mark.column + 1, Severity::Warning, message});
    }

    static QString scalar(const YAML::Node& node) {
        return node.IsDefined() && node.IsScalar() ? toString(node.Scalar()) : QString();
    }

    QStringList list(const YAML::Node& node) {
        QStringList result;
        if (!node.IsDefined()) {
            return result;
        }
        if (node.IsScalar()) {
            result.append(toString(node.Scalar()));
            return result;
        }
        if (!node.IsSequence()) {
            complain(node, QStringLiteral("A list is expected here: [one, two]."));
            return result;
        }
        for (const YAML::Node& item : node) {
            const YAML::Node when = item.IsMap() ? item["when"] : item;
            if (when.IsDefined() && when.IsScalar()) {
                result.append(toString(when.Scalar()));
            } else {
                complain(item, QStringLiteral("A text is expected here."));
            }
        }
        return result;
    }

    void readVariables(const YAML::Node& vars) {
        if (!vars.IsDefined() || vars.IsNull()) {
            return;
        }
        if (!vars.IsMap()) {
            complain(vars, QStringLiteral("\"vars\" must be a map: NAME: value, or NAME: {prompt: "
                                          "…, default: …, pattern: …, secret: true}."));
            return;
        }
        for (const auto& entry : vars) {
            VariableDeclaration variable;
            variable.name = scalar(entry.first);
            variable.line = entry.first.Mark().line + 2;
            if (entry.second.IsMap()) {
                variable.value = scalar(entry.second["default"]);
                variable.prompt = scalar(entry.second["prompt"]);
                variable.pattern = scalar(entry.second["pattern"]);
                variable.secret = scalar(entry.second["secret"]) == QLatin1String("true");
            } else {
                variable.value = scalar(entry.second);
            }
            m_book.variables.append(variable);
        }
    }

    void reportUnknownKeys(const YAML::Node& own) {
        static const QStringList known{
            QStringLiteral("environments"), QStringLiteral("vars"),
            QStringLiteral("gates"),        QStringLiteral("triggers"),
            QStringLiteral("rollback_for"), QStringLiteral("default_host")};
        for (const auto& entry : own) {
            const QString key = scalar(entry.first);
            if (!known.contains(key)) {
                complain(entry.first, QStringLiteral("Unknown key \"%1\". Known are %2.")
                                          .arg(key, known.join(QStringLiteral(", "))));
            }
        }
    }

    Runbook& m_book;
};

} // namespace

int readFrontMatter(const SourceText& source, Runbook& book) {
    const int closing = closingLine(source);
    if (closing == 0) {
        return 1;
    }
    if (closing == 2) {
        return 3;
    }
    try {
        const std::string_view text = source.lines(2, closing - 1);
        Reader(book).read(YAML::Load(std::string(text)));
    } catch (const YAML::Exception& error) {
        const int line = error.mark.is_null() ? 1 : error.mark.line + 2;
        const int column = error.mark.is_null() ? 1 : error.mark.column + 1;
        book.diagnostics.append({line, column, Severity::Warning,
                                 QStringLiteral("The front matter is not YAML: %1. It is left out.")
                                     .arg(QString::fromStdString(error.msg))});
    }
    return closing + 1;
}

} // namespace models
