// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logorigin.h"
#include "app/process/channel.h"

#include <memory>

namespace app {

/// What a command writes: `docker logs`, or any other.
class CommandFeed final : public LogFeed {
    Q_OBJECT

public:
    /// Runtime: a status other than 0 is the runtime's refusal. Any: it is just how it ended.
    enum class Sort { Runtime, Any };

    /// runtime and place: for words.
    CommandFeed(std::unique_ptr<Channel> command, Sort sort, QString runtime, QString place);

    void setFlow(Flow flow) override;

private:
    void take(models::LogChannel channel, const QByteArray& bytes);
    void begin();
    void finish();
    [[nodiscard]] End endOfRuntime() const;

    std::unique_ptr<Channel> m_command;
    const Sort m_sort;
    const QString m_runtime;
    const QString m_place;
    QByteArray m_lastWords; ///< of the standard error
    bool m_hasBegun = false;
};

} // namespace app
