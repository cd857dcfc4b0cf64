// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/yaml.h"

#include <QHash>
#include <QSet>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <istream>
#include <optional>
#include <streambuf>
#include <utility>

namespace models {

namespace {

QString fromStd(const std::string& text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// Reads from bytes that somebody else keeps, without copying them.
class ByteStream : public std::streambuf {
public:
    explicit ByteStream(const QByteArray& bytes) {
        // The get area is never written to; the interface of streambuf is older than const.
        char* begin = const_cast<char*>(bytes.constData());
        setg(begin, begin, begin + bytes.size());
    }
};

/// Thrown through yaml-cpp to stop it; never leaves this file.
struct LimitReached {
    Diagnostic diagnostic;
};

/// Builds the tree from the parser's events, so that an alias costs what it stands for, and so
/// that a syntax error leaves what came before it.
class TreeBuilder : public YAML::EventHandler {
public:
    explicit TreeBuilder(const YamlLimits& limits)
        : m_limits(limits) {}

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (std::exchange(m_hasBegun, true))
            throw LimitReached{{qMax(mark.line, 0) + 1, qMax(mark.column, 0) + 1, Severity::Error,
                                QStringLiteral("Another document begins here, and is not read. "
                                               "Take the line \"---\" away.")}};
    }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        add(make(mark, YamlKind::Null), anchor);
    }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        YamlNode node = make(mark, YamlKind::Scalar);
        node.text = fromStd(value);
        node.quoted = tag == "!";
        const bool empty =
            !node.quoted && (node.text == QLatin1String("~") || node.text == QLatin1String("null"));
        if (empty && !expectsKey())
            node.kind = YamlKind::Null;
        add(std::move(node), anchor);
    }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        YamlNode node = m_anchors.value(anchor, make(mark, YamlKind::Null));
        count(mark.line, mark.column, m_sizes.value(anchor, 1) - 1);
        // Positions of the copy stay those of the original: that is where a repair belongs.
        add(std::move(node), 0);
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open(make(mark, YamlKind::Sequence), anchor);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open(make(mark, YamlKind::Map), anchor);
    }
    void OnMapEnd() override { close(); }

    /// The tree so far; containers that are still open are closed, a key without value is left out.
    YamlDocument take() {
        while (!m_open.isEmpty())
            close();
        return {std::move(m_root), std::move(m_diagnostics)};
    }

private:
    struct Container {
        YamlNode node;
        YAML::anchor_t anchor = 0;
        int countBefore = 0;
        bool hasKey = false;
        YamlNode key;
        QSet<QString> seen;
    };

    [[nodiscard]] bool expectsKey() const {
        return !m_open.isEmpty() && m_open.last().node.isMap() && !m_open.last().hasKey;
    }

    YamlNode make(const YAML::Mark& mark, YamlKind kind) {
        count(mark.line, mark.column, 1);
        YamlNode node;
        node.kind = kind;
        node.line = qMax(mark.line, 0) + 1;
        node.column = qMax(mark.column, 0) + 1;
        return node;
    }

    void count(int line, int column, int values) {
        m_count += values;
        if (m_count > m_limits.values) {
            throw LimitReached{{line + 1, column + 1, Severity::Error,
                                QStringLiteral("The file holds more than %1 values, repeated ones "
                                               "included. The rest is left out.")
                                    .arg(m_limits.values)}};
        }
    }

    void open(YamlNode node, YAML::anchor_t anchor) {
        if (m_open.size() >= m_limits.depth) {
            throw LimitReached{{node.line, node.column, Severity::Error,
                                QStringLiteral("Values are nested more than %1 deep. The rest is "
                                               "left out.")
                                    .arg(m_limits.depth)}};
        }
        Container container;
        container.node = std::move(node);
        container.anchor = anchor;
        container.countBefore = m_count - 1;
        m_open.append(std::move(container));
    }

    void close() {
        Container container = m_open.takeLast();
        if (container.anchor != 0)
            m_sizes.insert(container.anchor, m_count - container.countBefore);
        add(std::move(container.node), container.anchor);
    }

    static YamlNode keyed(YamlNode value, const YamlNode& key) {
        value.key = key.text;
        value.keyLine = key.line;
        value.keyColumn = key.column;
        if (value.kind == YamlKind::Null) { // its own place may be lines below
            value.line = key.line;
            value.column = key.column;
        }
        return value;
    }

    void add(YamlNode node, YAML::anchor_t anchor) {
        if (anchor != 0)
            m_anchors.insert(anchor, node);
        if (m_open.isEmpty()) {
            m_root = std::move(node);
            return;
        }
        Container& parent = m_open.last();
        if (!parent.node.isMap()) {
            parent.node.children.append(std::move(node));
            return;
        }
        if (!parent.hasKey) {
            takeKey(parent, std::move(node));
            return;
        }
        parent.node.children.append(keyed(std::move(node), parent.key));
        parent.hasKey = false;
    }

    void takeKey(Container& parent, YamlNode key) {
        if (!key.isScalar()) {
            m_diagnostics.append({key.line, key.column, Severity::Error,
                                  QStringLiteral("A key must be plain text. Put a name before the "
                                                 "colon.")});
            key.text.clear();
        } else if (parent.seen.contains(key.text)) {
            m_diagnostics.append({key.line, key.column, Severity::Error,
                                  QStringLiteral("The key \"%1\" is there twice. The first one "
                                                 "counts; remove or rename this one.")
                                      .arg(key.text)});
        }
        parent.seen.insert(key.text);
        parent.key = std::move(key);
        parent.hasKey = true;
    }

    const YamlLimits& m_limits;
    YamlNode m_root;
    Diagnostics m_diagnostics;
    QList<Container> m_open;
    QHash<YAML::anchor_t, YamlNode> m_anchors;
    QHash<YAML::anchor_t, int> m_sizes;
    int m_count = 0;
    bool m_hasBegun = false;
};

/// Where a tab indents the line (from 0), its column from 0; -1 where none does.
qsizetype indentingTab(const QByteArray& bytes, int line) {
    const QByteArray text = bytes.split('\n').value(line);
    qsizetype column = 0;
    while (column < text.size() && text[column] == ' ')
        ++column;
    return column < text.size() && text[column] == '\t' ? column : -1;
}

Diagnostic syntaxError(const YAML::Exception& error, const QByteArray& bytes) {
    const bool placed = !error.mark.is_null();
    const int lines = static_cast<int>(bytes.count('\n') + (bytes.endsWith('\n') ? 0 : 1));
    const int line = placed ? error.mark.line + 1 : 1;
    const bool atEnd = line > lines;
    if (const qsizetype tab = placed ? indentingTab(bytes, error.mark.line) : -1; tab >= 0)
        return {line, static_cast<int>(tab) + 1, Severity::Error,
                QStringLiteral("A tab indents this line, and YAML takes spaces alone. What comes "
                               "after it is not read.")};
    return {atEnd ? qMax(lines, 1) : line, placed && !atEnd ? error.mark.column + 1 : 1,
            Severity::Error,
            QStringLiteral("This is not YAML: %1. What comes after it is not read; check the "
                           "indentation, the quotes and the space after each colon.")
                .arg(fromStd(error.msg))};
}

/// As many bytes as the first one announces, or as there are.
QByteArrayView firstCharacter(QByteArrayView bytes) {
    const auto lead = static_cast<uchar>(bytes.front());
    const qsizetype size = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    return bytes.first(qMin(size, bytes.size()));
}

/// At the first byte that is not UTF-8; nothing where all is. UTF-16 and UTF-32 are YAML too.
std::optional<Diagnostic> encodingError(const QByteArray& bytes) {
    const bool isWide = bytes.startsWith("\xff\xfe") || bytes.startsWith("\xfe\xff") ||
                        bytes.first(qMin<qsizetype>(bytes.size(), 4)).contains('\0');
    if (isWide || bytes.isValidUtf8())
        return std::nullopt;
    int line = 1;
    int column = 1;
    qsizetype at = 0;
    for (QByteArrayView next = firstCharacter(bytes); next.isValidUtf8();
         next = firstCharacter(QByteArrayView(bytes).sliced(at))) {
        at += next.size();
        column = next.front() == '\n' ? 1 : column + 1;
        line += next.front() == '\n' ? 1 : 0;
    }
    return Diagnostic{
        line, column, Severity::Error,
        QStringLiteral("The file is not UTF-8: here is the byte 0x%1. Words with such "
                       "a byte are not read right; save the file as UTF-8.")
            .arg(static_cast<uchar>(bytes.at(at)), 2, 16, QLatin1Char('0'))};
}

} // namespace

const YamlNode* YamlNode::find(QStringView name) const {
    if (kind != YamlKind::Map)
        return nullptr;
    for (const YamlNode& child : children) {
        if (child.key == name)
            return &child;
    }
    return nullptr;
}

QString textOf(const YamlNode* node) {
    return node != nullptr && node->isScalar() ? node->text : QString();
}

QStringList textsOf(const YamlNode* node) {
    QStringList texts;
    if (node == nullptr)
        return texts;
    if (node->isScalar())
        texts.append(node->text);
    for (const YamlNode& child : node->children) {
        if (node->isSequence() && child.isScalar())
            texts.append(child.text);
    }
    return texts;
}

YamlDocument parseYaml(const QByteArray& bytes, const YamlLimits& limits) {
    if (bytes.size() > limits.bytes) {
        YamlDocument tooLarge;
        tooLarge.isWhole = false;
        tooLarge.diagnostics.append(
            {1, 1, Severity::Error,
             QStringLiteral("The file has %1 bytes, more than the %2 that are read. Nothing of it "
                            "is used.")
                 .arg(bytes.size())
                 .arg(limits.bytes)});
        return tooLarge;
    }
    TreeBuilder builder(limits);
    Diagnostics problems;
    try {
        // yaml-cpp 0.7 takes a quote that is still open behind the last line end as closed. With
        // a comment there, which is none inside quotes, it sees the mistake.
        const QByteArray ended = bytes + "\n#";
        ByteStream buffer(ended);
        std::istream input(&buffer);
        YAML::Parser parser(input);
        while (parser.HandleNextDocument(builder)) {
        } // the second one ends it
    } catch (const LimitReached& limit) {
        problems.append(limit.diagnostic);
    } catch (const YAML::Exception& error) {
        problems.append(syntaxError(error, bytes));
    } catch (const std::exception& error) {
        problems.append({1, 1, Severity::Error,
                         QStringLiteral("The file cannot be read as YAML: %1")
                             .arg(QString::fromUtf8(error.what()))});
    }
    YamlDocument document = builder.take();
    document.isWhole = problems.isEmpty();
    document.diagnostics += problems;
    if (const auto encoding = encodingError(bytes))
        document.diagnostics.append(*encoding);
    return document;
}

} // namespace models
