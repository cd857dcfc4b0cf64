// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logpattern.h"
#include "models/log/logpatternparts.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <utility>

namespace models {

namespace {

/// Where the line of this offset begins.
qsizetype lineStart(QByteArrayView text, qsizetype at) {
    const void* const feed = memrchr(text.data(), '\n', static_cast<size_t>(at));
    return feed == nullptr ? 0 : static_cast<const char*>(feed) + 1 - text.data();
}

/// Where it ends: at its line feed.
qsizetype lineEnd(QByteArrayView text, qsizetype at) {
    const void* const feed =
        std::memchr(text.data() + at, '\n', static_cast<size_t>(text.size() - at));
    return feed == nullptr ? text.size() : static_cast<const char*>(feed) - text.data();
}

/// What one pass over a text knows between two reports.
struct Pass {
    QByteArrayView text; ///< from where the pass began
    const LogMatcher* matcher = nullptr;
    bool isCertain = false; ///< a report is a match within its line
    std::vector<std::uint32_t>* offsets = nullptr;
    std::uint32_t base = 0; ///< of the pass in the whole text
    qsizetype doneTo = 0;   ///< all before this is decided
    int idle = 0;           ///< reports since then that told nothing new
};

/// Reports within a line that is decided are passed over; after so many the rest of the line is
/// skipped by beginning anew behind it.
constexpr int idleReports = 24;

int report(unsigned, unsigned long long, unsigned long long to, unsigned, void* context) {
    auto& pass = *static_cast<Pass*>(context);
    const auto end = static_cast<qsizetype>(to);
    if (end < pass.doneTo)
        return ++pass.idle > idleReports ? 1 : 0;
    pass.idle = 0;
    if (pass.isCertain) {
        pass.offsets->push_back(pass.base + static_cast<std::uint32_t>(end - 1));
        pass.doneTo = lineEnd(pass.text, end - 1) + 1;
        return 0;
    }
    // A match that ends behind a line feed may be one of the line before it: \s takes line feeds.
    qsizetype at = std::max(pass.doneTo, end > 0 ? lineStart(pass.text, end - 1) : 0);
    while (at <= end && at < pass.text.size()) {
        const qsizetype feed = lineEnd(pass.text, at);
        if (pass.matcher->matches(pass.text.sliced(at, feed - at)))
            pass.offsets->push_back(pass.base + static_cast<std::uint32_t>(at));
        at = feed + 1;
    }
    pass.doneTo = at;
    return 0;
}

} // namespace

LineScan::LineScan(std::shared_ptr<const LogMatcher> matcher)
    : m_matcher(std::move(matcher)) {
    if (m_matcher->m_parts->scratch != nullptr)
        hs_clone_scratch(m_matcher->m_parts->scratch, &m_scratch);
}

LineScan::~LineScan() {
    hs_free_scratch(m_scratch);
}

void LineScan::scan(QByteArrayView text, Offsets& offsets) {
    const LogMatcher::Parts& parts = *m_matcher->m_parts;
    if (parts.literal)
        scanLiteral(text, offsets);
    else if (parts.required && m_scratch != nullptr)
        scanQuicker(text, offsets);
    else if (parts.chain)
        scanChain(text, offsets);
    else if (parts.required)
        scanLiteralFirst(text, offsets);
    else if (m_scratch != nullptr)
        scanWhole(text, offsets);
    else
        scanLines(text, offsets);
}

/// Which way is quicker depends on the log as much as on the expression: now and then each has some
/// lines to show its pace.
void LineScan::scanQuicker(QByteArrayView text, Offsets& offsets) {
    constexpr qsizetype trialSize = 32 * 1024; // less tells nothing
    constexpr int textsBetweenTrials = 64;
    qsizetype done = 0;
    if (text.size() >= 4 * trialSize && m_textsToTrial-- == 0) {
        m_textsToTrial = textsBetweenTrials;
        const qsizetype first = lineEnd(text, trialSize) + 1;
        const qsizetype second =
            first < text.size() ? lineEnd(text, std::min(first + trialSize, text.size() - 1)) + 1
                                : first;
        const double whole = paceOf(&LineScan::scanWhole, text, {0, first}, offsets);
        const Way byLiteral =
            m_matcher->m_parts->chain ? &LineScan::scanChain : &LineScan::scanLiteralFirst;
        const double literal = paceOf(byLiteral, text, {first, second}, offsets);
        m_quicker = literal < whole ? byLiteral : &LineScan::scanWhole;
        done = second;
    }
    paceOf(m_quicker, text, {done, text.size()}, offsets);
}

/// Scans a part of the text, whole lines, in one way; the nanoseconds that a byte took.
double LineScan::paceOf(Way way, QByteArrayView text, std::pair<qsizetype, qsizetype> part,
                        Offsets& offsets) const {
    const auto before = std::chrono::steady_clock::now();
    const size_t known = offsets.size();
    const auto [from, to] = part;
    (this->*way)(text.sliced(from, to - from), offsets);
    for (size_t i = known; i < offsets.size(); ++i)
        offsets[i] += static_cast<std::uint32_t>(from);
    const std::chrono::duration<double, std::nano> taken =
        std::chrono::steady_clock::now() - before;
    return taken.count() / static_cast<double>(std::max<qsizetype>(to - from, 1));
}

void LineScan::scanLiteral(QByteArrayView text, Offsets& offsets) const {
    const LiteralFinder& finder = *m_matcher->m_parts->literal;
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype found = finder.find(text, at);
        if (found < 0 || found >= text.size())
            return;
        offsets.push_back(static_cast<std::uint32_t>(found));
        at = lineEnd(text, found) + 1;
    }
}

void LineScan::scanLiteralFirst(QByteArrayView text, Offsets& offsets) const {
    const LiteralFinder& finder = *m_matcher->m_parts->required;
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype found = finder.find(text, at);
        if (found < 0)
            return;
        const qsizetype start = lineStart(text, found);
        const qsizetype end = lineEnd(text, found);
        if (m_matcher->matches(text.sliced(start, end - start)))
            offsets.push_back(static_cast<std::uint32_t>(found));
        at = end + 1;
    }
}

void LineScan::scanChain(QByteArrayView text, Offsets& offsets) const {
    const PatternChain& chain = *m_matcher->m_parts->chain;
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype found = chain.literal().find(text, at);
        if (found < 0)
            return;
        at = found + 1;
        if (chain.matchesAround(text, found)) {
            offsets.push_back(static_cast<std::uint32_t>(found));
            at = lineEnd(text, found) + 1;
        }
    }
}

void LineScan::scanWhole(QByteArrayView text, Offsets& offsets) const {
    const LogMatcher::Parts& parts = *m_matcher->m_parts;
    qsizetype at = 0;
    while (at < text.size()) {
        Pass pass;
        pass.text = text.sliced(at);
        pass.matcher = m_matcher.get();
        pass.offsets = &offsets;
        pass.base = static_cast<std::uint32_t>(at);
        pass.isCertain = parts.isCertain;
        const hs_error_t result =
            hs_scan(parts.database, pass.text.data(), static_cast<unsigned>(pass.text.size()), 0,
                    m_scratch, &report, &pass);
        if (result != HS_SCAN_TERMINATED)
            return;
        at += pass.doneTo;
    }
}

void LineScan::scanLines(QByteArrayView text, Offsets& offsets) const {
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype end = lineEnd(text, at);
        if (m_matcher->matches(text.sliced(at, end - at)))
            offsets.push_back(static_cast<std::uint32_t>(at));
        at = end + 1;
    }
}

} // namespace models
