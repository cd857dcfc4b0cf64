// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/runbookparser.h"

#include "models/runbook/finishpass.h"
#include "models/runbook/frontmatter.h"
#include "models/runbook/parsecontext.h"
#include "models/runbook/sectionpass.h"
#include "models/runbook/steppass.h"

#include <QCryptographicHash>

namespace models {

Runbook parseRunbook(const QByteArray& bytes) {
    Runbook book;
    book.source = bytes;
    book.sha256 =
        QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
    const SourceText source(bytes);
    book.diagnostics = source.diagnostics();
    const int bodyLine = readFrontMatter(source, book);
    const MarkdownTree tree(source.text().substr(source.offset(bodyLine)), bodyLine);
    ParseContext context{source, tree, book, {}};
    readSections(context);
    readSteps(context);
    reportEmptySections(context);
    finish(context);
    return book;
}

} // namespace models
