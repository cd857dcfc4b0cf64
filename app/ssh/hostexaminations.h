// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/host/hostreport.h"
#include "app/ssh/sshhosts.h"

#include <QList>
#include <QObject>

#include <list>

namespace app {

class HostExamination;

/// Looks at hosts, a few at a time. Engine's thread.
class HostExaminations final : public QObject {
    Q_OBJECT

public:
    /// hosts outlives it.
    explicit HostExaminations(SshHosts& hosts);
    ~HostExaminations() override;

    /// Those that are not being looked at, or about to be.
    void check(const QList<models::Host>& hosts);

Q_SIGNALS:
    void reported(const app::HostReport& report);

private:
    struct Running {
        models::Host host;
        std::unique_ptr<HostExamination> examination;
    };

    void beginNext();
    void end(const models::Host& host);

    SshHosts& m_hosts;
    QList<models::Host> m_waiting;
    std::list<Running> m_running;
};

} // namespace app
