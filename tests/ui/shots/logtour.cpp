// SPDX-License-Identifier: GPL-3.0-or-later
#include "logtour.h"

#include "logfiltertour.h"
#include "ui/log/histogramstrip.h"
#include "ui/log/logpage.h"
#include "ui/log/logpane.h"
#include "ui/log/logview.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QScrollBar>
#include <QTest>
#include <QTextStream>
#include <QToolButton>

#include <array>

namespace tests {

namespace {

using app::ContainerList;
using models::Container;
using models::ContainerHealth;
using models::ContainerState;

constexpr int patienceMs = 10'000;
constexpr int linesOfOne = 4'000;
constexpr std::int64_t beginning = 1'795'269'600; ///< seconds since 1970

constexpr auto workspace = R"(gantry: 1
name: Conference
environments:
  prod:
    hosts:
      web-1: { ssh: deploy@web-1.example.com }
    services:
      portal:
        host: web-1
        container: conference-portal
        actions: { restart: docker restart conference-portal, pull: docker pull portal }
      captions:
        host: web-1
        logs: [ { command: fly logs -a captions, on: local }, { file: /var/log/captions/access.log } ]
)";

Container containerOf(const QString& name, ContainerState state, ContainerHealth health) {
    Container container;
    container.id = name;
    container.name = name;
    container.composeProject = QStringLiteral("conference");
    container.state = state;
    container.health = health;
    container.image = QStringLiteral("registry.example.com/conference/%1:2026.11.2").arg(name);
    container.imageDigest =
        QStringLiteral("sha256:8c3b1d1f0a5e4d2b9c7f6e5a4b3c2d1e0f9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c");
    container.revision = QStringLiteral("9f2c1d7a");
    container.startedAt = {(beginning - 7260) * 1'000'000'000};
    if (state == ContainerState::Running) {
        models::ContainerUsage usage;
        usage.processors = 0.34;
        usage.memory = 187 * 1024 * 1024;
        usage.memoryLimit = 1024 * 1024 * 1024;
        usage.at = {beginning * 1'000'000'000};
        container.usage = usage;
    }
    if (state == ContainerState::Exited)
        container.exitCode = 137;
    return container;
}

QByteArray stampOf(double seconds) {
    const auto whole = static_cast<std::int64_t>(seconds);
    return QDateTime::fromMSecsSinceEpoch((beginning + whole) * 1000 +
                                              static_cast<int>((seconds - double(whole)) * 1000),
                                          Qt::UTC)
               .toString(Qt::ISODateWithMs)
               .toLatin1() +
           ' ';
}

/// A line of a service at work; each look of the window gets the same ones.
QByteArray lineOf(const QByteArray& service, int number) {
    const int kind = number * 7 % 23;
    const QByteArray id = QByteArray::number(number * 7919 % 65536, 16);
    if (kind == 0)
        return "ERROR upstream media did not answer within 3000 ms session=" + id;
    if (kind == 1)
        return "\x1b[33mWARN\x1b[0m retry 2 of 5 for session=" + id + " in 400 ms";
    if (kind < 5)
        return R"({"level":"info","service":")" + service +
               R"(","msg":"session opened","session":")" + id + R"(","took_ms":)" +
               QByteArray::number(number % 90) + '}';
    if (kind < 8)
        return "level=debug msg=\"keyframe requested\" session=" + id;
    return "INFO \x1b[36mGET\x1b[0m /v1/rooms/" + id + " \x1b[32m200\x1b[0m " +
           QByteArray::number(number % 120) + " ms";
}

} // namespace

LogTour::LogTour(ui::MainWindow& window, FakeLogService& logs, Photographer& camera)
    : m_window(window)
    , m_logs(logs)
    , m_camera(camera) {}

bool LogTour::take() {
    if (!openWorkspace())
        return false;
    m_camera.take(QStringLiteral("logs-untouched"));
    if (!showContainers())
        return false;
    m_camera.take(QStringLiteral("logs-containers"));
    if (!choose(QStringLiteral("portal")))
        return false;
    m_camera.take(QStringLiteral("logs-actions"));
    if (!choose(QStringLiteral("conference-media")))
        return false;
    play();
    if (!waitForRows(2 * linesOfOne + 1))
        return false;
    auto& page = *m_window.findChild<ui::LogPage*>();
    ui::LogView& view = page.pane().view();
    const auto* histogram = page.findChild<ui::HistogramStrip*>();
    if (!QTest::qWaitFor([histogram] { return !histogram->isEmpty(); }, patienceMs))
        return false;
    m_camera.take(QStringLiteral("logs-following"));
    auto* filter = page.findChild<QLineEdit*>(QStringLiteral("filterField"));
    auto* find = page.findChild<QLineEdit*>(QStringLiteral("findField"));
    find->setText(QStringLiteral("session="));
    if (!QTest::qWaitFor([&page] { return !page.pane().board().hits().empty(); }, patienceMs))
        return false;
    view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum() / 2);
    play();
    if (!waitForRows(4 * linesOfOne + 2))
        return false;
    m_camera.take(QStringLiteral("logs-search"));
    find->clear();
    filter->setText(QStringLiteral("level:warning+ -retry"));
    const qint64 all = page.pane().board().endRow();
    if (!QTest::qWaitFor([&] { return page.pane().board().endRow() < all; }, patienceMs))
        return false;
    m_camera.take(QStringLiteral("logs-errors"));
    const auto* complaint = page.findChild<QWidget*>(QStringLiteral("filterComplaint"));
    filter->setText(QStringLiteral("/session=(/"));
    if (!QTest::qWaitFor([complaint] { return complaint->isVisible(); }, patienceMs))
        return false;
    m_camera.take(QStringLiteral("logs-bad-filter"));
    filter->clear();
    return waitForRows(all) && LogFilterTour(page.pane(), m_camera).take();
}

bool LogTour::openWorkspace() {
    const QString folder = QDir::homePath() + QStringLiteral("/conference");
    QDir().mkpath(folder);
    QFile file(folder + QStringLiteral("/gantry.yaml"));
    if (!file.open(QFile::WriteOnly) || file.write(workspace) <= 0)
        return false;
    file.close();
    m_window.openPath(folder);
    const auto isOpen = [this] {
        return m_window.windowTitle().startsWith(QLatin1String("Conference"));
    };
    if (!QTest::qWaitFor(isOpen, patienceMs))
        return false;
    m_window.showPage(ui::MainWindow::Page::Logs);
    return true;
}

bool LogTour::showContainers() {
    m_window.findChild<QAbstractButton*>(QStringLiteral("lookForContainers"))->click();
    if (m_logs.watched.isEmpty())
        return false;
    ContainerList list;
    list.host = m_logs.watched.first();
    list.state = ContainerList::State::Known;
    list.runtime = QStringLiteral("docker 24.0.7");
    list.containers = {
        containerOf(QStringLiteral("conference-portal"), ContainerState::Running,
                    ContainerHealth::Healthy),
        containerOf(QStringLiteral("conference-media"), ContainerState::Running,
                    ContainerHealth::Unhealthy),
        containerOf(QStringLiteral("conference-recorder-of-everything-that-is-ever-said"),
                    ContainerState::Restarting, ContainerHealth::None),
        containerOf(QStringLiteral("conference-migrate"), ContainerState::Exited,
                    ContainerHealth::None)};
    m_logs.setContainers(list);
    return true;
}

bool LogTour::choose(const QString& container) {
    auto* list = m_window.findChild<QAbstractItemView*>(QStringLiteral("logSources"));
    const QModelIndexList found =
        list->model()->match(list->model()->index(0, 0), Qt::DisplayRole, container, 1,
                             Qt::MatchExactly | Qt::MatchRecursive);
    if (!found.isEmpty()) {
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                          list->visualRect(found.first()).center());
        return true;
    }
    QTextStream(stderr) << "not reached: container " << container << Qt::endl;
    return false;
}

/// A few minutes of each stream that is followed, with a cut in the first one.
void LogTour::play() {
    const QList<quint64> streams = m_logs.followed.keys();
    for (const quint64 stream : streams.mid(streams.size() - 2)) {
        const bool isFirst = stream == streams[streams.size() - 2];
        const auto played =
            static_cast<int>(m_logs.acknowledged.value(stream) > 0 ? linesOfOne : 0);
        QByteArray before;
        QByteArray behind;
        for (int i = played; i < played + linesOfOne; ++i) {
            QByteArray& bytes = i < played + linesOfOne / 2 ? before : behind;
            bytes += stampOf(i * 0.11 + (isFirst ? 0 : 0.05)) +
                     lineOf(isFirst ? "portal" : "media", isFirst ? i : i * 3 + 1) + '\n';
        }
        app::LogBatch batch{app::LogPiece{models::LogChannel::Stdout, before}};
        if (isFirst) {
            const std::int64_t at =
                (beginning + (played + linesOfOne / 2) * 11 / 100) * 1'000'000'000;
            batch.append(models::LogMarker{models::LogMarker::Kind::Resumed,
                                           {at},
                                           {at + 4'200'000'000},
                                           0,
                                           "The connection was away for 4 s. No line is missing."});
        }
        batch.append(app::LogPiece{models::LogChannel::Stderr, behind});
        Q_EMIT m_logs.arrived(stream, batch);
    }
}

bool LogTour::waitForRows(qint64 rows) {
    const ui::LogBoard& board = m_window.findChild<ui::LogPage*>()->pane().board();
    if (QTest::qWaitFor([&board, rows] { return board.endRow() == rows; }, patienceMs))
        return true;
    QTextStream(stderr) << "not reached: " << rows << " rows, but " << board.endRow() << Qt::endl;
    return false;
}

} // namespace tests
