// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logpattern.h"
#include "models/log/logpatternparts.h"

#include <algorithm>
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

void LineScan::scan(QByteArrayView text, std::vector<std::uint32_t>& offsets) {
    const LogMatcher::Parts& parts = *m_matcher->m_parts;
    if (parts.literal)
        scanLiteral(text, offsets);
    else if (parts.required && m_literalPays)
        scanLiteralFirst(text, offsets);
    else if (m_scratch != nullptr)
        scanWhole(text, offsets);
    else
        scanLines(text, offsets);
}

void LineScan::scanLiteral(QByteArrayView text, std::vector<std::uint32_t>& offsets) const {
    const LiteralFinder& finder = *m_matcher->m_parts->literal;
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype found = finder.find(text, at);
        if (found < 0 || found >= text.size())
            return;
        offsets.push_back(static_cast<std::uint32_t>(found));
        at = lineEnd(text, found) + 1;
    }
}

void LineScan::scanLiteralFirst(QByteArrayView text, std::vector<std::uint32_t>& offsets) {
    const LiteralFinder& finder = *m_matcher->m_parts->required;
    constexpr qsizetype bytesPerCandidate = 2'048; // with more of them, one pass of all is quicker
    const qsizetype most = text.size() / bytesPerCandidate + 16;
    const size_t before = offsets.size();
    qsizetype candidates = 0;
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype found = finder.find(text, at);
        if (found < 0)
            return;
        if (++candidates > most && m_scratch != nullptr) {
            m_literalPays = false;
            offsets.resize(before);
            scanWhole(text, offsets);
            return;
        }
        const qsizetype start = lineStart(text, found);
        const qsizetype end = lineEnd(text, found);
        if (m_matcher->matches(text.sliced(start, end - start)))
            offsets.push_back(static_cast<std::uint32_t>(found));
        at = end + 1;
    }
}

void LineScan::scanWhole(QByteArrayView text, std::vector<std::uint32_t>& offsets) {
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

void LineScan::scanLines(QByteArrayView text, std::vector<std::uint32_t>& offsets) const {
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype end = lineEnd(text, at);
        if (m_matcher->matches(text.sliced(at, end - at)))
            offsets.push_back(static_cast<std::uint32_t>(at));
        at = end + 1;
    }
}

} // namespace models
