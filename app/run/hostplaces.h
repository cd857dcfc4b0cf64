// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/place.h"
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
    using Factory = std::function<std::unique_ptr<Place>(const models::Host& host)>;

    explicit HostPlaces(Factory make)
        : m_make(std::move(make)) {}

    /// It lives as long as this; NotFound where there is none.
    [[nodiscard]] models::Result<Place*> at(const models::Host& host) {
        std::unique_ptr<Place>& place = m_places[host.ssh];
        if (!place)
            place = m_make(host);
        if (!place)
            return models::failure(models::ErrorCode::NotFound,
                                   u"There is no way to %1."_qs.arg(
                                       host.ssh.isEmpty() ? u"this machine"_qs : host.name));
        return place.get();
    }

private:
    Factory m_make;
    std::map<QString, std::unique_ptr<Place>> m_places; ///< by what the workspace writes
};

} // namespace app
