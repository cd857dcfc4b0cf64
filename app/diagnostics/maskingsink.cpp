// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnostics/maskingsink.h"

namespace app {

namespace {

/// Line breaks are indented, so that no message can look like another; other control characters,
/// which a terminal would obey, are shown as "?".
QByteArray harmless(const QByteArray& text) {
    QByteArray result;
    result.reserve(text.size());
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if (c == '\n')
            result += "\n    ";
        else if ((code < 0x20 && c != '\t') || code == 0x7f)
            result += '?';
        else
            result += c;
    }
    return result;
}

} // namespace

void LogSecrets::add(const QString& secret) {
    const std::scoped_lock lock(m_mutex);
    // What is refused here is refused as a secret everywhere, so no output holds it as one.
    (void)m_masker.add(secret);
}

QByteArray LogSecrets::masked(const QByteArray& line) const {
    const std::scoped_lock lock(m_mutex);
    return m_masker.masked(line);
}

void MaskingSink::sink_it_(const spdlog::details::log_msg& message) {
    const QByteArray raw(message.payload.data(), static_cast<qsizetype>(message.payload.size()));
    const QByteArray line = harmless(m_secrets.masked(raw));
    spdlog::details::log_msg shown = message;
    shown.payload = spdlog::string_view_t(line.constData(), static_cast<size_t>(line.size()));
    for (const spdlog::sink_ptr& target : m_behind) {
        if (target->should_log(shown.level))
            target->log(shown);
    }
}

void MaskingSink::flush_() {
    for (const spdlog::sink_ptr& target : m_behind)
        target->flush();
}

} // namespace app
