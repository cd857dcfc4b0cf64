// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>

#include <memory>

struct ZSTD_CCtx_s;

namespace app {

/// How output bodies lie in the journal. Stored as numbers: do not renumber.
enum class BodyCoding { Plain = 0, Zstd = 1 };

struct CodedBody {
    BodyCoding coding = BodyCoding::Plain;
    QByteArray bytes;
};

/// Compresses with one context that is kept. Not thread-safe.
class OutputEncoder {
public:
    OutputEncoder();
    ~OutputEncoder();

    /// Plain where compressing gains nothing.
    [[nodiscard]] CodedBody encode(const QByteArray& bytes);

private:
    struct Free {
        void operator()(ZSTD_CCtx_s* context) const;
    };
    std::unique_ptr<ZSTD_CCtx_s, Free> m_context;
};

/// size is what the event says; anything else is Damaged.
[[nodiscard]] models::Result<QByteArray> decodeBody(const CodedBody& body, qint64 size);

} // namespace app
