// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes, cut anywhere, make a log from which they can be had again, and in which a search finds
// the lines that match alone.
#include "models/log/logfields.h"
#include "models/log/logsift.h"
#include "models/log/logstore.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace {

using models::LogPattern;
using models::LogPrefix;
using models::LogStore;

void require(bool holds, const char* what) {
    if (!holds) {
        std::fprintf(stderr, "fuzz_log: %s\n", what);
        std::abort();
    }
}

/// Takes from the front of what libFuzzer gives.
class Input {
public:
    explicit Input(QByteArrayView bytes)
        : m_bytes(bytes) {}

    unsigned number() {
        if (m_bytes.isEmpty())
            return 0;
        const auto number = static_cast<unsigned char>(m_bytes.front());
        m_bytes = m_bytes.sliced(1);
        return number;
    }
    QByteArrayView line(qsizetype longest) {
        const qsizetype feed = m_bytes.indexOf('\n');
        const qsizetype size = std::min(feed < 0 ? m_bytes.size() : feed, longest);
        const QByteArrayView line = m_bytes.first(size);
        m_bytes = m_bytes.sliced(std::min(size + 1, m_bytes.size()));
        return line;
    }
    [[nodiscard]] QByteArrayView rest() const { return m_bytes; }

private:
    QByteArrayView m_bytes;
};

void requireLines(LogStore& store, QByteArrayView bytes, LogPrefix prefix) {
    models::LogReader reader;
    reader.setSnapshot(store.snapshot());
    QByteArray again;
    for (std::int64_t line = 0; line < store.lineCount(); ++line) {
        const models::LogLine found = reader.line(line);
        require(!found.text.contains('\n') && !found.text.contains('\x1b'), "a text is one line");
        for (const models::LogSpan& span : reader.spans(line))
            require(span.start >= 0 && span.length > 0 &&
                        span.start + span.length <= found.text.size(),
                    "a span lies in its line");
        for (const models::LogField& field : models::fieldsOf(found.text))
            require(field.value.data() + field.value.size() <=
                        found.text.data() + found.text.size(),
                    "a field lies in its line");
        again += reader.raw(line) + (found.continues ? "" : "\n");
    }
    require(!reader.error(), "every line can be read");
    if (!bytes.isEmpty() && !bytes.endsWith('\n'))
        again.chop(1);
    require(prefix != LogPrefix::None || again == bytes, "every byte can be had again");
}

void requireHits(const LogStore& store, const LogPattern& pattern) {
    models::LogFilter filter;
    filter.terms.append({pattern, models::LogFilter::Sense::Include});
    const auto compiled = models::CompiledFilter::compile(filter);
    const auto matcher = models::LogMatcher::compile(pattern);
    require(compiled.has_value() == matcher.has_value(), "a pattern is one or none");
    if (!compiled)
        return;
    models::LogSift sift(*compiled);
    sift.extend({store.snapshot()});
    (void)sift.lookBack();
    std::vector<std::int64_t> expected;
    models::LogReader reader;
    reader.setSnapshot(store.snapshot());
    for (std::int64_t line = 0; line < store.lineCount(); ++line) {
        if ((*matcher)->matches(reader.line(line).text))
            expected.push_back(line);
    }
    require(sift.lines(0) == expected, "a search finds the lines that match");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size) {
    Input input(QByteArrayView(data, static_cast<qsizetype>(size)));
    const unsigned options = input.number();
    const auto step = static_cast<qsizetype>(1 + input.number());
    LogPattern pattern;
    pattern.text = QString::fromUtf8(input.line(12));
    pattern.syntax = (options & 2) != 0 ? LogPattern::Syntax::Regex : LogPattern::Syntax::Text;
    pattern.sensitivity = (options & 4) != 0 ? models::LiteralFinder::Case::Insensitive
                                             : models::LiteralFinder::Case::Sensitive;
    const LogPrefix prefix = (options & 1) != 0 ? LogPrefix::DockerTimestamp : LogPrefix::None;
    LogStore store(prefix, {(options & 8) != 0 ? 0 : 1 << 20, 1 << 30, 0});
    const QByteArrayView bytes = input.rest();
    for (qsizetype at = 0; at < bytes.size(); at += step)
        store.append(models::LogChannel::Stdout,
                     bytes.sliced(at, std::min(step, bytes.size() - at)));
    store.finish();
    while (std::optional<models::LogWork> work = store.takeWork()) {
        work->run();
        store.finishWork(std::move(*work));
    }
    requireLines(store, bytes, prefix);
    requireHits(store, pattern);
    (void)models::LogFilter::parse(QString::fromUtf8(bytes));
    return 0;
}
