// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/environment/runbookfinder.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>

namespace app {

namespace {

bool isMarkdown(const QString& name) {
    static const QRegularExpression form(QStringLiteral("\\.(md|markdown|mkd|mdown)$"),
                                         QRegularExpression::CaseInsensitiveOption);
    return form.match(name).hasMatch();
}

class Finder {
public:
    Finder(const QString& root, const FinderLimits& limits)
        : m_root(root)
        , m_canonicalRoot(QFileInfo(root).canonicalFilePath())
        , m_limits(limits) {}

    /// line 0: nobody wrote the pattern.
    void search(const QString& pattern, int line) {
        m_line = qMax(line, 1);
        m_matched = false;
        const QStringList parts = pattern.split(QLatin1Char('/'), Qt::SkipEmptyParts);
        if (parts.contains(QLatin1String("..")) || QDir::isAbsolutePath(pattern)) {
            report(QStringLiteral("The runbooks \"%1\" are not looked for: a pattern stays inside "
                                  "the workspace's folder.")
                       .arg(pattern));
            return;
        }
        walk(QString(), parts, 0, 0);
        if (!m_matched && line > 0)
            report(QStringLiteral("No Markdown file matches \"%1\".").arg(pattern));
    }

    FoundRunbooks take() {
        m_found.files = QStringList(m_files.cbegin(), m_files.cend());
        m_found.files.sort();
        m_found.folders = QStringList(m_folders.cbegin(), m_folders.cend());
        m_found.folders.sort();
        return std::move(m_found);
    }

private:
    void report(const QString& message) {
        m_found.diagnostics.append({m_line, 1, models::Severity::Warning, message});
    }

    /// True once a bound is reached, which is reported once.
    bool isFull() {
        const bool full = m_files.size() >= m_limits.files || m_entries >= m_limits.entries;
        if (full && !m_reportedFull) {
            m_reportedFull = true;
            report(QStringLiteral("There are too many files to look through. The first %1 "
                                  "runbooks are used; make \"runbooks\" narrower.")
                       .arg(m_files.size()));
        }
        return full;
    }

    [[nodiscard]] QString absolute(const QString& relative) const {
        return relative.isEmpty() ? m_root : m_root + QLatin1Char('/') + relative;
    }

    /// Where it really is must be below the root; what is not there is not inside either.
    [[nodiscard]] bool isInside(const QFileInfo& entry) const {
        const QString real = entry.canonicalFilePath();
        return real == m_canonicalRoot || real.startsWith(m_canonicalRoot + QLatin1Char('/')) ||
               m_canonicalRoot == QLatin1String("/");
    }

    void walk(const QString& folder, const QStringList& parts, qsizetype at, int depth) {
        if (at >= parts.size() || depth > m_limits.depth || isFull())
            return;
        m_folders.insert(absolute(folder));
        const bool any = parts[at] == QLatin1String("**");
        const bool last = at == parts.size() - 1;
        if (any)
            walk(folder, parts, at + 1, depth);
        const QRegularExpression name = QRegularExpression::fromWildcard(
            any ? QStringLiteral("*") : parts[at], Qt::CaseSensitive);
        const QDir directory(absolute(folder));
        const QFileInfoList entries = directory.entryInfoList(
            QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden | QDir::System, QDir::Name);
        for (const QFileInfo& entry : entries) {
            ++m_entries;
            if (isFull())
                return;
            const bool hidden = entry.fileName().startsWith(QLatin1Char('.')) &&
                                !parts[at].startsWith(QLatin1Char('.'));
            if (hidden || !name.match(entry.fileName()).hasMatch())
                continue;
            const QString relative =
                folder.isEmpty() ? entry.fileName() : folder + QLatin1Char('/') + entry.fileName();
            if (entry.isDir())
                enter(entry, relative, parts, any ? at : at + 1, depth);
            else if (last)
                take(entry, relative);
        }
    }

    void enter(const QFileInfo& entry, const QString& relative, const QStringList& parts,
               qsizetype next, int depth) {
        if (next >= parts.size())
            return;
        // Below ** a link could lead round in a circle.
        if (parts[next] == QLatin1String("**") && entry.isSymLink())
            return;
        if (!isInside(entry)) {
            report(QStringLiteral("\"%1\" is a link that leads out of the workspace's folder. It "
                                  "is not followed; copy what you need into the folder.")
                       .arg(relative));
            return;
        }
        walk(relative, parts, next, depth + 1);
    }

    void take(const QFileInfo& entry, const QString& relative) {
        if (!isMarkdown(entry.fileName()))
            return;
        m_matched = true;
        if (entry.exists() && !isInside(entry)) {
            report(QStringLiteral("\"%1\" is a link that leads out of the workspace's folder. It "
                                  "is left out; copy the file into the folder.")
                       .arg(relative));
            return;
        }
        if (entry.isSymLink() && !entry.exists()) {
            report(QStringLiteral("\"%1\" is a link to a file that is not there.").arg(relative));
            return;
        }
        if (entry.isFile())
            m_files.insert(relative);
    }

    const QString m_root;
    const QString m_canonicalRoot;
    const FinderLimits m_limits;
    FoundRunbooks m_found;
    QSet<QString> m_files;
    QSet<QString> m_folders;
    int m_line = 1;
    int m_entries = 0;
    bool m_matched = false;
    bool m_reportedFull = false;
};

} // namespace

FoundRunbooks findRunbooks(const QString& root, const QStringList& patterns,
                           const QList<int>& lines, const FinderLimits& limits) {
    Finder finder(root, limits);
    for (qsizetype i = 0; i < patterns.size(); ++i)
        finder.search(patterns[i], lines.value(i, 0));
    return finder.take();
}

} // namespace app
