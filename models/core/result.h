// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <tl/expected.hpp>

namespace models {

/// What kind of failure an Error is; decides the exit status and what the window offers.
enum class ErrorCode {
    InvalidInput, ///< what a person or a document gave cannot be used
    NotFound,
    NotReadable,
    NotWritable, ///< read-only or full
    Damaged,     ///< stored data contradicts itself
    Locked,      ///< somebody else holds it
    Refused,     ///< not allowed in the present state
    Unsupported,
    Cancelled,
    Internal,
};

/// A failure for a person to read: message says what happened, to what, and what to do.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    QString message;
    QString detail; ///< the underlying library's words, for the log and "show details"

    bool operator==(const Error&) const = default;
};

template <class T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> failure(ErrorCode code, QString message,
                                                   QString detail = {}) {
    return tl::unexpected<Error>(Error{code, std::move(message), std::move(detail)});
}

} // namespace models
