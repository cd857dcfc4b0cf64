// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/place.h"

#include <QHash>

#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace app {

/// The places of one run, each made when it is first needed. Engine's thread.
class RunPlaces {
public:
    using Maker = std::function<std::unique_ptr<Place>(const QString& name)>;

    /// made: told of each place before it is used.
    RunPlaces(models::RunId run, Maker make, std::function<void(Place&)> made);

    /// nullptr where there is no such place.
    [[nodiscard]] Place* at(const QString& name);
    [[nodiscard]] QList<Place*> all() const;
    /// All of them: none is here afterwards.
    [[nodiscard]] std::vector<std::unique_ptr<Place>> take();

    /// Whether something can be begun there: the run's folder is known, or there is no such place
    /// (which is found out when an attempt is launched).
    [[nodiscard]] bool isOpen(const QString& name) const { return m_folders.contains(name); }
    /// The folder of the run at an open place, to be recorded with what is begun there.
    [[nodiscard]] QString folder(const QString& name) const { return m_folders.value(name); }
    void open(const QString& name, std::function<void(const models::Result<void>&)> done);
    /// An attempt there went wrong: its folder may be gone.
    void close(const QString& name) { m_folders.remove(name); }
    /// A short look at the place before a step starts.
    void exec(const QString& name, const QStringList& argv, Place::ExecCallback done);

private:
    models::RunId m_run;
    Maker m_make;
    std::function<void(Place&)> m_made;
    std::map<QString, std::unique_ptr<Place>> m_places;
    QHash<QString, QString> m_folders;
};

} // namespace app
