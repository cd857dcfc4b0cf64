// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/annotations.h"

#include "models/runbook/expectationtext.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace models {

namespace {

/// Every annotation key there is; unknown ones in a fence's JSON are kept and ignored.
const QStringList& knownKeys() {
    static const QStringList keys =
        QStringLiteral("name on fresh shell cwd timeout confirm expect expectExit errexit env "
                       "inverse reverts readonly required when wave watch batch wait owner "
                       "irreversible interactive background interpreter promptEnv "
                       "excludeFromRunAll category tag mimetype every samples deadline role "
                       "within")
            .split(u' ');
    return keys;
}

/// Keys of comments alone: they make a step's kind.
const QStringList& kindKeys() {
    static const QStringList keys = QStringLiteral("gate check http approval").split(u' ');
    return keys;
}

bool isFlag(const QString& key) {
    static const QStringList keys =
        QStringLiteral("fresh errexit readonly required irreversible interactive background "
                       "excludeFromRunAll")
            .split(u' ');
    return keys.contains(key);
}

bool isTime(const QString& key) {
    static const QStringList keys =
        QStringLiteral("timeout wait watch every deadline within").split(u' ');
    return keys.contains(key);
}

/// "by=2 not=self role=release within=4h": the last two become options of the step.
ApprovalRule approvalFrom(ParseContext& context, Step& step, const QString& value, int line) {
    ApprovalRule rule;
    const QStringList words = value.split(u' ', Qt::SkipEmptyParts);
    for (const QString& word : words) {
        const QString key = word.section(u'=', 0, 0);
        if ((key == u"role" || key == u"within") && word.size() > key.size() + 1) {
            step.options.values.insert(key, word.section(u'=', 1));
            continue;
        }
        bool isNumber = false;
        if (word.startsWith(u"by=")) {
            const int by = word.mid(3).toInt(&isNumber);
            rule.by = isNumber ? std::max(1, by) : 1;
        }
        const bool isKnown = word == u"approve" || word == u"not=self" || isNumber;
        rule.notSelf = rule.notSelf || word == u"not=self";
        if (!isKnown) {
            context.diagnose(line, 1, Severity::Warning,
                             QStringLiteral("\"%1\" is no part of an approval. Write \"approve "
                                            "by=2 not=self role=release within=4h\".")
                                 .arg(word));
        }
    }
    checkOptions(context, step.options, line);
    return rule;
}

void readHttp(ParseContext& context, Step& step, const QString& value, int line) {
    const qsizetype expect = value.indexOf(u" expect ");
    const QString request = expect < 0 ? value : value.left(expect);
    const QStringList words = request.split(u' ', Qt::SkipEmptyParts);
    if (words.size() != 2) {
        context.diagnose(line, 1, Severity::Warning,
                         QStringLiteral("An http check needs a method and an address: \"http: GET "
                                        "https://example.com/healthz expect body.ok == true\"."));
        return;
    }
    step.kind = StepKind::Http;
    step.http = HttpRequest{words[0].toUpper(), words[1]};
    if (expect >= 0) {
        const QString expected = value.mid(expect + 8).trimmed();
        step.expectations.append(classifyExpectation(expected.toStdString(), line));
    }
}

/// "each=5 %, 25 %, 100 %", "hosts=2", or a name.
std::optional<WaveRule> waveFrom(ParseContext& context, const QString& value, int line) {
    WaveRule rule;
    if (value.startsWith(u"each=")) {
        const QStringList names = value.mid(5).split(u',', Qt::SkipEmptyParts);
        for (const QString& name : names) {
            if (const QString wave = name.trimmed(); !wave.isEmpty() && !rule.each.contains(wave)) {
                rule.each.append(wave);
            }
        }
    } else if (value.startsWith(u"hosts=")) {
        rule.hosts = value.mid(6).toInt();
    } else if (value == u"services") {
        rule.services = true;
    } else if (value != u"true") {
        rule.name = value;
    }
    if (rule.name.isEmpty() && rule.each.isEmpty() && rule.hosts < 1 && !rule.services) {
        context.diagnose(line, 1, Severity::Warning,
                         QStringLiteral("\"%1\" is no wave. Write \"wave: beta\", \"wave: "
                                        "each=5%, 25%, 100%\" or \"wave: hosts=2\".")
                             .arg(value));
        return std::nullopt;
    }
    return rule;
}

/// What stands behind the last ";" of a gate or check, "every=10s samples=5 deadline=30m", becomes
/// options of the step; the condition is what stands before it.
QString takeGateSettings(ParseContext& context, Step& step, const QString& value, int line) {
    static const QStringList keys{QStringLiteral("every"), QStringLiteral("samples"),
                                  QStringLiteral("deadline")};
    const qsizetype end = value.lastIndexOf(u';');
    if (end < 0 || value.indexOf(u'"', end) >= 0) {
        return value; // a text of the condition may hold one
    }
    const QStringList words = value.mid(end + 1).split(u' ', Qt::SkipEmptyParts);
    for (const QString& word : words) {
        const QString key = word.section(u'=', 0, 0);
        if (keys.contains(key) && word.contains(u'=')) {
            step.options.values.insert(key, word.section(u'=', 1));
        } else {
            context.diagnose(line, 1, Severity::Warning,
                             QStringLiteral("\"%1\" is no setting of a gate. Write \"every=10s "
                                            "samples=5 deadline=30m\".")
                                 .arg(word));
        }
    }
    checkOptions(context, step.options, line);
    return value.left(end).trimmed();
}

} // namespace

std::optional<Annotation> annotationFromComment(std::string_view comment) {
    std::string_view text = trimmed(comment);
    if (text.substr(0, 4) != "<!--" || text.size() < 7 || text.substr(text.size() - 3) != "-->") {
        return std::nullopt;
    }
    text = trimmed(text.substr(4, text.size() - 7));
    std::size_t length = 0;
    while (length < text.size() && (text[length] == '_' || (text[length] | 0x20) >= 'a') &&
           (text[length] == '_' || (text[length] | 0x20) <= 'z')) {
        ++length;
    }
    const QString key = toString(text.substr(0, length));
    const std::string_view rest = text.substr(length);
    if (key == u"expected_similarity" && rest.substr(0, 1) == "=") {
        return Annotation{key, toString(trimmed(rest.substr(1)))};
    }
    if (!knownKeys().contains(key) && !kindKeys().contains(key)) {
        return std::nullopt;
    }
    if (rest.empty()) {
        return Annotation{key, QStringLiteral("true")};
    }
    if (rest.front() != ':') {
        return std::nullopt;
    }
    return Annotation{key, toString(trimmed(rest.substr(1)))};
}

std::optional<WaveRule> waveOfHeading(ParseContext& context, int line, const QString& title) {
    const std::string_view text = context.source.line(line);
    if (const std::size_t open = text.rfind("<!--"); open != std::string_view::npos) {
        std::string_view comment = trimmed(text.substr(open));
        comment = trimmed(comment.substr(0, comment.find_last_not_of('#') + 1)); // of "## Beta ##"
        const auto annotation = annotationFromComment(comment);
        if (annotation && annotation->key == u"wave") {
            return waveFrom(context, annotation->value, line);
        }
    }
    const bool isNumbered =
        title.size() > 5 && title.startsWith(u"Wave ", Qt::CaseInsensitive) && title[5].isDigit();
    return isNumbered ? std::optional(WaveRule{title}) : std::nullopt;
}

Options optionsFromFence(ParseContext& context, int line) {
    Options options;
    const std::string_view text = context.source.line(line);
    const std::size_t open = text.find('{');
    if (open == std::string_view::npos) {
        return options;
    }
    const std::string_view json = trimmed(text.substr(open));
    QJsonParseError error;
    const QJsonDocument document =
        QJsonDocument::fromJson(QByteArray(json.data(), qsizetype(json.size())), &error);
    if (!document.isObject()) {
        // Other tools put other things behind the label: {1,3-5}, {.bash}.
        if (json.find('"') != std::string_view::npos && json.find(':') != std::string_view::npos) {
            context.diagnose(line, columnOf(text, open), Severity::Warning,
                             QStringLiteral("The options behind the label are not JSON: %1. Write "
                                            "{\"name\":\"deploy\",\"timeout\":\"5m\"}.")
                                 .arg(error.errorString()));
        }
        return options;
    }
    const QJsonObject object = document.object();
    for (auto it = object.constBegin(); it != object.constEnd(); ++it) {
        if (it->isString()) {
            options.values.insert(it.key(), it->toString());
        } else if (it->isBool() || it->isDouble()) {
            options.values.insert(it.key(), it->toVariant().toString());
        } else {
            context.diagnose(
                line, columnOf(text, open), Severity::Warning,
                QStringLiteral("The option \"%1\" is left out: values are texts, as in "
                               "{\"%1\":\"…\"}.")
                    .arg(it.key()));
        }
    }
    checkOptions(context, options, line);
    return options;
}

void checkOptions(ParseContext& context, const Options& options, int line) {
    const auto complain = [&](const QString& key, const QString& value, const QString& wanted) {
        context.diagnose(
            line, 1, Severity::Warning,
            QStringLiteral("\"%1\" cannot be \"%2\". Write %3.").arg(key, value, wanted));
    };
    for (auto it = options.values.cbegin(); it != options.values.cend(); ++it) {
        const QString& value = it.value();
        if (isFlag(it.key()) && value != u"true" && value != u"false") {
            complain(it.key(), value, QStringLiteral("\"true\" or \"false\""));
        } else if (isTime(it.key())) {
            if (!durationFromText(value)) {
                complain(it.key(), value,
                         QStringLiteral("a time such as \"90s\", \"5m\" or \"24h\""));
            }
        } else if (it.key() == u"shell") {
            if (value != u"bash" && value != u"sh" && value != u"zsh") {
                complain(it.key(), value, QStringLiteral("\"bash\", \"sh\" or \"zsh\""));
            }
        } else if (it.key() == u"samples") {
            if (value.toInt() < 1) {
                complain(it.key(), value, QStringLiteral("how many readings are needed, from 1"));
            }
        } else if (it.key() == u"expectExit") {
            bool isNumber = false;
            const int status = value.toInt(&isNumber);
            if (!isNumber || status < 0 || status > 255) {
                complain(it.key(), value, QStringLiteral("an exit status from \"0\" to \"255\""));
            }
        }
    }
}

void annotate(ParseContext& context, Step& step, const Annotation& annotation, int line) {
    step.inferred = false; // whoever annotates it says that it is one
    const QString& key = annotation.key;
    const QString& value = annotation.value;
    if (key == u"gate" || key == u"approval") {
        const bool isApproval = key == u"approval" || value.startsWith(u"approve");
        step.kind = isApproval ? StepKind::Approval : StepKind::Gate;
        if (isApproval) {
            step.approval = approvalFrom(context, step, value == u"true" ? QString() : value, line);
        } else {
            step.condition =
                value == u"true" ? QString() : takeGateSettings(context, step, value, line);
        }
    } else if (key == u"check") {
        step.kind = StepKind::Check;
        step.condition = takeGateSettings(context, step, value, line);
    } else if (key == u"http") {
        readHttp(context, step, value, line);
    } else {
        if (key == u"wait") {
            const auto duration = durationFromText(value);
            step.kind = duration ? StepKind::Wait : step.kind;
            step.wait = duration.value_or(std::chrono::milliseconds(0));
        } else if (key == u"expect" && !value.startsWith(u"json-subset")) {
            step.expectations.append(classifyExpectation(value.toStdString(), line));
        }
        step.options.values.insert(key, value);
        Options one;
        one.values.insert(key, value);
        checkOptions(context, one, line);
    }
}

} // namespace models
