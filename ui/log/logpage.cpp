// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logpage.h"

#include "ui/log/logdesk.h"
#include "ui/log/logpane.h"
#include "ui/log/logsourcedelegate.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/splitpane.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/wording.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QStackedLayout>

#include <algorithm>

namespace ui {

namespace {
constexpr int listWidth = 260;
constexpr int paneWidth = 900;
} // namespace

LogPage::LogPage(app::LogFollower& logs, QWidget* parent)
    : QWidget(parent)
    , m_service(logs.service())
    , m_logs(logs)
    , m_summary(new TextLabel({}, TextRole::Body, Colour::Quiet))
    , m_look(new ActionButton(tr("Look for containers")))
    , m_open(new ActionButton(tr("Open log file…")))
    , m_list(new QListView)
    , m_pane(new LogPane(logs.keeper()))
    , m_empty(new EmptyState(QStringLiteral("text-x-generic"),
                             tr("Lines are shown here, merged by time. Choose a container at the "
                                "left, or open a log file."))) {
    setObjectName(QStringLiteral("logPage"));
    setFocusProxy(m_list);
    m_list->setObjectName(QStringLiteral("logSources"));
    m_list->setAccessibleName(tr("Log sources"));
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new LogSourceDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setVerticalScrollMode(QListView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->installEventFilter(this);

    auto* right = new QWidget;
    m_stack = new QStackedLayout(right);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_pane);
    auto* panes = new SplitPane(Qt::Horizontal, QStringLiteral("logs"));
    panes->addWidget(m_list);
    panes->addWidget(right);
    panes->restoreSizes({listWidth, paneWidth});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(panes, 1);

    connect(m_look, &ActionButton::clicked, this, &LogPage::lookForContainers);
    connect(m_open, &ActionButton::clicked, this, &LogPage::chooseFile);
    connect(m_list, &QListView::clicked, this, &LogPage::toggle);
    connect(&logs, &app::LogFollower::changed, this, &LogPage::onLogsChanged);
    connect(&m_service, &app::LogService::containersChanged, this, [this] {
        m_model.setContainers(m_service.containers());
        settle();
    });
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
    m_open->setObjectName(QStringLiteral("openLogFile"));
    row->addWidget(m_look);
    row->addWidget(m_open);
    return head;
}

void LogPage::showHosts(const QString& environment, const QList<models::Host>& hosts) {
    QList<models::Host> wanted = hosts;
    if (wanted.isEmpty() && !environment.isEmpty()) {
        models::Host here;
        here.name = tr("This machine");
        wanted.append(here);
    }
    if (environment == m_environment && wanted == m_hosts)
        return;
    m_environment = environment;
    m_hosts = wanted;
    // Streams go on: a person may look at one environment beside another.
    for (const models::Host& host : std::as_const(m_watched))
        m_service.unwatch(host);
    m_watched.clear();
    m_model.setContainers({});
    settle();
}

void LogPage::lookForContainers() {
    for (const models::Host& host : std::as_const(m_hosts))
        m_service.watch(host);
    m_watched = m_hosts;
    m_model.setContainers(m_service.containers());
    settle();
}

void LogPage::toggle(const QModelIndex& index) {
    if (!index.isValid())
        return;
    const LogSourceRow row = m_model.row(index.row());
    if (row.kind == LogSourceRow::Kind::Place)
        return;
    if (row.tick >= 0) {
        m_shown.removeOne(row.log->number);
        onLogsChanged();
    } else if (row.log) {
        showLog(row.log->number);
    } else {
        app::LogSource source;
        source.host = row.host;
        source.container = row.container->name;
        showLog(m_logs.follow(source));
    }
}

void LogPage::closeCurrent() {
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid())
        return;
    if (const std::optional<app::LogFollower::Log> log = m_model.row(current.row()).log)
        m_logs.close(log->number);
}

void LogPage::showLog(quint64 log) {
    if (!m_shown.contains(log))
        m_shown.append(log);
    onLogsChanged();
}

void LogPage::openFile(const QString& path) {
    showLog(m_logs.read(path));
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
    for (const quint64 number : std::as_const(m_shown)) {
        for (const app::LogFollower::Log& log : logs) {
            if (log.number == number)
                sources.append({number, log.title});
        }
    }
    m_pane->setSources(sources);
    m_model.setLogs(logs, m_shown);
    settle();
}

void LogPage::settle() {
    m_stack->setCurrentIndex(m_shown.isEmpty() ? 0 : 1);
    Q_EMIT showingLogsChanged();
    m_look->setVisible(!m_hosts.isEmpty() && m_watched.isEmpty());
    m_summary->setText(m_shown.isEmpty()
                           ? QString()
                           : countOf(m_shown.size(), tr("%1 log shown"), tr("%1 logs shown")));
}

bool LogPage::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Space || key == Qt::Key_Return || key == Qt::Key_Enter) {
            toggle(m_list->currentIndex());
            return true;
        }
        if (key == Qt::Key_Delete) {
            closeCurrent();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace ui
