// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/runplaces.h"

namespace app {

using namespace std::chrono_literals;

RunPlaces::RunPlaces(models::RunId run, Maker make, std::function<void(Place&)> made)
    : m_run(std::move(run))
    , m_make(std::move(make))
    , m_made(std::move(made)) {}

Place* RunPlaces::at(const QString& name) {
    std::unique_ptr<Place>& place = m_places[name];
    if (!place) {
        place = m_make(name);
        if (place)
            m_made(*place);
    }
    return place.get();
}

QList<Place*> RunPlaces::all() const {
    QList<Place*> all;
    for (const auto& [name, place] : m_places) {
        if (place)
            all.append(place.get());
    }
    return all;
}

std::vector<std::unique_ptr<Place>> RunPlaces::take() {
    std::vector<std::unique_ptr<Place>> taken;
    for (auto& [name, place] : m_places) {
        if (place)
            taken.push_back(std::move(place));
    }
    m_places.clear();
    return taken;
}

void RunPlaces::open(const QString& name, std::function<void(const models::Result<void>&)> done) {
    Place* const place = at(name);
    if (!place) {
        m_folders.insert(name, {});
        done({});
        return;
    }
    place->openRun(m_run,
                   [this, name, done = std::move(done)](const models::Result<QString>& folder) {
                       if (folder)
                           m_folders.insert(name, *folder);
                       done(folder.map([](const QString&) {}));
                   });
}

void RunPlaces::exec(const QString& name, const QStringList& argv, Place::ExecCallback done) {
    if (Place* const place = at(name))
        place->exec(argv, 10s, std::move(done));
    else
        done(models::failure(models::ErrorCode::NotFound,
                             u"This version cannot reach %1."_qs.arg(name)));
}

} // namespace app
