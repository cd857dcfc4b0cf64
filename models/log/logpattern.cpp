// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logpattern.h"

#include "models/log/logpatternparts.h"
#include "models/log/scannercheck.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

namespace models {

namespace {

/// PCRE2 gives up on a line that would take it longer than this many steps; it does not match then.
constexpr std::uint32_t matchLimit = 1'000'000;

pcre2_match_data* matchData() {
    struct Release {
        void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
    };
    thread_local const std::unique_ptr<pcre2_match_data, Release> data(
        pcre2_match_data_create(1, nullptr));
    return data.get();
}

pcre2_match_context* matchContext() {
    struct Release {
        void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); }
    };
    thread_local const std::unique_ptr<pcre2_match_context, Release> context = [] {
        std::unique_ptr<pcre2_match_context, Release> made(pcre2_match_context_create(nullptr));
        pcre2_set_match_limit(made.get(), matchLimit);
        return made;
    }();
    return context.get();
}

bool isAscii(const QByteArray& text) {
    return std::all_of(text.cbegin(), text.cend(),
                       [](char byte) { return static_cast<signed char>(byte) >= 0; });
}

/// Anchors that mean the whole subject, and options that make others mean it: on many lines at once
/// they would mean something else.
bool anchorsTheSubject(const QByteArray& regex) {
    if (regex.contains("(*"))
        return true;
    for (qsizetype at = regex.indexOf("(?"); at >= 0; at = regex.indexOf("(?", at + 2)) {
        qsizetype end = at + 2;
        while (end < regex.size() && QByteArrayView("imsxnJU").contains(regex[end]))
            ++end;
        if (end < regex.size() && (regex[end] == '-' || regex[end] == '^'))
            return true;
    }
    for (qsizetype i = 0; i + 1 < regex.size(); ++i) {
        if (regex[i] == '\\') {
            if (QByteArrayView("AzZGK").contains(regex[i + 1]))
                return true;
            ++i;
        }
    }
    return false;
}

/// Whether every match has a byte at least: the one that it ends behind is in its line.
bool takesBytes(const QByteArray& regex, bool insensitive) {
    hs_expr_info_t* info = nullptr;
    hs_compile_error_t* error = nullptr;
    const unsigned flags = HS_FLAG_MULTILINE | (insensitive ? HS_FLAG_CASELESS : 0);
    if (hs_expression_info(regex.constData(), flags, &info, &error) != HS_SUCCESS) {
        hs_free_compile_error(error);
        return false;
    }
    const bool takes = info->min_width > 0;
    std::free(info); // as the library's allocator is malloc's
    return takes;
}

hs_database* compileHyperscan(const QByteArray& regex, bool insensitive, unsigned extra) {
    hs_database_t* database = nullptr;
    hs_compile_error_t* error = nullptr;
    const unsigned flags = HS_FLAG_MULTILINE | (insensitive ? HS_FLAG_CASELESS : 0) | extra;
    if (hs_compile(regex.constData(), flags, HS_MODE_BLOCK, nullptr, &database, &error) !=
        HS_SUCCESS) {
        hs_free_compile_error(error);
        return nullptr;
    }
    return database;
}

} // namespace

LogMatcher::Parts::~Parts() {
    pcre2_code_free(code);
    hs_free_scratch(scratch);
    hs_free_database(database);
}

LogMatcher::LogMatcher(LogPattern pattern)
    : m_pattern(std::move(pattern))
    , m_parts(std::make_unique<Parts>()) {}

LogMatcher::~LogMatcher() = default;

Result<std::shared_ptr<const LogMatcher>> LogMatcher::compile(const LogPattern& pattern) {
    std::shared_ptr<LogMatcher> matcher(new LogMatcher(pattern));
    Parts& parts = *matcher->m_parts;
    const QByteArray text = pattern.text.toUtf8();
    const bool insensitive = pattern.sensitivity == LiteralFinder::Case::Insensitive;
    // Letters past ASCII have cases too: only PCRE2 knows them.
    if (pattern.syntax == LogPattern::Syntax::Text && (!insensitive || isAscii(text))) {
        parts.literal.emplace(text, pattern.sensitivity);
        return matcher;
    }
    const bool isText = pattern.syntax == LogPattern::Syntax::Text;
    const QByteArray regex = isText ? QByteArray("\\Q" + text + "\\E") : text;
    std::uint32_t options = insensitive ? PCRE2_CASELESS : 0;
    options |= PCRE2_NEVER_BACKSLASH_C;
    if (!isAscii(text))
        options |= PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_UCP;
    int code = 0;
    PCRE2_SIZE at = 0;
    parts.code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(regex.constData()),
                               static_cast<size_t>(regex.size()), options, &code, &at, nullptr);
    if (parts.code == nullptr) {
        std::array<unsigned char, 256> words{};
        pcre2_get_error_message(code, words.data(), words.size());
        return failure(
            ErrorCode::InvalidInput,
            QStringLiteral("The expression is not understood at character %1: %2")
                .arg(QString::fromUtf8(regex.first(static_cast<qsizetype>(at))).size() + 1)
                .arg(QString::fromUtf8(reinterpret_cast<const char*>(words.data()))));
    }
    pcre2_jit_compile(parts.code, PCRE2_JIT_COMPLETE); // where there is none, it interprets
    if (!isAscii(text) || regex.contains('\0') || anchorsTheSubject(regex))
        return matcher;
    if (const QByteArray literal = insensitive ? QByteArray() : requiredLiteral(regex);
        !literal.isEmpty())
        parts.required.emplace(literal);
    if (!insensitive)
        parts.chain = PatternChain::of(regex);
    if (scannerFindsAll()) {
        parts.database = compileHyperscan(regex, insensitive, 0);
        parts.isCertain =
            parts.database != nullptr && !mayCrossLines(regex) && takesBytes(regex, insensitive);
        if (parts.database == nullptr)
            parts.database = compileHyperscan(regex, insensitive, HS_FLAG_PREFILTER);
        if (parts.database != nullptr &&
            hs_alloc_scratch(parts.database, &parts.scratch) != HS_SUCCESS)
            return failure(ErrorCode::Internal, QStringLiteral("no memory to search with"));
    }
    return matcher;
}

bool LogMatcher::matchesRegex(QByteArrayView line) const {
    const auto* const subject = reinterpret_cast<PCRE2_SPTR>(line.isEmpty() ? "" : line.data());
    return pcre2_match(m_parts->code, subject, static_cast<size_t>(line.size()), 0, 0, matchData(),
                       matchContext()) >= 0;
}

bool LogMatcher::matches(QByteArrayView line) const {
    return m_parts->literal ? m_parts->literal->find(line) >= 0 : matchesRegex(line);
}

QList<std::pair<qsizetype, qsizetype>> LogMatcher::spans(QByteArrayView line) const {
    QList<std::pair<qsizetype, qsizetype>> spans;
    qsizetype at = 0;
    if (m_parts->literal) {
        const qsizetype size = m_parts->literal->size();
        while (size > 0 && (at = m_parts->literal->find(line, at)) >= 0) {
            spans.append({at, size});
            at += size;
        }
        return spans;
    }
    const auto* const subject = reinterpret_cast<PCRE2_SPTR>(line.isEmpty() ? "" : line.data());
    while (at <= line.size() &&
           pcre2_match(m_parts->code, subject, static_cast<size_t>(line.size()),
                       static_cast<size_t>(at), 0, matchData(), matchContext()) >= 0) {
        const PCRE2_SIZE* const ends = pcre2_get_ovector_pointer(matchData());
        const auto start = static_cast<qsizetype>(ends[0]);
        const auto end = static_cast<qsizetype>(ends[1]);
        if (end > start)
            spans.append({start, end - start});
        at = std::max(end, at + (end > start ? 0 : 1)); // \K and look-behind may end before
        if (end <= start)
            at = std::max(at, start + 1);
    }
    return spans;
}

} // namespace models
