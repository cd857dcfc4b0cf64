// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>

namespace app {

/// Something in a configuration that is not honoured, said instead of dropped.
struct SettingsNote {
    /// Blocks: connecting in spite of it would not do what is meant.
    enum class Weight { Ignored, Blocks };

    Weight weight = Weight::Ignored;
    QString file;
    int line = 0;
    QString keyword;
    QString message;

    bool operator==(const SettingsNote&) const = default;
};

/// Everything needed to connect to one host; a value. Names of files are absolute.
struct HostSettings {
    QString name; ///< as it was asked for: the alias
    QString hostName;
    quint16 port = 22;
    QString user;
    QStringList identityFiles;
    QStringList certificateFiles;
    bool identitiesOnly = false;
    QString agentSocket; ///< empty: there is no agent
    QString hostKeyAlias;
    QStringList knownHostsFiles; ///< the first is the one that is added to
    QList<HostSettings> jumps;   ///< from here to there; each without jumps of its own
    std::chrono::milliseconds connectTimeout{15'000};
    std::chrono::milliseconds keepAliveInterval{15'000}; ///< 0: none
    int keepAliveMisses = 3;
    QList<SettingsNote> notes;

    bool operator==(const HostSettings&) const = default;

    /// How known_hosts names it: the alias, else the name, with the port where it is not 22.
    [[nodiscard]] QString knownAs() const;
    /// Who and where, for people: "deploy@portal.example.com:2222".
    [[nodiscard]] QString address() const;
};

} // namespace app
