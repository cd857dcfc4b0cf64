// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/diagnostic.h"
#include "models/core/id.h"

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace models {

enum class Lane { Main, Rollback, Reference };
enum class StepKind { Manual, Command, Http, Check, Gate, Wait, Approval };

/// Lines of the source, from 1, both ends included.
struct SourceRange {
    int first = 1;
    int last = 1;

    bool operator==(const SourceRange&) const = default;
};

/// "90s", "5m", "24h", "500ms", "2d"; nothing where the text is no such time or over a year.
[[nodiscard]] std::optional<std::chrono::milliseconds> durationFromText(QStringView text);

/// The annotation keys of a step with their values, unknown keys preserved.
struct Options {
    QMap<QString, QString> values;

    [[nodiscard]] bool contains(QLatin1String key) const {
        return !values.isEmpty() && values.contains(QString(key));
    }
    [[nodiscard]] QString text(QLatin1String key, const QString& fallback = {}) const {
        return values.isEmpty() ? fallback : values.value(QString(key), fallback);
    }
    /// "true"/"false"; anything else is the fallback (and was diagnosed by the parser).
    [[nodiscard]] bool flag(QLatin1String key, bool fallback) const;
    /// As durationFromText().
    [[nodiscard]] std::optional<std::chrono::milliseconds> duration(QLatin1String key) const;

    bool operator==(const Options&) const = default;
};

/// What is expected of a step. Assertable kinds are checked; Manual asks a person.
enum class ExpectationKind {
    HttpStatus, ///< text is the number
    Json,       ///< text is a JSON subset, "..." is a wildcard
    Comparison, ///< text is "body.path == literal" or "exit == 0"
    Contains,   ///< text is a literal that the output holds
    Similar,    ///< Runme's expected_similarity; text is "RATIO\nEXPECTED"
    Manual,     ///< text is shown beside the observed output
};

struct Expectation {
    ExpectationKind kind = ExpectationKind::Manual;
    QString text;
    int line = 1;

    bool operator==(const Expectation&) const = default;
};

/// Commands of one fence that are separated by a blank line; a comment above is the title.
struct CommandGroup {
    QString title;
    QString text;
    int line = 1;

    bool operator==(const CommandGroup&) const = default;
};

/// One fence, inline command or bare command line that can be run.
struct Command {
    int line = 1;     ///< of the first line of the text
    QString language; ///< the fence's label in lower case, empty for none
    QString text;     ///< verbatim, prompts removed; never rewritten
    QList<CommandGroup> groups;
    bool streaming = false;     ///< follows or blocks: gets Stop, judged by the operator
    bool destructive = false;   ///< asks for typed confirmation
    bool needsTerminal = false; ///< editor, bare ssh, exec -it: shown, never run
    bool asWritten = true;      ///< false: mixed with prose, offered for editing only
    QString choice; ///< "Option 1" where the step is a choice among its commands, else empty

    bool operator==(const Command&) const = default;
};

/// Of <!-- http: METHOD URL expect … -->.
struct HttpRequest {
    QString method;
    QString url;

    bool operator==(const HttpRequest&) const = default;
};

/// Of <!-- approval/gate: approve by=N not=self -->.
struct ApprovalRule {
    int by = 1;
    bool notSelf = false;

    bool operator==(const ApprovalRule&) const = default;
};

struct Step {
    StepId id;
    QString title; ///< plain text, without mark-up
    StepKind kind = StepKind::Manual;
    Lane lane = Lane::Main;
    int section = -1; ///< index into Runbook::sections, -1 before the first heading
    int depth = 0;
    int parent = -1; ///< index into Runbook::steps of the enclosing step
    SourceRange range;
    bool inferred = false;   ///< from prose or structure, not from a task item or an annotation
    bool wasChecked = false; ///< saved as [x]: template history
    bool urgent = false;     ///< blocks what follows in its lane until done
    QList<Command> commands;
    QList<Expectation> expectations;
    QStringList placeholders; ///< names that block the step until they have a value
    QString body;             ///< the step's own Markdown, without its children
    Options options;
    QString environment; ///< non-empty: only for this environment
    QString condition;   ///< of a gate or check: the condition's source text
    std::optional<HttpRequest> http;
    std::optional<ApprovalRule> approval;
    std::chrono::milliseconds wait{0};
    QString refersTo; ///< "#section-index" of this runbook or a relative FILE.md, else empty
    QString requiresEnvironment; ///< "confirm dev passed for the same commit": "dev"

    bool operator==(const Step&) const = default;
};

/// Of <!-- wave: NAME -->, <!-- wave: each=A, B, C -->, <!-- wave: hosts=N --> and
/// <!-- wave: services --> behind a heading. Exactly one of the four is given.
struct WaveRule {
    QString name = {};
    QStringList each = {};      ///< the section is done once for each of these
    int hosts = 0;         ///< the section is done for so many of its hosts at a time
    bool services = false; ///< the section is done for one service after the other

    bool operator==(const WaveRule&) const = default;
};

struct Section {
    QString title;
    int level = 1;
    int line = 1;
    Lane lane = Lane::Main;
    QString environment;               ///< the heading is an environment's name, else empty
    int parent = -1;                   ///< index of the enclosing section
    std::optional<WaveRule> wave = {}; ///< of its own heading; sections below it belong to it

    bool operator==(const Section&) const = default;
};

/// One variable of a Variable/Requirement table.
struct ContractVariable {
    QString name;
    QString rules; ///< the requirement as written
    int line = 1;

    bool operator==(const ContractVariable&) const = default;
};

/// A threshold or criterion, with the text as written; a trigger proposes a rollback.
struct ConditionText {
    QString text;
    int line = 1;
    bool trigger = false;

    bool operator==(const ConditionText&) const = default;
};

/// A known gap or limit: a go/no-go warning.
struct Risk {
    QString text;
    QString status; ///< as written, may be empty
    int line = 1;

    bool operator==(const Risk&) const = default;
};

/// A variable that the document gives (KEY=value fence) or asks for (front matter).
struct VariableDeclaration {
    QString name;
    QString value;   ///< default, may be empty
    QString prompt;  ///< question for a person, may be empty
    QString pattern; ///< regular expression that a value must match wholly, may be empty
    bool secret = false;
    int line = 1;

    bool operator==(const VariableDeclaration&) const = default;
};

struct FrontMatter {
    QString title;
    QString status; ///< "done" makes a document history
    QString shell;  ///< Runme's, for console and unlabelled fences
    QString cwd;
    QStringList environments;
    QString rollbackFor; ///< the runbook that this rollback document belongs to
    QString defaultHost;
    QStringList gates;
    QStringList triggers;

    bool operator==(const FrontMatter&) const = default;
};

enum class DocumentKind { Runbook, RollbackRunbook, History, Reference };

struct Counts {
    int sections = 0;
    int taskItems = 0;
    int taskItemsNested = 0;
    int taskItemsChecked = 0;
    int steps = 0;
    int commands = 0;
    int shellBlocks = 0;
    int expectations = 0;
    int placeholders = 0;
    int rollbackSteps = 0;
    int conditions = 0;

    bool operator==(const Counts&) const = default;
};

/// A parsed Markdown document. Immutable once made, known by the hash of its bytes.
struct Runbook {
    QString title;
    QString sha256;    ///< hexadecimal, of source
    QByteArray source; ///< the exact bytes
    DocumentKind kind = DocumentKind::Runbook;
    FrontMatter frontMatter;
    QList<Section> sections;
    QList<Step> steps; ///< in document order, parents before their children
    QList<VariableDeclaration> variables;
    QList<ContractVariable> contract;
    QList<ConditionText> conditions;
    QList<Risk> risks;
    Counts counts;
    Diagnostics diagnostics;

    bool operator==(const Runbook&) const = default;
};

} // namespace models

// Lists of these grow without moving their members one by one.
Q_DECLARE_TYPEINFO(models::Expectation, Q_RELOCATABLE_TYPE);
Q_DECLARE_TYPEINFO(models::CommandGroup, Q_RELOCATABLE_TYPE);
Q_DECLARE_TYPEINFO(models::Command, Q_RELOCATABLE_TYPE);
Q_DECLARE_TYPEINFO(models::Step, Q_RELOCATABLE_TYPE);
Q_DECLARE_TYPEINFO(models::Section, Q_RELOCATABLE_TYPE);
Q_DECLARE_TYPEINFO(models::ConditionText, Q_RELOCATABLE_TYPE);
