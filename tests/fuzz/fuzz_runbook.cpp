// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes at all make a runbook that holds together and survives storage.
#include "models/runbook/runbookjson.h"
#include "models/runbook/runbookparser.h"

#include <QJsonDocument>

#include <cstdio>
#include <cstdlib>

namespace {

void require(bool holds, const char* what) {
    if (!holds) {
        std::fprintf(stderr, "fuzz_runbook: %s\n", what);
        std::abort();
    }
}

void requireSections(const models::Runbook& runbook, int lines) {
    for (int index = 0; index < runbook.sections.size(); ++index) {
        const models::Section& section = runbook.sections[index];
        require(section.line >= 1 && section.line <= lines, "a section lies in the document");
        require(section.parent >= -1 && section.parent < index, "a section follows its parent");
    }
}

void requireSteps(const models::Runbook& runbook, int lines) {
    for (int index = 0; index < runbook.steps.size(); ++index) {
        const models::Step& step = runbook.steps[index];
        require(step.range.first >= 1 && step.range.first <= step.range.last &&
                    step.range.last <= lines,
                "a step lies in the document");
        require(step.parent >= -1 && step.parent < index, "a step follows its parent");
        require(step.section >= -1 && step.section < runbook.sections.size(),
                "a step's section exists");
        require(!step.id.isEmpty(), "a step has an id");
        for (const models::Command& command : step.commands) {
            require(command.line >= 1 && command.line <= lines, "a command lies in the document");
        }
        for (const models::Expectation& expectation : step.expectations) {
            require(expectation.line >= 1 && expectation.line <= lines,
                    "an expectation lies in the document");
        }
    }
}

void requireDiagnostics(const models::Runbook& runbook, int lines) {
    for (const models::Diagnostic& diagnostic : runbook.diagnostics) {
        require(diagnostic.line >= 1 && diagnostic.line <= lines && diagnostic.column >= 1,
                "a diagnostic points into the document");
        require(!diagnostic.message.isEmpty(), "a diagnostic says something");
    }
}

void requireStorable(const models::Runbook& runbook) {
    const QByteArray stored =
        QJsonDocument(models::runbookToJson(runbook)).toJson(QJsonDocument::Compact);
    models::Result<models::Runbook> restored =
        models::runbookFromJson(QJsonDocument::fromJson(stored).object());
    require(restored.has_value(), "a stored runbook can be read");
    restored->source = runbook.source;
    require(*restored == runbook, "a stored runbook equals the one that was parsed");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size) {
    const QByteArray bytes(reinterpret_cast<const char*>(data), qsizetype(size));
    const models::Runbook runbook = models::parseRunbook(bytes);
    // A lone carriage return ends a line too.
    const int lines = int(bytes.count('\n') + bytes.count('\r')) + 1;
    require(runbook.source == bytes, "the source is kept as it is");
    requireSections(runbook, lines);
    requireSteps(runbook, lines);
    requireDiagnostics(runbook, lines);
    requireStorable(runbook);
    (void)models::inspectJson(runbook);
    (void)models::inspectOutline(runbook);
    return 0;
}
