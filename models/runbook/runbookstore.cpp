// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/runbookjson.h"
#include "models/runbook/runbooknames.h"

#include <QJsonArray>

namespace models {

namespace {

// One field() for every member, used for writing and for reading, so that the two cannot differ.

/// Puts members into an object.
class Writer {
public:
    QJsonObject object;

    void field(const char* name, const QString& value) { put(name, value); }
    void field(const char* name, const int& value) { put(name, value); }
    void field(const char* name, const bool& value) { put(name, value); }
    void field(const char* name, const StepId& value) { put(name, value.text()); }
    void field(const char* name, const std::chrono::milliseconds& value) {
        put(name, qint64(value.count()));
    }
    void field(const char* name, const QStringList& value) {
        put(name, QJsonArray::fromStringList(value));
    }
    void field(const char* name, const QMap<QString, QString>& value) {
        QJsonObject map;
        for (auto it = value.cbegin(); it != value.cend(); ++it) {
            map.insert(it.key(), it.value());
        }
        put(name, map);
    }
    template <class Enum>
    void choice(const char* name, const Enum& value, std::optional<Enum> (*)(const QString&)) {
        put(name, nameOf(value));
    }
    template <class Value>
    void nested(const char* name, const Value& value) {
        put(name, toObject(value));
    }
    template <class Value>
    void optional(const char* name, const std::optional<Value>& value) {
        if (value) {
            put(name, toObject(*value));
        }
    }
    template <class Value>
    void list(const char* name, const QList<Value>& values) {
        QJsonArray array;
        for (const Value& value : values) {
            array.append(toObject(value));
        }
        put(name, array);
    }

private:
    void put(const char* name, const QJsonValue& value) {
        object.insert(QLatin1String(name), value);
    }
    template <class Value>
    static QJsonObject toObject(const Value& value) {
        Writer writer;
        // describe() is shared with the reader and changes nothing here.
        describe(writer, const_cast<Value&>(value));
        return writer.object;
    }
};

/// Takes members out of an object; a member that is missing or of another type is an error.
class Reader {
public:
    explicit Reader(const QJsonObject& object, QString path = {})
        : m_object(object)
        , m_path(std::move(path)) {}

    QString error; ///< of the first member that could not be read

    void field(const char* name, QString& value) {
        value = take(name, QJsonValue::String).toString();
    }
    void field(const char* name, int& value) { value = take(name, QJsonValue::Double).toInt(); }
    void field(const char* name, bool& value) { value = take(name, QJsonValue::Bool).toBool(); }
    void field(const char* name, StepId& value) {
        value = StepId(take(name, QJsonValue::String).toString());
    }
    void field(const char* name, std::chrono::milliseconds& value) {
        value = std::chrono::milliseconds(take(name, QJsonValue::Double).toInteger());
    }
    void field(const char* name, QStringList& value) {
        value.clear();
        const QJsonArray array = take(name, QJsonValue::Array).toArray();
        for (const QJsonValue& item : array) {
            value.append(item.toString());
        }
    }
    void field(const char* name, QMap<QString, QString>& value) {
        value.clear();
        const QJsonObject map = take(name, QJsonValue::Object).toObject();
        for (auto it = map.constBegin(); it != map.constEnd(); ++it) {
            value.insert(it.key(), it.value().toString());
        }
    }
    template <class Enum>
    void choice(const char* name, Enum& value, std::optional<Enum> (*fromName)(const QString&)) {
        const std::optional<Enum> found = fromName(take(name, QJsonValue::String).toString());
        if (!found) {
            fail(name);
            return;
        }
        value = *found;
    }
    template <class Value>
    void nested(const char* name, Value& value) {
        read(take(name, QJsonValue::Object).toObject(), QLatin1String(name), value);
    }
    template <class Value>
    void optional(const char* name, std::optional<Value>& value) {
        value.reset();
        if (m_object.contains(QLatin1String(name))) {
            nested(name, value.emplace());
        }
    }
    template <class Value>
    void list(const char* name, QList<Value>& values) {
        values.clear();
        const QJsonArray array = take(name, QJsonValue::Array).toArray();
        values.reserve(array.size());
        for (const QJsonValue& item : array) {
            const QString place =
                QStringLiteral("%1[%2]").arg(QLatin1String(name)).arg(values.size());
            Value value;
            read(item.toObject(), place, value);
            values.append(value);
        }
    }

private:
    QJsonValue take(const char* name, QJsonValue::Type type) {
        const QJsonValue value = m_object.value(QLatin1String(name));
        if (value.type() != type) {
            fail(name);
        }
        return value;
    }
    void fail(const char* name) {
        if (error.isEmpty()) {
            error = m_path + QLatin1String(name);
        }
    }
    template <class Value>
    void read(const QJsonObject& object, const QString& place, Value& value) {
        Reader reader(object, m_path + place + u'.');
        describe(reader, value);
        if (error.isEmpty()) {
            error = reader.error;
        }
    }

    const QJsonObject m_object;
    QString m_path;
};

template <class Archive>
void describe(Archive& archive, Diagnostic& value) {
    archive.field("line", value.line);
    archive.field("column", value.column);
    archive.choice("severity", value.severity, severityFromName);
    archive.field("message", value.message);
}

template <class Archive>
void describe(Archive& archive, Options& value) {
    archive.field("values", value.values);
}

template <class Archive>
void describe(Archive& archive, Expectation& value) {
    archive.choice("kind", value.kind, expectationKindFromName);
    archive.field("text", value.text);
    archive.field("line", value.line);
}

template <class Archive>
void describe(Archive& archive, CommandGroup& value) {
    archive.field("title", value.title);
    archive.field("text", value.text);
    archive.field("line", value.line);
}

template <class Archive>
void describe(Archive& archive, Command& value) {
    archive.field("line", value.line);
    archive.field("language", value.language);
    archive.field("text", value.text);
    archive.list("groups", value.groups);
    archive.field("streaming", value.streaming);
    archive.field("destructive", value.destructive);
    archive.field("needsTerminal", value.needsTerminal);
    archive.field("asWritten", value.asWritten);
    archive.field("choice", value.choice);
}

template <class Archive>
void describe(Archive& archive, HttpRequest& value) {
    archive.field("method", value.method);
    archive.field("url", value.url);
}

template <class Archive>
void describe(Archive& archive, ApprovalRule& value) {
    archive.field("by", value.by);
    archive.field("notSelf", value.notSelf);
}

template <class Archive>
void describe(Archive& archive, SourceRange& value) {
    archive.field("first", value.first);
    archive.field("last", value.last);
}

template <class Archive>
void describe(Archive& archive, Step& value) {
    archive.field("id", value.id);
    archive.field("title", value.title);
    archive.choice("kind", value.kind, stepKindFromName);
    archive.choice("lane", value.lane, laneFromName);
    archive.field("section", value.section);
    archive.field("depth", value.depth);
    archive.field("parent", value.parent);
    archive.nested("range", value.range);
    archive.field("inferred", value.inferred);
    archive.field("wasChecked", value.wasChecked);
    archive.field("urgent", value.urgent);
    archive.list("commands", value.commands);
    archive.list("expectations", value.expectations);
    archive.field("placeholders", value.placeholders);
    archive.field("body", value.body);
    archive.nested("options", value.options);
    archive.field("environment", value.environment);
    archive.field("condition", value.condition);
    archive.optional("http", value.http);
    archive.optional("approval", value.approval);
    archive.field("wait", value.wait);
    archive.field("refersTo", value.refersTo);
    archive.field("requiresEnvironment", value.requiresEnvironment);
}

template <class Archive>
void describe(Archive& archive, WaveRule& value) {
    archive.field("name", value.name);
    archive.field("each", value.each);
    archive.field("hosts", value.hosts);
    archive.field("services", value.services);
}

template <class Archive>
void describe(Archive& archive, Section& value) {
    archive.field("title", value.title);
    archive.field("level", value.level);
    archive.field("line", value.line);
    archive.choice("lane", value.lane, laneFromName);
    archive.field("environment", value.environment);
    archive.field("parent", value.parent);
    archive.optional("wave", value.wave);
}

template <class Archive>
void describe(Archive& archive, ContractVariable& value) {
    archive.field("name", value.name);
    archive.field("rules", value.rules);
    archive.field("line", value.line);
}

template <class Archive>
void describe(Archive& archive, ConditionText& value) {
    archive.field("text", value.text);
    archive.field("line", value.line);
    archive.field("trigger", value.trigger);
}

template <class Archive>
void describe(Archive& archive, Risk& value) {
    archive.field("text", value.text);
    archive.field("status", value.status);
    archive.field("line", value.line);
}

template <class Archive>
void describe(Archive& archive, VariableDeclaration& value) {
    archive.field("name", value.name);
    archive.field("value", value.value);
    archive.field("prompt", value.prompt);
    archive.field("pattern", value.pattern);
    archive.field("secret", value.secret);
    archive.field("line", value.line);
}

template <class Archive>
void describe(Archive& archive, FrontMatter& value) {
    archive.field("title", value.title);
    archive.field("status", value.status);
    archive.field("shell", value.shell);
    archive.field("cwd", value.cwd);
    archive.field("environments", value.environments);
    archive.field("rollbackFor", value.rollbackFor);
    archive.field("defaultHost", value.defaultHost);
    archive.field("gates", value.gates);
    archive.field("triggers", value.triggers);
}

template <class Archive>
void describe(Archive& archive, Counts& value) {
    archive.field("sections", value.sections);
    archive.field("taskItems", value.taskItems);
    archive.field("taskItemsNested", value.taskItemsNested);
    archive.field("taskItemsChecked", value.taskItemsChecked);
    archive.field("steps", value.steps);
    archive.field("commands", value.commands);
    archive.field("shellBlocks", value.shellBlocks);
    archive.field("expectations", value.expectations);
    archive.field("placeholders", value.placeholders);
    archive.field("rollbackSteps", value.rollbackSteps);
    archive.field("conditions", value.conditions);
}

template <class Archive>
void describe(Archive& archive, Runbook& value) {
    archive.field("title", value.title);
    archive.field("sha256", value.sha256);
    archive.choice("kind", value.kind, documentKindFromName);
    archive.nested("frontMatter", value.frontMatter);
    archive.list("sections", value.sections);
    archive.list("steps", value.steps);
    archive.list("variables", value.variables);
    archive.list("contract", value.contract);
    archive.list("conditions", value.conditions);
    archive.list("risks", value.risks);
    archive.nested("counts", value.counts);
    archive.list("diagnostics", value.diagnostics);
}

/// Indices into other lists must point into them: a damaged journal must not lead outside.
bool isConsistent(const Runbook& book) {
    for (int i = 0; i < int(book.sections.size()); ++i) {
        if (book.sections[i].parent < -1 || book.sections[i].parent >= i) {
            return false;
        }
    }
    for (int i = 0; i < int(book.steps.size()); ++i) {
        const Step& step = book.steps[i];
        if (step.parent < -1 || step.parent >= i || step.section < -1 ||
            step.section >= int(book.sections.size())) {
            return false;
        }
    }
    return true;
}

} // namespace

QJsonObject runbookToJson(const Runbook& runbook) {
    Writer writer;
    describe(writer, const_cast<Runbook&>(runbook));
    return writer.object;
}

Result<Runbook> runbookFromJson(const QJsonObject& object) {
    Runbook book;
    Reader reader(object);
    describe(reader, book);
    if (!reader.error.isEmpty()) {
        return failure(ErrorCode::Damaged,
                       QStringLiteral("The stored runbook cannot be read: \"%1\" is missing or of "
                                      "the wrong type.")
                           .arg(reader.error));
    }
    if (!isConsistent(book)) {
        return failure(ErrorCode::Damaged,
                       QStringLiteral("The stored runbook cannot be read: its steps and sections "
                                      "do not fit one another."));
    }
    return book;
}

} // namespace models
