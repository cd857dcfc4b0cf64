// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/container/fileorigin.h"

#include "app/container/filefeed.h"

#include <algorithm>
#include <utility>

namespace app {

FileOrigin::FileOrigin(std::unique_ptr<Reach> reach, LogSource source)
    : m_reach(std::move(reach))
    , m_source(std::move(source)) {
    connect(m_reach.get(), &Reach::returned, this, &LogOrigin::changed);
}

void FileOrigin::whenReady(QObject* context, models::AskedBy askedBy, ReadyCallback done) {
    m_reach->whenReady(context, askedBy, std::move(done));
}

std::unique_ptr<LogFeed> FileOrigin::open(const LogOpening& opening) {
    // Once it was read, the lines from before are not wanted again: where it is not known how far
    // it was read, it goes on with those that come.
    const int tail = std::exchange(m_wasOpened, true) ? std::max(opening.tail, 0) : opening.tail;
    return std::make_unique<FileFeed>(
        m_reach->command(FileFeed::command(m_source.path, tail, *m_place)), m_place);
}

} // namespace app
