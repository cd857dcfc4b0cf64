// SPDX-License-Identifier: GPL-3.0-or-later
#include "samplecorpus.h"

#include <QDir>
#include <QFile>

namespace tests {

namespace {

constexpr int generatedDocuments = 58;
constexpr int sectionsPerDocument = 18;

QList<SampleDocument> readFolder(const QString& folder) {
    QList<SampleDocument> documents;
    const QStringList names = QDir(folder).entryList({QStringLiteral("*.md")}, QDir::Files);
    for (const QString& name : names) {
        QFile file(folder + QLatin1Char('/') + name);
        if (file.open(QIODevice::ReadOnly)) {
            documents.append({name, file.readAll()});
        }
    }
    return documents;
}

QByteArray tasksWithShell(int number) {
    const QByteArray n = QByteArray::number(number);
    return "### Deploy part " + n + "\n\n- [ ] Pull image " + n +
           " on **every** host\n"
           "  - [ ] Compare the digest with `registry.example.com/portal:" +
           n +
           "`\n"
           "- [ ] Start it:\n\n  ```bash\n  # Bring the service up\n"
           "  docker compose up -d portal-" +
           n +
           "\n\n  docker compose ps\n"
           "  # Expected: healthy\n  ```\n\n";
}

QByteArray headingWithShell(int number) {
    const QByteArray n = QByteArray::number(number);
    return "## Restart worker " + n +
           "\n\nThe worker keeps its queue; a restart loses nothing. "
           "See [the notes](https://example.com/notes/" +
           n +
           ") for the reasons, and check that "
           "nobody else deploys at the same time.\n\n```sh\nsystemctl restart worker@" +
           n + "\ncurl -fsS https://portal.example.com/healthz\n```\n\n";
}

QByteArray numbered(int number) {
    const QByteArray n = QByteArray::number(number);
    return "## Release sequence " + n + "\n\n1. Tag the commit as `v1." + n +
           ".0`\n"
           "2. Push the tag and wait for the build\n   - the build takes about ten minutes\n"
           "3. Run `make release VERSION=<version>`\n4. Announce it in the release channel\n\n";
}

QByteArray table(int number) {
    const QByteArray n = QByteArray::number(number);
    return "## Checks " + n +
           "\n\n| Check | Owner | Status |\n| --- | --- | --- |\n"
           "| Error rate below 1% | operations | open |\n| Latency p95 below 300 ms | platform | "
           "open |\n| Backups restored once | data | done |\n\n";
}

QByteArray rollback(int number) {
    const QByteArray n = QByteArray::number(number);
    return "## Rollback " + n +
           "\n\nWhen the error rate stays above 5% for two minutes:\n\n"
           "```bash\nkubectl rollout undo deployment/portal-" +
           n +
           "\n```\n\n"
           "- [ ] Tell the incident channel\n- [x] Keep the logs of the failed release\n\n";
}

QByteArray generatedDocument(int number) {
    using Shape = QByteArray (*)(int);
    constexpr Shape shapes[] = {tasksWithShell, headingWithShell, numbered, table, rollback};
    QByteArray bytes = "# Deployment of system " + QByteArray::number(number) +
                       "\n\n"
                       "What a release manager does, in order. Times are in UTC.\n\n";
    for (int section = 0; section < sectionsPerDocument; ++section) {
        bytes += shapes[size_t(number + section) % std::size(shapes)](section);
    }
    return bytes;
}

} // namespace

QList<SampleDocument> sampleCorpus() {
    QList<SampleDocument> documents =
        readFolder(QStringLiteral(GANTRY_BENCH_SOURCE_DIR "/../shared/corpus"));
    if (!documents.isEmpty()) {
        return documents;
    }
    for (int number = 0; number < generatedDocuments; ++number) {
        documents.append(
            {QStringLiteral("generated-%1.md").arg(number), generatedDocument(number)});
    }
    return documents;
}

QByteArray checklistOfTrue(int count) {
    QByteArray bytes = "# A long checklist\n\n## Run\n\n";
    for (int number = 1; number <= count; ++number) {
        bytes += "- [ ] Step " + QByteArray::number(number) + "\n  ```sh\n  true\n  ```\n";
    }
    return bytes;
}

QByteArray documentOfLines(int lines) {
    QByteArray bytes;
    for (int number = 0; bytes.count('\n') < lines; ++number) {
        bytes += generatedDocument(number);
    }
    qsizetype end = 0;
    for (int line = 0; line < lines; ++line) {
        end = bytes.indexOf('\n', end) + 1;
    }
    return bytes.left(end);
}

} // namespace tests
