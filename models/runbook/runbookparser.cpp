// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/runbookparser.h"

#include "models/core/sha256.h"
#include "models/runbook/finishpass.h"
#include "models/runbook/frontmatter.h"
#include "models/runbook/parsecontext.h"
#include "models/runbook/referencepass.h"
#include "models/runbook/sectionpass.h"
#include "models/runbook/slippass.h"
#include "models/runbook/steppass.h"
#include "models/runbook/structurerecovery.h"

namespace models {

Runbook parseRunbook(const QByteArray& bytes, const QSet<QString>& given) {
    Runbook book;
    book.source = bytes;
    book.sha256 = sha256Text(bytes);
    const SourceText source(bytes);
    book.diagnostics = source.diagnostics();
    const int bodyLine = readFrontMatter(source, book);
    const RecoveredText recovered = recoverStructure(source, bodyLine);
    book.diagnostics += recovered.diagnostics;
    const std::string_view body = recovered.text.empty()
                                      ? source.text().substr(source.offset(bodyLine))
                                      : std::string_view(recovered.text);
    const MarkdownTree tree(body, bodyLine);
    ParseContext context{source, tree, book};
    context.lostHeadings = recovered.lostHeadings;
    readSections(context);
    readSteps(context);
    readPlaceholders(context, given);
    resolveReferences(context);
    reportEmptySections(context);
    reportSlips(context);
    reportHtmlLists(context);
    finish(context);
    return book;
}

} // namespace models
