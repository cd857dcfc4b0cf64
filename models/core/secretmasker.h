// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <array>
#include <cstdint>
#include <vector>

namespace models {

/// Replaces secret values in bytes by "••••••": each value as it is, line by line, and in its
/// base64 (at any alignment), base64url, URL-encoded, JSON-escaped and shell-quoted forms.
/// A value; not synchronised. Searching costs little while there is nothing to find.
class SecretMasker {
public:
    /// What a value is replaced by, in UTF-8.
    [[nodiscard]] static QByteArray mask();
    /// Refused with the reason where a value is too short or too ordinary to be masked without
    /// masking half of all output.
    [[nodiscard]] static Result<void> check(const QString& value);

    /// Masks value from now on; an error of check() changes nothing. Known values are no error.
    Result<void> add(const QString& value);
    [[nodiscard]] bool isEmpty() const { return m_patterns.empty(); }

    /// Everything at once, without looking ahead to more.
    [[nodiscard]] QByteArray masked(const QByteArray& bytes) const;
    [[nodiscard]] QString masked(const QString& text) const;

    /// Half-open range of bytes.
    struct Range {
        qsizetype from = 0;
        qsizetype to = 0;
    };
    /// Where secrets stand: in order, overlaps joined.
    [[nodiscard]] std::vector<Range> find(QByteArrayView bytes) const;
    /// Length of the longest end of bytes that a secret may begin with.
    [[nodiscard]] qsizetype possibleStart(QByteArrayView bytes) const;

private:
    void addPattern(const QByteArray& pattern);
    void addForms(const QByteArray& value);
    void index();
    [[nodiscard]] qsizetype longestAt(QByteArrayView bytes, qsizetype at) const;

    std::vector<QByteArray> m_patterns;
    /// Wu-Manber: how far a window of m_window bytes may move, by its last two bytes; and the
    /// patterns whose window ends in these two.
    qsizetype m_window = 0;
    std::vector<std::uint8_t> m_shift;
    std::vector<std::vector<std::uint32_t>> m_candidates;
    std::vector<std::uint16_t> m_bucket;
    std::array<std::vector<std::uint32_t>, 256> m_byFirst;
    qsizetype m_longest = 0;
};

/// Masks a stream that comes in pieces: what may be the beginning of a secret is held back until
/// it is known not to be one. The masker outlives it, and may learn more values meanwhile.
class MaskingStream {
public:
    struct Released {
        QByteArray bytes; ///< masked
        qint64 raw = 0;   ///< how many raw bytes these stand for
    };

    explicit MaskingStream(const SecretMasker& masker)
        : m_masker(&masker) {}

    [[nodiscard]] Released push(const QByteArray& bytes);
    /// The stream has ended: releases what was held back.
    [[nodiscard]] Released flush();
    [[nodiscard]] qint64 heldBack() const { return m_held.size(); }

private:
    const SecretMasker* m_masker;
    QByteArray m_held;
};

} // namespace models
