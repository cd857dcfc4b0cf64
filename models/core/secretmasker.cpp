// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/secretmasker.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QStringList>

#include <algorithm>
#include <cstring>

namespace models {

namespace {

constexpr qsizetype shortestSecret = 6;
/// Below this a piece of base64 would be found where no secret is.
constexpr qsizetype shortestEncoded = 7;

/// Words that stand in so much output that masking them would hide it and protect nothing.
const QSet<QString>& ordinaryWords() {
    static const QStringList words =
        QStringLiteral("access account address admin123 administrator aborted active actions "
                       "allowed always application applied archive artifact backend backup bearer "
                       "branch browser build builds bucket cancelled certificate change changed "
                       "changeme change-me changes channel client cluster command commit compose "
                       "config connection console container content contract created current "
                       "database default delete deleted deploy deployed deployment develop "
                       "developer development directory disabled docker domain download enabled "
                       "endpoint engine environment errors example example.com expected export "
                       "failed failure feature finished folder foobar format frontend gateway "
                       "gitlab github google health healthy history hostname images import info "
                       "install installed internal invalid kubernetes latest letmein library "
                       "listen loading localhost master message metrics migrate migration missing "
                       "module monitor network nothing number online origin output package "
                       "passed password password1 passwd passphrase pending placeholder platform "
                       "please plugin portal postgres postgresql primary private process "
                       "production profile project protected public python qwerty qwerty123 "
                       "readme refresh release released remote report request required response "
                       "restart result rollback running runtime sample schema script secret "
                       "secrets section server servers service services session settings skipped "
                       "source staging started starting status stopped storage string success "
                       "system target template testing tests timeout traffic ubuntu unknown update "
                       "updated upload username version volume waiting warning website welcome "
                       "windows worker workspace 000000 111111 123456 1234567 12345678 123456789 "
                       "1234567890 abcdef abc123 abcdefgh xxxxxx xxxxxxxx your-secret")
            .split(QLatin1Char(' '));
    static const QSet<QString> set(words.cbegin(), words.cend());
    return set;
}

qsizetype characters(const QString& text) {
    return text.toUcs4().size();
}

bool isOneCharacterRepeated(const QString& text) {
    return std::all_of(text.cbegin(), text.cend(), [&](QChar c) { return c == text.front(); });
}

/// The part of value's base64 that is the same whatever stands before and after it, when the
/// value begins `lead` bytes into a group of three.
QByteArray base64Core(const QByteArray& value, qsizetype lead) {
    const QByteArray encoded =
        (QByteArray(lead, '\0') + value)
            .toBase64(QByteArray::Base64Encoding | QByteArray::OmitTrailingEquals);
    const qsizetype before = lead == 0 ? 0 : lead + 1;
    const qsizetype after = (lead + value.size()) % 3 == 0 ? 0 : 1;
    return encoded.mid(before, encoded.size() - before - after);
}

QByteArray base64Url(QByteArray encoded) {
    return encoded.replace('+', '-').replace('/', '_');
}

QByteArray jsonEscaped(const QByteArray& value) {
    const QByteArray array =
        QJsonDocument(QJsonArray{QString::fromUtf8(value)}).toJson(QJsonDocument::Compact);
    return array.mid(2, array.size() - 4);
}

/// "%2F" in lower case, the rest as it is.
QByteArray lowerHexadecimal(QByteArray encoded) {
    for (qsizetype i = 0; i + 2 < encoded.size(); ++i) {
        if (encoded[i] == '%') {
            encoded[i + 1] = static_cast<char>(std::tolower(encoded[i + 1]));
            encoded[i + 2] = static_cast<char>(std::tolower(encoded[i + 2]));
        }
    }
    return encoded;
}

size_t blockAt(const char* bytes) {
    return static_cast<size_t>(static_cast<unsigned char>(bytes[0])) << 8 |
           static_cast<unsigned char>(bytes[1]);
}

} // namespace

QByteArray SecretMasker::mask() {
    return QByteArrayLiteral("••••••");
}

Result<void> SecretMasker::check(const QString& value) {
    const QString trimmed = value.trimmed();
    if (characters(trimmed) < shortestSecret) {
        return failure(ErrorCode::Refused,
                       QStringLiteral("The secret is shorter than 6 characters, so masking it "
                                      "would hide other text as well. Choose a longer one."));
    }
    if (ordinaryWords().contains(trimmed.toLower())) {
        return failure(ErrorCode::Refused,
                       QStringLiteral("The secret is an ordinary word, so masking it would hide "
                                      "other text as well. Choose one that is hard to guess."));
    }
    if (isOneCharacterRepeated(trimmed)) {
        return failure(
            ErrorCode::Refused,
            QStringLiteral("The secret is one character repeated, so masking it would "
                           "hide other text as well. Choose one that is hard to guess."));
    }
    return {};
}

Result<void> SecretMasker::add(const QString& value) {
    if (auto checked = check(value); !checked)
        return checked;
    const QString whole = value.trimmed();
    addForms(whole.toUtf8());
    const QStringList lines = whole.split(QLatin1Char('\n'));
    if (lines.size() > 1) {
        for (const QString& line : lines) {
            if (check(line))
                addPattern(line.trimmed().toUtf8());
        }
    }
    index();
    return {};
}

void SecretMasker::addForms(const QByteArray& value) {
    addPattern(value);
    addPattern(jsonEscaped(value));
    addPattern(QByteArray(value).replace("'", "'\\''"));
    const QByteArray percent = value.toPercentEncoding();
    for (const QByteArray& form : {percent, QByteArray(percent).replace("%20", "+")}) {
        addPattern(form);
        addPattern(lowerHexadecimal(form));
    }
    // The last character of an encoding of its own depends on nothing behind it.
    const QByteArray alone =
        value.toBase64(QByteArray::Base64Encoding | QByteArray::OmitTrailingEquals);
    for (const QByteArray& form :
         {alone, base64Core(value, 0), base64Core(value, 1), base64Core(value, 2)}) {
        if (form.size() >= shortestEncoded) {
            addPattern(form);
            addPattern(base64Url(form));
        }
    }
    // base64(1) wraps at 76 characters, openssl and PEM at 64.
    for (const qsizetype width : {76, 64}) {
        for (qsizetype at = 0; alone.size() > width && at < alone.size(); at += width) {
            if (const QByteArray line = alone.mid(at, width); line.size() >= 16)
                addPattern(line);
        }
    }
}

void SecretMasker::addPattern(const QByteArray& pattern) {
    if (std::find(m_patterns.cbegin(), m_patterns.cend(), pattern) == m_patterns.cend())
        m_patterns.push_back(pattern);
}

void SecretMasker::index() {
    m_window = 255;
    m_longest = 0;
    for (const QByteArray& pattern : m_patterns) {
        m_window = std::min(m_window, pattern.size());
        m_longest = std::max(m_longest, pattern.size());
    }
    m_shift.assign(65536, static_cast<std::uint8_t>(m_window - 1));
    m_bucket.assign(65536, 0);
    m_candidates.assign(1, {});
    for (auto& patterns : m_byFirst)
        patterns.clear();
    for (std::uint32_t i = 0; i < m_patterns.size(); ++i) {
        const char* pattern = m_patterns[i].constData();
        m_byFirst[static_cast<unsigned char>(*pattern)].push_back(i);
        for (qsizetype at = 0; at + 1 < m_window; ++at) {
            std::uint8_t& shift = m_shift[blockAt(pattern + at)];
            shift = std::min(shift, static_cast<std::uint8_t>(m_window - 2 - at));
        }
        std::uint16_t& bucket = m_bucket[blockAt(pattern + m_window - 2)];
        if (bucket == 0) {
            bucket = static_cast<std::uint16_t>(m_candidates.size());
            m_candidates.emplace_back();
        }
        m_candidates[bucket].push_back(i);
    }
}

qsizetype SecretMasker::longestAt(QByteArrayView bytes, qsizetype at) const {
    qsizetype longest = 0;
    const size_t bucket = m_bucket[blockAt(bytes.data() + at + m_window - 2)];
    for (const std::uint32_t i : m_candidates[bucket]) {
        const QByteArray& pattern = m_patterns[i];
        if (pattern.size() > longest && pattern.size() <= bytes.size() - at &&
            std::memcmp(bytes.data() + at, pattern.constData(),
                        static_cast<size_t>(pattern.size())) == 0)
            longest = pattern.size();
    }
    return longest;
}

std::vector<SecretMasker::Range> SecretMasker::find(QByteArrayView bytes) const {
    std::vector<Range> found;
    if (m_patterns.empty())
        return found;
    const char* data = bytes.data();
    const std::uint8_t* shifts = m_shift.data();
    for (qsizetype at = 0; at + m_window <= bytes.size();) {
        if (const qsizetype shift = shifts[blockAt(data + at + m_window - 2)]; shift > 0) {
            at += shift;
            continue;
        }
        if (const qsizetype length = longestAt(bytes, at); length > 0) {
            // Two secrets may overlap: then all of both is hidden.
            if (!found.empty() && at < found.back().to)
                found.back().to = std::max(found.back().to, at + length);
            else
                found.push_back({at, at + length});
        }
        ++at;
    }
    return found;
}

qsizetype SecretMasker::possibleStart(QByteArrayView bytes) const {
    for (qsizetype at = std::max<qsizetype>(0, bytes.size() - m_longest + 1); at < bytes.size();
         ++at) {
        const qsizetype rest = bytes.size() - at;
        for (const std::uint32_t i : m_byFirst[static_cast<unsigned char>(bytes[at])]) {
            if (m_patterns[i].size() > rest &&
                std::memcmp(bytes.data() + at, m_patterns[i].constData(),
                            static_cast<size_t>(rest)) == 0)
                return rest;
        }
    }
    return 0;
}

namespace {

QByteArray replaced(const QByteArray& bytes, qsizetype end,
                    const std::vector<SecretMasker::Range>& ranges) {
    QByteArray result;
    result.reserve(end);
    qsizetype at = 0;
    for (const SecretMasker::Range& range : ranges) {
        if (range.from >= end)
            break;
        result.append(bytes.constData() + at, range.from - at);
        result.append(SecretMasker::mask());
        at = range.to;
    }
    if (at < end)
        result.append(bytes.constData() + at, end - at);
    return result;
}

} // namespace

QByteArray SecretMasker::masked(const QByteArray& bytes) const {
    const std::vector<Range> ranges = find(bytes);
    return ranges.empty() ? bytes : replaced(bytes, bytes.size(), ranges);
}

QString SecretMasker::masked(const QString& text) const {
    if (isEmpty())
        return text;
    const QByteArray bytes = text.toUtf8();
    const std::vector<Range> ranges = find(bytes);
    return ranges.empty() ? text : QString::fromUtf8(replaced(bytes, bytes.size(), ranges));
}

MaskingStream::Released MaskingStream::push(const QByteArray& bytes) {
    if (m_masker->isEmpty() && m_held.isEmpty())
        return {bytes, bytes.size()};
    const QByteArray all = m_held.isEmpty() ? bytes : m_held + bytes;
    const std::vector<SecretMasker::Range> ranges = m_masker->find(all);
    qsizetype end = all.size() - m_masker->possibleStart(all);
    // A mask is released whole: while the secret may still grow, from its beginning on all waits.
    for (const SecretMasker::Range& range : ranges) {
        if (range.from < end && range.to > end)
            end = range.from;
    }
    m_held = all.mid(end);
    if (ranges.empty() && end == all.size())
        return {all, end};
    return {replaced(all, end, ranges), end};
}

MaskingStream::Released MaskingStream::flush() {
    const QByteArray rest = std::exchange(m_held, {});
    return {m_masker->masked(rest), rest.size()};
}

} // namespace models
