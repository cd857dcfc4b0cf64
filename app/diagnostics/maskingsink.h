// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/secretmasker.h"

#include <memory>
#include <mutex>
#include <vector>

#include <spdlog/sinks/base_sink.h>

namespace app {

/// Secrets that the log must not show. Thread-safe.
class LogSecrets {
public:
    void add(const QString& secret);
    [[nodiscard]] QByteArray masked(const QByteArray& line) const;

private:
    mutable std::mutex m_mutex;
    models::SecretMasker m_masker;
};

/// The one way into the log: masks what it is given, makes a single harmless line of it, and hands
/// it to the sinks behind. Each of those keeps its own level.
class MaskingSink final : public spdlog::sinks::base_sink<std::mutex> {
public:
    MaskingSink(const LogSecrets& secrets, std::vector<spdlog::sink_ptr> behind)
        : m_secrets(secrets)
        , m_behind(std::move(behind)) {}

protected:
    void sink_it_(const spdlog::details::log_msg& message) override;
    void flush_() override;

private:
    const LogSecrets& m_secrets;
    std::vector<spdlog::sink_ptr> m_behind;
};

} // namespace app
