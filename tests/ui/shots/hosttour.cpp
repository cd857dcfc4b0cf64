// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosttour.h"

#include "ui/widgets/timeformat.h"

#include <QAbstractItemView>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QTextStream>

namespace tests {

namespace {

using app::HostCheck;
using app::HostLink;
using app::SshQuestion;
using models::Verdict;

constexpr int patienceMs = 30'000;
constexpr int usualFleet = 6;
constexpr int largeFleet = 1000;
const QString fingerprint = QStringLiteral("SHA256:uNiVztksCsDhcc0u9e8BgrJXVGDohTJu9xwy7ztFz5A");

QString nameOf(int number) {
    // One name in the middle is longer than the list is wide.
    return number == 4 ? QStringLiteral("worker-with-a-name-that-nobody-can-remember-eu-central-1b")
                       : QStringLiteral("web-%1").arg(number);
}

QString sshOf(int number) {
    return QStringLiteral("deploy@web-%1.example.com").arg(number);
}

QByteArray workspaceOf(int count) {
    QByteArray yaml = "gantry: 1\nid: fleet-" + QByteArray::number(count) +
                      "\nname: Fleet\nenvironments:\n  prod:\n    hosts:\n";
    for (int number = 1; number <= count; ++number)
        yaml += "      " + nameOf(number).toUtf8() + ": { ssh: " + sshOf(number).toUtf8() + " }\n";
    return yaml;
}

HostLink linkOf(int number, HostLink::State state, HostLink::Cause cause = HostLink::Cause::None,
                const char* message = nullptr) {
    HostLink link;
    link.ssh = sshOf(number);
    link.name = nameOf(number);
    link.address = sshOf(number) + QStringLiteral(":22");
    link.state = state;
    link.cause = cause;
    link.fingerprint = fingerprint;
    if (message) {
        link.error = models::Error{models::ErrorCode::Refused, QString::fromUtf8(message), {}};
        link.failures = 3;
    }
    return link;
}

HostCheck check(HostCheck::Kind kind, const char* value, Verdict verdict = Verdict::Pass,
                const char* reason = "", const char* remedy = "") {
    return {kind, verdict, QString::fromUtf8(value), QString::fromUtf8(reason),
            QString::fromUtf8(remedy)};
}

QList<HostCheck> goodChecks() {
    using Kind = HostCheck::Kind;
    return {check(Kind::Reachable, "192.0.2.17, port 22"),
            check(Kind::HostKey, "ED25519, in ~/.ssh/known_hosts"),
            check(Kind::Authentication, "publickey (id_ed25519)"),
            check(Kind::Shell, "dash"),
            check(Kind::Directory, "~/.local/state/gantry, 14 GB free"),
            check(Kind::Survival, "cut after 0.4 s, found again after 1.2 s"),
            check(Kind::Sudo, "without a password"),
            check(Kind::Runtime, "docker 24.0.7"),
            check(Kind::Clock, "+0.2 s ± 0.02 s"),
            check(Kind::RoundTrip, "24 ms")};
}

QList<HostCheck> badChecks() {
    using Kind = HostCheck::Kind;
    QList<HostCheck> checks = goodChecks();
    checks[4] = check(Kind::Directory, "", Verdict::Fail,
                      "~/.local/state/gantry is on a file system that is mounted read-only.",
                      "Mount it for writing, or set XDG_STATE_HOME for deploy on the host.");
    checks[5] = check(Kind::Survival, "", Verdict::Unknown,
                      "Not tried, because nothing can be recorded there.");
    checks[6] = check(Kind::Sudo, "", Verdict::Fail, "sudo asks for a password.",
                      "Steps that use sudo have to run with a terminal, or with NOPASSWD.");
    checks[8] = check(Kind::Clock, "-93 s ± 0.02 s", Verdict::Fail,
                      "Times of this host's logs are 93 s too early.",
                      "Start its time service: timedatectl set-ntp true.");
    return checks;
}

} // namespace

HostTour::HostTour(ui::MainWindow& window, FakeHostService& hosts, Photographer& camera)
    : m_window(window)
    , m_hosts(hosts)
    , m_camera(camera) {}

bool HostTour::take() {
    if (!openFleet(usualFleet))
        return false;
    m_camera.take(QStringLiteral("hosts-untouched"));
    takeQuestions();
    takeStates();
    takeChecks();
    if (!openFleet(largeFleet))
        return false;
    m_camera.take(QStringLiteral("hosts-thousand"));
    m_hosts.setLink(linkOf(2, HostLink::State::Idle));
    m_hosts.setLink(linkOf(3, HostLink::State::Idle));
    m_hosts.setLink(linkOf(6, HostLink::State::Idle));
    return true;
}

bool HostTour::openFleet(int count) {
    const QString folder = QDir::homePath() + QStringLiteral("/fleet-%1").arg(count);
    QDir().mkpath(folder);
    QFile file(folder + QStringLiteral("/gantry.yaml"));
    if (!file.open(QFile::WriteOnly) || file.write(workspaceOf(count)) <= 0)
        return false;
    file.close();
    m_window.openPath(folder);
    m_window.showPage(ui::MainWindow::Page::Hosts);
    const auto* list = m_window.findChild<QAbstractItemView*>(QStringLiteral("hostList"));
    const auto isShown = [list, count] { return list->model()->rowCount() == count; };
    if (!QTest::qWaitFor(isShown, patienceMs)) {
        QTextStream(stderr) << "not reached: the hosts of " << folder << Qt::endl;
        return false;
    }
    m_window.showPage(ui::MainWindow::Page::Hosts); // the workspace came in front of it
    return true;
}

void HostTour::ask(const SshQuestion& question, const QString& picture) {
    Q_EMIT m_hosts.questionAsked(question);
    m_camera.take(picture);
    Q_EMIT m_hosts.questionWithdrawn(question.id);
    QTest::qWait(0);
}

void HostTour::takeQuestions() {
    SshQuestion question;
    question.id = 1;
    question.kind = SshQuestion::Kind::UnknownHostKey;
    question.host = nameOf(1);
    question.knownAs = QStringLiteral("web-1.example.com");
    question.user = QStringLiteral("deploy");
    question.hostKey = {QStringLiteral("ssh-ed25519"), fingerprint, {}};
    ask(question, QStringLiteral("host-unknown"));
    question.id = 2;
    Q_EMIT m_hosts.questionAsked(question);
    auto* pasted = m_window.findChild<QLineEdit*>(QStringLiteral("pastedFingerprint"));
    pasted->setText(
        QStringLiteral("256 SHA256:0000ztksCsDhcc0u9e8BgrJXVGDohTJu9xwy7ztFz5A (ED25519)"));
    m_camera.take(QStringLiteral("host-unknown-differs"));
    Q_EMIT m_hosts.questionWithdrawn(question.id);
    QTest::qWait(0);
    question.id = 3;
    question.kind = SshQuestion::Kind::Passphrase;
    question.keyFile = QStringLiteral("/home/deploy/.ssh/id_ed25519");
    question.prompts = {{QString(), true}};
    question.round = 2;
    ask(question, QStringLiteral("host-passphrase"));
    question.id = 4;
    question.kind = SshQuestion::Kind::Interactive;
    question.instruction =
        QStringLiteral("Access to production is recorded.\nHave your token ready.");
    question.prompts = {{QStringLiteral("Ticket:"), false}, {QStringLiteral("Token code:"), true}};
    question.round = 1;
    ask(question, QStringLiteral("host-interactive"));
}

void HostTour::takeStates() {
    HostLink connected = linkOf(1, HostLink::State::Connected);
    connected.roundTrip = std::chrono::milliseconds(24);
    connected.isHeld = true;
    m_hosts.setLink(connected);
    HostLink lost = linkOf(2, HostLink::State::Waiting, HostLink::Cause::Unreachable,
                           "The connection to deploy@web-2.example.com:22 was lost: nothing came "
                           "for 60 s.");
    constexpr std::int64_t anHour = 3'600'000'000'000;
    lost.retryAt = {ui::presentInstant().nanoseconds + anHour};
    m_hosts.setLink(lost);
    m_hosts.setLink(linkOf(5, HostLink::State::Connecting));
    HostLink silent = linkOf(6, HostLink::State::Silent);
    silent.since = {ui::presentInstant().nanoseconds - 12'000'000'000};
    m_hosts.setLink(silent);
    m_camera.take(QStringLiteral("hosts-lost"));
    auto* list = m_window.findChild<QAbstractItemView*>(QStringLiteral("hostList"));
    list->setCurrentIndex(list->model()->index(5, 0));
    m_camera.take(QStringLiteral("hosts-silent"));
    HostLink changed = linkOf(3, HostLink::State::Failed, HostLink::Cause::HostKey,
                              "web-3 shows another key than the one on record. It was not "
                              "connected to.");
    changed.error->detail =
        QStringLiteral("on record: ~/.ssh/known_hosts:12\nshown: ED25519 %1").arg(fingerprint);
    m_hosts.setLink(changed);
    list->setCurrentIndex(list->model()->index(2, 0));
    m_camera.take(QStringLiteral("hosts-changed-key"));
}

void HostTour::takeChecks() {
    auto* list = m_window.findChild<QAbstractItemView*>(QStringLiteral("hostList"));
    app::HostReport report;
    report.host = {nameOf(1), sshOf(1), {}};
    report.address = sshOf(1) + QStringLiteral(":22");
    report.checks = goodChecks();
    report.fingerprint = fingerprint;
    report.at = ui::presentInstant();
    report.isComplete = true;
    report.log = {QStringLiteral("0.00 s  192.0.2.17 answers"),
                  QStringLiteral("0.03 s  its key is the one on record"),
                  QStringLiteral("0.09 s  id_ed25519 was accepted")};
    Q_EMIT m_hosts.reported(report);
    list->setCurrentIndex(list->model()->index(0, 0));
    m_camera.take(QStringLiteral("hosts-good"));
    report.checks = badChecks();
    report.publicKeys = {QStringLiteral("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMnFqUdZgUQ0FqkL7vYc0T"
                                        "zqJp0bJm9a3n5mW3k0dEmo deploy@console")};
    Q_EMIT m_hosts.reported(report);
    if (auto* toggle = m_window.findChild<QPushButton*>(QStringLiteral("toggleLog")))
        toggle->click();
    m_camera.take(QStringLiteral("hosts-failing"));
}

} // namespace tests
