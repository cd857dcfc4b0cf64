// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/container/fileplace.h"
#include "app/log/logorigin.h"
#include "app/log/logsource.h"
#include "app/process/reach.h"

#include <memory>

namespace app {

/// The log that stands under a path at a place, also after it was rotated.
class FileOrigin final : public LogOrigin {
    Q_OBJECT

public:
    FileOrigin(std::unique_ptr<Reach> reach, LogSource source);

    [[nodiscard]] Resuming resuming() const override { return Resuming::ByPlace; }
    void whenReady(QObject* context, models::AskedBy askedBy, ReadyCallback done) override;
    [[nodiscard]] std::unique_ptr<LogFeed> open(const LogOpening& opening) override;

private:
    std::unique_ptr<Reach> m_reach;
    const LogSource m_source;
    std::shared_ptr<FilePlace> m_place = std::make_shared<FilePlace>();
    bool m_wasOpened = false;
};

} // namespace app
