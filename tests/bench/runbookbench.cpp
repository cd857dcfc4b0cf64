// SPDX-License-Identifier: GPL-3.0-or-later
// How fast runbooks are read, beside bare cmark-gfm on the same bytes.
#include "benchmark.h"
#include "models/runbook/runbookparser.h"
#include "samplecorpus.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>

#include <algorithm>

namespace tests {

namespace {

constexpr int runs = 15;
constexpr double fileBudget = 50; ///< ms: no single document may take longer

/// Parses with the extensions that the runbook parser uses, and drops the tree.
void parseBare(const QByteArray& bytes) {
    cmark_parser* parser = cmark_parser_new(CMARK_OPT_DEFAULT);
    for (const char* name : {"table", "tasklist"}) {
        if (cmark_syntax_extension* extension = cmark_find_syntax_extension(name)) {
            cmark_parser_attach_syntax_extension(parser, extension);
        }
    }
    cmark_parser_feed(parser, bytes.constData(), size_t(bytes.size()));
    cmark_node* document = cmark_parser_finish(parser);
    cmark_node_free(document);
    cmark_parser_free(parser);
}

double megabytesPerSecond(qsizetype bytes, double milliseconds) {
    return milliseconds > 0 ? double(bytes) / 1e6 / (milliseconds / 1e3) : 0;
}

Measurement joinedSpeed(const QList<SampleDocument>& corpus) {
    QByteArray joined;
    for (const SampleDocument& document : corpus) {
        joined += document.bytes + "\n\n";
    }
    // The two take turns, so that a busy moment of the machine falls on both.
    QList<double> ours;
    QList<double> bare;
    for (int run = 0; run < runs; ++run) {
        bare.append(millisecondsOf([&joined] { parseBare(joined); }));
        ours.append(millisecondsOf([&joined] { (void)models::parseRunbook(joined); }));
    }
    return {QStringLiteral("runbook.parse"),
            megabytesPerSecond(joined.size(), median(ours)),
            QStringLiteral("MB/s"),
            QStringLiteral("cmark-gfm"),
            megabytesPerSecond(joined.size(), median(bare)),
            runs};
}

Measurement slowestDocument(const QList<SampleDocument>& corpus) {
    Measurement slowest{
        QStringLiteral("runbook.parse.slowest"), 0, QStringLiteral("ms"), {}, fileBudget, runs};
    for (const SampleDocument& document : corpus) {
        QList<double> times;
        for (int run = 0; run < runs; ++run) {
            times.append(
                millisecondsOf([&document] { (void)models::parseRunbook(document.bytes); }));
        }
        if (const double time = median(times); time > slowest.value) {
            slowest.value = time;
            slowest.against = QStringLiteral("budget of a document, here %1").arg(document.name);
        }
    }
    return slowest;
}

models::Result<Measurements> measureParse() {
    cmark_gfm_core_extensions_ensure_registered();
    const QList<SampleDocument> corpus = sampleCorpus();
    return Measurements{joinedSpeed(corpus), slowestDocument(corpus)};
}

const Registration parse(QStringLiteral("run"), QStringLiteral("runbook.parse"), &measureParse);

} // namespace

} // namespace tests
