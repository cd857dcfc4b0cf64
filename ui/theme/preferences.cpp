// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/preferences.h"

#include <QCoreApplication>
#include <QPointer>
#include <QSettings>

namespace ui {

Preferences& Preferences::instance() {
    static QPointer<Preferences> preferences;
    if (preferences.isNull()) {
        preferences = new Preferences;
        preferences->setParent(QCoreApplication::instance());
    }
    return *preferences;
}

QVariant Preferences::value(const QString& key, const QVariant& fallback) const {
    {
        const QMutexLocker lock(&m_mutex);
        const auto changed = m_changes.constFind(key);
        if (changed != m_changes.cend())
            return changed->value.isValid() ? changed->value : fallback;
    }
    return QSettings().value(key, fallback);
}

void Preferences::setValue(const QString& key, const QVariant& value) {
    change(key, value);
}

void Preferences::remove(const QString& key) {
    change(key, {});
}

void Preferences::finish() {
    m_pool.waitForDone();
}

/// One writer at a time, which also takes what comes while it writes.
void Preferences::change(const QString& key, const QVariant& value) {
    const QMutexLocker lock(&m_mutex);
    m_changes.insert(key, {value, ++m_number});
    if (std::exchange(m_isWriting, true))
        return;
    m_pool.start([this] { write(); });
}

void Preferences::write() {
    QHash<QString, Change> written;
    for (;;) {
        {
            const QMutexLocker lock(&m_mutex);
            // Only now: until it is in the file, a value is answered from here.
            for (auto it = written.cbegin(); it != written.cend(); ++it) {
                const auto found = m_changes.constFind(it.key());
                if (found != m_changes.cend() && found->number == it->number)
                    m_changes.erase(found);
            }
            written = m_changes;
            m_isWriting = !written.isEmpty();
            if (!m_isWriting)
                return;
        }
        writeChanges(written);
    }
}

void Preferences::writeChanges(const QHash<QString, Change>& changes) {
    QSettings settings;
    for (auto it = changes.cbegin(); it != changes.cend(); ++it) {
        if (it->value.isValid())
            settings.setValue(it.key(), it->value);
        else
            settings.remove(it.key());
    }
}

} // namespace ui
