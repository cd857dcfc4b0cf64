// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/versionreader.h"

#include "models/runbook/runbook.h"
#include "models/version/versionreading.h"

#include <QUrl>

#include <algorithm>
#include <array>

namespace models {

namespace {

using Kind = VersionProbe::Kind;

constexpr std::chrono::milliseconds leastEvery{1000};
const QString usualField = QStringLiteral("commit");

class Reader : PartReader {
public:
    Reader(const PlacesOf& placesOf, Service& service, Diagnostics& diagnostics)
        : PartReader(placesOf, diagnostics)
        , m_service(service) {}

    void readProbe(const YamlNode& node) {
        if (!node.isMap())
            return; // reported by the schema
        VersionProbe probe;
        if (!readTarget(node, probe))
            return;
        readTime(node.find(u"every"), leastEvery, probe.every);
        readTime(node.find(u"timeout"), std::chrono::milliseconds(1), probe.timeLimit);
        if (probe.kind != Kind::Http) {
            probe.places = m_placesOf(node);
            if (probe.places.isEmpty())
                return;
        }
        m_service.version = probe;
    }

    void readSource(const YamlNode& node) {
        const YamlNode* const source = node.find(u"source");
        const bool isNamed = source != nullptr && source->isMap();
        const YamlNode* const repository = isNamed ? source->find(u"repo") : nullptr;
        const YamlNode* const ref = isNamed ? source->find(u"ref") : nullptr;
        m_service.source.repository = textOf(repository).trimmed();
        if (m_service.source.repository.contains(u"://")) {
            report(*repository, u"\"%1\" is not fetched. Name the folder of a clone."_qs.arg(
                                    m_service.source.repository));
            m_service.source.repository.clear();
        }
        const YamlNode* const expected = node.find(u"expected");
        const YamlNode* const named = expected != nullptr ? expected : ref;
        const QString revision = textOf(named).trimmed();
        if (revision.isEmpty() || isRevisionName(revision))
            m_service.source.expected = revision;
        else
            report(
                *named,
                u"\"%1\" is no commit, branch or tag. Write a name such as main or v1.4.0."_qs.arg(
                    revision));
    }

private:
    /// The one way to see it.
    bool readTarget(const YamlNode& node, VersionProbe& probe) {
        static const std::array<std::pair<QStringView, Kind>, 3> kinds{
            {{u"http", Kind::Http}, {u"command", Kind::Command}, {u"label", Kind::Image}}};
        const auto named = namedThing(node, kinds);
        if (named.second != nullptr) {
            report(*named.second, u"A version is seen in one way, and here is \"%1\" too."_qs.arg(
                                      named.second->key));
            return false;
        }
        if (named.node == nullptr) {
            if (node.children.isEmpty() || node.find(u"field") != nullptr)
                report(node, u"\"version\" needs one of: http, command, label."_qs);
            return false;
        }
        probe.kind = named.kind;
        probe.target = textOf(named.node).trimmed();
        return named.node->isScalar() && checkTarget(node, *named.node, probe);
    }

    bool checkTarget(const YamlNode& node, const YamlNode& target, VersionProbe& probe) {
        const YamlNode* const field = node.find(u"field");
        probe.field = textOf(field).trimmed();
        switch (probe.kind) {
        case Kind::Http:
            if (field == nullptr)
                probe.field = usualField;
            return checkUrl(target, probe);
        case Kind::Command:
            if (probe.target.isEmpty())
                report(target, u"The command of this version is empty."_qs);
            return !probe.target.isEmpty();
        case Kind::Image:
            break;
        }
        if (probe.target != revisionLabel) {
            report(target, u"The label that is read is %1."_qs.arg(QString(revisionLabel)));
            return false;
        }
        if (!m_service.container) {
            report(target, u"A label is of a container. Give the service \"%1\" a \"container\" or "
                           "a \"compose\"."_qs.arg(m_service.name));
            return false;
        }
        probe.container = *m_service.container;
        return true;
    }

    bool checkUrl(const YamlNode& node, const VersionProbe& probe) {
        const QUrl url(probe.target, QUrl::StrictMode);
        const bool isWeb = url.scheme() == u"https" || url.scheme() == u"http";
        if (url.isValid() && isWeb && !url.host().isEmpty())
            return true;
        report(node, u"\"%1\" is no address that can be asked. Write https://HOST/PATH."_qs.arg(
                         probe.target));
        return false;
    }

    void readTime(const YamlNode* node, std::chrono::milliseconds least,
                  std::chrono::milliseconds& time) {
        if (const auto read = durationFromText(textOf(node)))
            time = std::max(*read, least);
    }

    Service& m_service;
};

} // namespace

void readVersion(const YamlNode& node, const PlacesOf& placesOf, Service& service,
                 Diagnostics& diagnostics) {
    Reader reader(placesOf, service, diagnostics);
    if (const YamlNode* version = node.find(u"version"))
        reader.readProbe(*version);
    reader.readSource(node);
}

} // namespace models
