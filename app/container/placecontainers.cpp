// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/container/placecontainers.h"

#include "app/container/runtimelink.h"
#include "app/run/enginethread.h"

#include <QPointer>
#include <QTimer>

#include <map>
#include <utility>

namespace app {

namespace {

using Containers = models::Result<QList<models::Container>>;

/// One who asked, and waits for the list of a place for so long.
class Inquiry final : public QObject {
public:
    Inquiry(const QString& place, models::ContainerName name, std::chrono::milliseconds timeLimit,
            ContainerLookup::Done done, QObject* parent)
        : QObject(parent)
        , m_name(std::move(name))
        , m_done(std::move(done)) {
        m_place = place.isEmpty() ? tr("this machine") : place;
        QTimer::singleShot(timeLimit, this, [this] {
            answer(models::failure(models::ErrorCode::NotReadable,
                                   tr("%1 did not answer in time.").arg(m_place)));
        });
    }

    void take(const Containers& containers) {
        if (!containers) {
            answer(tl::unexpected(containers.error()));
            return;
        }
        const models::Container* const found =
            m_name.project.isEmpty()
                ? models::findContainer(*containers, m_name.name)
                : models::findComposeContainer(*containers, m_name.project, m_name.service);
        const QString name = m_name.project.isEmpty()
                                 ? m_name.name
                                 : tr("%1 of %2").arg(m_name.service, m_name.project);
        if (found != nullptr)
            answer(*found);
        else
            answer(models::failure(models::ErrorCode::NotFound,
                                   tr("There is no container %1 at %2.").arg(name, m_place)));
    }

private:
    void answer(const models::Result<models::Container>& result) {
        if (m_done)
            std::exchange(m_done, nullptr)(result);
        deleteLater();
    }

    QString m_place;
    models::ContainerName m_name;
    ContainerLookup::Done m_done;
};

/// One place, and who waits for its list.
class Counter final : public QObject {
public:
    Counter(std::unique_ptr<Reach> reach, const models::Host& host)
        : m_link(std::move(reach), host) {}

    void add(Inquiry* inquiry) {
        m_waiting.append(inquiry);
        if (!std::exchange(m_isAsking, true))
            ask();
    }

private:
    void ask() {
        m_link.whenFound(
            this, models::AskedBy::Program,
            [this](const models::Result<ContainerRuntime*>& runtime) {
                if (!runtime) {
                    answer(tl::unexpected(runtime.error()));
                    return;
                }
                (*runtime)->list(this, [this](const Containers& containers) {
                    if (!containers)
                        m_link.forget(); // it may be another one, or elsewhere, by the next time
                    answer(containers);
                });
            });
    }

    void answer(const Containers& containers) {
        m_isAsking = false;
        for (const QPointer<Inquiry>& inquiry : std::exchange(m_waiting, {})) {
            if (inquiry)
                inquiry->take(containers);
        }
    }

    RuntimeLink m_link;
    QList<QPointer<Inquiry>> m_waiting;
    bool m_isAsking = false;
};

} // namespace

/// The places, on the engine's thread.
class PlaceContainers::Shelf {
public:
    explicit Shelf(ReachFactory reaches)
        : m_reaches(std::move(reaches)) {}

    void look(const models::Host& host, const models::ContainerName& name,
              std::chrono::milliseconds timeLimit, Done done) {
        Shelved& shelved = m_places[{host.ssh, host.name}];
        if (!shelved.counter || shelved.host != host)
            shelved = {host, std::make_unique<Counter>(m_reaches(host), host)};
        shelved.counter->add(
            new Inquiry(host.name, name, timeLimit, std::move(done), &m_inquiries));
    }

private:
    struct Shelved {
        models::Host host;
        std::unique_ptr<Counter> counter;
    };

    ReachFactory m_reaches;
    QObject m_inquiries; ///< their parent: they outlive a place that was replaced
    std::map<std::pair<QString, QString>, Shelved> m_places; ///< by ssh and name
};

PlaceContainers::PlaceContainers(std::shared_ptr<EngineThread> engine, ReachFactory reaches)
    : m_engine(std::move(engine)) {
    // Before anything is looked for there: what is posted keeps its order.
    m_engine->post(
        [this, reaches = std::move(reaches)] { m_shelf = std::make_unique<Shelf>(reaches); });
}

PlaceContainers::~PlaceContainers() {
    m_engine->postAndWait([this] { m_shelf.reset(); });
}

void PlaceContainers::look(const models::Host& host, const models::ContainerName& name,
                           std::chrono::milliseconds timeLimit, Done done) {
    m_engine->post([this, host, name, timeLimit, own = std::make_shared<Done>(std::move(done))] {
        m_shelf->look(host, name, timeLimit,
                      [this, own](const models::Result<models::Container>& found) {
                          m_inbox.post([own, found] { (*own)(found); });
                      });
    });
}

} // namespace app
