// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QMutex>
#include <QObject>
#include <QThreadPool>
#include <QVariant>

namespace ui {

/// What the window remembers for its person, in the application's QSettings. A change counts at
/// once and is written on a thread of its own: QSettings waits for the disk twice each time. One a
/// QApplication, on its thread; what is still to be written then is written before it ends.
class Preferences final : public QObject {
    Q_OBJECT

public:
    static Preferences& instance();

    [[nodiscard]] QVariant value(const QString& key, const QVariant& fallback = {}) const;
    void setValue(const QString& key, const QVariant& value);
    void remove(const QString& key);
    /// Waits until all changes are in the file.
    void finish();

private:
    struct Change {
        QVariant value; ///< invalid: removed
        int number = 0;
    };

    Preferences() = default;
    void change(const QString& key, const QVariant& value);
    void write();
    void writeChanges(const QHash<QString, Change>& changes);

    mutable QMutex m_mutex; ///< for what follows up to the pool
    QHash<QString, Change> m_changes;
    int m_number = 0;
    bool m_isWriting = false;
    QThreadPool m_pool; ///< ends first, when all is written
};

} // namespace ui
