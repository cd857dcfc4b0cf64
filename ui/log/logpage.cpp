// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logpage.h"

#include "app/log/servicelogs.h"
#include "ui/log/logdesk.h"
#include "ui/log/logevidence.h"
#include "ui/log/logexcerpts.h"
#include "ui/log/logpane.h"
#include "ui/log/logsourcedetail.h"
#include "ui/log/logsourcepane.h"
#include "ui/log/logsourceview.h"
#include "ui/log/logwords.h"
#include "ui/log/serviceactions.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/bannerwidget.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/firstfocus.h"
#include "ui/widgets/splitpane.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/wording.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {
/// In which a log that was just opened has its newest lines.
constexpr std::chrono::seconds firstLines{5};
constexpr int listWidth = 300;
constexpr int paneWidth = 900;
} // namespace

LogPage::LogPage(app::LogFollower& logs, QWidget* parent)
    : QWidget(parent)
    , m_service(logs.service())
    , m_logs(logs)
    , m_summary(new TextLabel({}, TextRole::Body, Colour::Quiet))
    , m_look(new ActionButton(tr("Look for containers")))
    , m_follow(new ActionButton(tr("Follow command…")))
    , m_open(new ActionButton(tr("Open log file…")))
    , m_banner(new BannerWidget)
    , m_sources(new LogSourcePane)
    , m_actions(new ServiceActions)
    , m_pane(new LogPane(logs.keeper(), this))
    , m_excerpts(new LogExcerpts(logs, this))
    , m_empty(
          new EmptyState(QStringLiteral("text-x-generic"),
                         tr("Lines are shown here, merged by time. Choose a source at the left, "
                            "follow a command, or open a log file."))) {
    setObjectName(QStringLiteral("logPage"));
    new FirstFocus(this, m_sources);
    auto* right = new QWidget;
    m_stack = new QStackedLayout(right);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_pane);
    auto* panes = new SplitPane(Qt::Horizontal, QStringLiteral("logs"));
    panes->addWidget(m_sources);
    panes->addWidget(right);
    panes->restoreSizes({listWidth, paneWidth});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(m_banner);
    column->addWidget(panes, 1);
    m_banner->setObjectName(QStringLiteral("actionBanner"));
    m_sources->detail().column().insertWidget(1, m_actions); // right below the title

    connect(m_look, &ActionButton::clicked, this, &LogPage::lookForContainers);
    connect(m_follow, &ActionButton::clicked, this, &LogPage::askForCommand);
    connect(m_open, &ActionButton::clicked, this, &LogPage::chooseFile);
    connect(m_actions, &ServiceActions::requested, this, &LogPage::actionRequested);
    connect(&m_sources->view(), &LogSourceView::currentRowChanged, this, &LogPage::showChosen);
    connect(&m_sources->view(), &LogSourceView::menuRequested, this, &LogPage::showMenu);
    connect(&m_sources->view(), &LogSourceView::toggled, this, &LogPage::toggle);
    connect(&m_sources->view(), &LogSourceView::closeRequested, this,
            [this](const LogSourceRow& row) {
                if (row.log)
                    m_logs.close(row.log->number);
            });
    connect(&logs, &app::LogFollower::changed, this, &LogPage::onLogsChanged);
    connect(m_excerpts, &LogExcerpts::readToEnd, this, [this](quint64 log) {
        showLog(log);
        m_awaiting.start();
        showAwaited();
    });
    connect(m_excerpts, &LogExcerpts::refused, this, &LogPage::tellNoExcerpt);
    m_awaiting.setSingleShot(true);
    m_awaiting.setInterval(firstLines);
    connect(&m_awaiting, &QTimer::timeout, this, [this] {
        m_excerpts->settle();
        showAwaited();
    });
    for (const auto signal : {&LogBoard::changed, &LogBoard::reset}) {
        connect(&m_pane->board(), signal, this, [this] {
            if (m_awaiting.isActive())
                showAwaited();
        });
    }
    connect(&m_pane->evidence(), &LogEvidence::shown, this, &LogPage::tellShown);
    connect(&m_service, &app::LogService::containersChanged, this, &LogPage::settle);
    settle();
}

QWidget* LogPage::makeHead() {
    auto* head = new QWidget;
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(space::xl, space::l, space::xl, space::m);
    row->setSpacing(space::s);
    row->addWidget(new TextLabel(tr("Logs"), TextRole::PageTitle));
    row->addSpacing(space::s);
    row->addWidget(m_summary, 1);
    m_look->setObjectName(QStringLiteral("lookForContainers"));
    m_follow->setObjectName(QStringLiteral("followCommandButton"));
    m_open->setObjectName(QStringLiteral("openLogFile"));
    row->addWidget(m_look);
    row->addWidget(m_follow);
    row->addWidget(m_open);
    return head;
}

void LogPage::showEnvironment(const models::Environment& environment) {
    if (environment == m_environment)
        return;
    QList<models::Host> wanted = environment.hosts;
    if (wanted.isEmpty() && !environment.name.isEmpty())
        wanted.append(app::thisMachine());
    // Streams go on: a person may look at one environment beside another.
    if (environment.name != m_environment.name || wanted != m_hosts) {
        for (const models::Host& host : std::as_const(m_watched))
            m_service.unwatch(host);
        m_watched.clear();
    }
    m_environment = environment;
    m_hosts = wanted;
    settle();
}

void LogPage::lookForContainers() {
    for (const models::Host& host : std::as_const(m_hosts))
        m_service.watch(host);
    m_watched = m_hosts;
    settle();
}

void LogPage::toggle(const LogSourceRow& row) {
    if (row.tick >= 0) {
        m_shown.removeOne(row.log->number);
        onLogsChanged();
    } else if (row.log && !row.log->source) {
        showLog(row.log->number);
    } else if (const auto& source = row.log ? row.log->source : row.source) {
        follow(*source);
    }
}

void LogPage::follow(const app::LogSource& source) {
    showLog(m_logs.follow(source));
}

void LogPage::showLog(quint64 log) {
    if (!m_shown.contains(log))
        m_shown.append(log);
    onLogsChanged();
    m_sources->choose(log);
}

void LogPage::openFile(const QString& path) {
    showLog(m_logs.read(path));
}

void LogPage::showTimeOf(const QString& service, models::Instant from, models::Instant to) {
    QList<quint64> logs;
    for (const LogSourceRow& row : m_sources->sources()) {
        if (row.service != service)
            continue;
        logs.append(row.log ? row.log->number : m_logs.follow(*row.source));
        showLog(logs.last());
    }
    showTimeIn(logs, from, to);
}

void LogPage::showTime(models::Instant from, models::Instant to) {
    showTimeIn(QList<quint64>(m_shown), from, to);
}

void LogPage::showTimeIn(const QList<quint64>& logs, models::Instant from, models::Instant to) {
    m_awaited = {from, to};
    m_awaiting.stop();
    m_excerpts->want(logs, from, to);
    if (m_excerpts->isBusy())
        m_awaiting.start();
    showAwaited();
}

void LogPage::showAwaited() {
    m_pane->evidence().showTime(m_awaited.first, m_awaited.second);
}

/// What is missing is told only once nothing is on its way any more.
void LogPage::tellShown(LogEvidence::Shown how) {
    const bool isMerging = m_pane->board().isBusy();
    const bool isAll = !m_excerpts->isBusy() && !isMerging;
    if (how != LogEvidence::Shown::Nothing && isAll)
        m_awaiting.stop();
    const bool mayGrow = m_excerpts->isBusy() || (m_awaiting.isActive() && isMerging);
    Q_EMIT timeShown(mayGrow ? LogEvidence::Shown::Reading : how);
}

void LogPage::tellNoExcerpt(const QString& title) {
    m_actionRun = {};
    m_banner->showMessage(BannerWidget::Level::Info,
                          tr("%1 cannot be asked for what it wrote before its first line here. A "
                             "container, a unit and a command that names GANTRY_SINCE and "
                             "GANTRY_UNTIL can.")
                              .arg(title));
}

void LogPage::chooseFile() {
    auto* dialog = new QFileDialog(this, tr("Open log file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &LogPage::openFile);
    dialog->open();
}

void LogPage::saveLines() {
    if (isShowingLogs())
        m_pane->desk().saveLines();
}

void LogPage::onLogsChanged() {
    const QList<app::LogFollower::Log> logs = m_logs.logs();
    m_shown.removeIf([&logs](quint64 number) {
        return std::none_of(logs.cbegin(), logs.cend(), [number](const app::LogFollower::Log& log) {
            return log.number == number;
        });
    });
    QList<LogBoard::Source> sources;
    QStringList words;
    for (const quint64 number : std::as_const(m_shown)) {
        for (const app::LogFollower::Log& log : logs) {
            if (log.number != number)
                continue;
            sources.append({number, log.title});
            words.append(tr("%1: %2").arg(log.title, logWords(log)));
        }
    }
    m_pane->setSources(sources);
    m_pane->view().setEmptyWords(words.join(u'\n'));
    settle();
}

void LogPage::settle() {
    const QList<app::ContainerList> lists =
        m_watched.isEmpty() ? QList<app::ContainerList>() : m_service.containers();
    m_sources->setInput({m_environment, lists, m_logs.logs(), m_shown});
    showChosen();
    m_stack->setCurrentIndex(m_shown.isEmpty() ? 0 : 1);
    Q_EMIT showingLogsChanged();
    m_look->setVisible(!m_hosts.isEmpty() && m_watched.isEmpty());
    m_summary->setText(m_shown.isEmpty()
                           ? QString()
                           : countOf(m_shown.size(), tr("%1 log shown"), tr("%1 logs shown")));
}

} // namespace ui
