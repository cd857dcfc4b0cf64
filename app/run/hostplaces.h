// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/place.h"
#include "models/run/askedby.h"
#include "models/run/host.h"

#include <functional>
#include <map>
#include <memory>
#include <utility>

namespace app {

/// The places of hosts at which something is looked at outside a run, each made when it is first
/// needed and kept. On the engine's thread.
class HostPlaces {
public:
    /// nullptr where there is no such place.
    using Factory =
        std::function<std::unique_ptr<Place>(const models::Host& host, models::AskedBy askedBy)>;

    explicit HostPlaces(Factory make)
        : m_make(std::move(make)) {}

    /// It lives as long as this; NotFound where there is none.
    [[nodiscard]] models::Result<Place*> at(const models::Host& host, models::AskedBy askedBy) {
        std::unique_ptr<Place>& place = m_places[{host.ssh, askedBy}];
        if (!place)
            place = m_make(host, askedBy);
        if (!place)
            return models::failure(models::ErrorCode::NotFound,
                                   u"There is no way to %1."_qs.arg(
                                       host.ssh.isEmpty() ? u"this machine"_qs : host.name));
        return place.get();
    }

private:
    Factory m_make;
    /// By what the workspace writes.
    std::map<std::pair<QString, models::AskedBy>, std::unique_ptr<Place>> m_places;
};

} // namespace app
