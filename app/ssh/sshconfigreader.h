// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/sshconfig.h"
#include "app/ssh/sshconfigtext.h"

#include <QHash>
#include <QSet>

namespace app {

/// Collects what the configuration files say for one host: of most keywords the first value counts.
class SshConfigReader {
public:
    struct Value {
        QStringList arguments;
        QString file;
        int line = 0;
    };

    /// alias: as it was asked for. user: what was said with it, or empty.
    SshConfigReader(QString alias, QString user, const SshSurroundings& surroundings);

    void readFile(const QString& path);

    /// The first argument of the keyword (lower case); empty where nothing was said.
    [[nodiscard]] QString text(const QString& keyword) const;
    /// All values of a keyword that may stand several times.
    [[nodiscard]] QStringList texts(const QString& keyword) const;
    /// Where the keyword stands, to say something about it.
    [[nodiscard]] Value value(const QString& keyword) const;
    [[nodiscard]] QList<SettingsNote> takeNotes() { return std::move(m_notes); }
    void note(SettingsNote::Weight weight, const QString& keyword, const QString& message);

private:
    void read(const QString& path, bool applies, int depth);
    void include(const QString& path, const SshConfigLine& line, bool applies, int depth);
    [[nodiscard]] bool matches(const QString& path, const SshConfigLine& line);
    [[nodiscard]] bool matchesHost(const QStringList& patterns) const;
    void take(const QString& path, const SshConfigLine& line);
    void addNote(const SettingsNote& note);

    QString m_alias;
    QString m_user;
    const SshSurroundings& m_surroundings;
    QHash<QString, QList<Value>> m_values;
    QSet<QString> m_reading; ///< files, against one that includes itself
    QList<SettingsNote> m_notes;
};

} // namespace app
