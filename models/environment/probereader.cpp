// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/probereader.h"

#include "models/environment/conditionnames.h"
#include "models/runbook/runbook.h"

#include <QRegularExpression>
#include <QUrl>

namespace models {

namespace {

using Kind = Probe::Kind;

constexpr std::chrono::milliseconds leastEvery{500};
constexpr int mostRetries = 100;

const QList<std::pair<QString, Kind>>& kinds() {
    static const QList<std::pair<QString, Kind>> all = [] {
        QList<std::pair<QString, Kind>> words;
        for (const Kind kind : probeKinds)
            words.append({probeWord(kind), kind});
        return words;
    }();
    return all;
}

QString kindWords() {
    QStringList words;
    for (const auto& [word, kind] : kinds())
        words.append(word);
    return words.join(u", ");
}

class Reader : PartReader {
public:
    Reader(const PlacesOf& placesOf, Diagnostics& diagnostics)
        : PartReader(placesOf, diagnostics) {}

    void read(const YamlNode& node) {
        if (!node.isMap())
            return; // reported by the schema
        Probe probe;
        if (!readTarget(node, probe))
            return;
        probe.name = textOf(node.find(u"name"));
        readPass(node.find(u"pass"), probe);
        readTime(node.find(u"every"), leastEvery, probe.every);
        readTime(node.find(u"timeout"), std::chrono::milliseconds(1), probe.timeLimit);
        probe.retriesDown = count(node.find(u"retries_down"));
        probe.retriesUp = count(node.find(u"retries_up"));
        readWarning(node.find(u"warn"), probe);
        probe.method = textOf(node.find(u"method")).toUpper();
        probe.authority = textOf(node.find(u"ca"));
        probe.certificate = textOf(node.find(u"cert"));
        probe.key = textOf(node.find(u"key"));
        readHeaders(node.find(u"headers"), probe);
        if (probe.kind == Kind::Command || probe.kind == Kind::Container) {
            probe.places = m_placesOf(node);
            if (probe.places.isEmpty())
                return;
        }
        probes.append(probe);
    }

    QList<Probe> probes;

private:
    /// What is no condition was reported by the schema.
    void readPass(const YamlNode* node, Probe& probe) {
        probe.pass = textOf(node);
        const auto condition = Condition::parse(probe.pass);
        for (const QString& unknown : condition ? unknownNamesOfProbe(*condition) : QStringList())
            report(*node, unknown);
    }

    /// The one thing that it asks.
    bool readTarget(const YamlNode& node, Probe& probe) {
        const auto named = namedThing(node, kinds());
        if (named.second != nullptr) {
            report(*named.second, u"A probe asks one thing, and this one asks \"%1\" too. Write an "
                                  "item for each."_qs.arg(named.second->key));
            return false;
        }
        if (named.node == nullptr) {
            if (node.children.isEmpty() || node.find(u"every") || node.find(u"pass"))
                report(node, u"A probe needs one of: %1."_qs.arg(kindWords()));
            return false;
        }
        probe.kind = named.kind;
        probe.target = textOf(named.node).trimmed();
        return named.node->isScalar() && checkTarget(*named.node, probe);
    }

    bool checkTarget(const YamlNode& node, const Probe& probe) {
        switch (probe.kind) {
        case Kind::Http:
            return checkUrl(node, {u"http"_qs, u"https"_qs});
        case Kind::WebSocket:
            return checkUrl(node, {u"ws"_qs, u"wss"_qs});
        case Kind::Tcp:
        case Kind::Tls:
            return checkAddress(node);
        case Kind::Container:
            return checkContainer(node);
        case Kind::Command:
            break;
        }
        if (probe.target.isEmpty())
            report(node, u"The command of this probe is empty."_qs);
        return !probe.target.isEmpty();
    }

    bool checkUrl(const YamlNode& node, const QStringList& schemes) {
        const QUrl url(node.text.trimmed(), QUrl::StrictMode);
        if (url.isValid() && schemes.contains(url.scheme()) && !url.host().isEmpty())
            return true;
        report(node, u"\"%1\" is no address that can be probed. Write %2://HOST/PATH."_qs.arg(
                         node.text, schemes.last()));
        return false;
    }

    bool checkAddress(const YamlNode& node) {
        static const QRegularExpression form(
            u"^([A-Za-z0-9_.-]+|\\[[0-9A-Fa-f:.]+\\]):([0-9]{1,5})\\z"_qs);
        const QRegularExpressionMatch match = form.match(node.text.trimmed());
        const int port = match.captured(2).toInt();
        if (match.hasMatch() && port > 0 && port < 65'536)
            return true;
        report(node,
               u"\"%1\" is no address that can be probed. Write HOST:PORT."_qs.arg(node.text));
        return false;
    }

    bool checkContainer(const YamlNode& node) {
        static const QRegularExpression form(u"^[A-Za-z0-9][A-Za-z0-9_.-]*\\z"_qs);
        if (form.match(node.text.trimmed()).hasMatch())
            return true;
        report(node, u"\"%1\" cannot be the name of a container."_qs.arg(node.text));
        return false;
    }

    void readTime(const YamlNode* node, std::chrono::milliseconds least,
                  std::chrono::milliseconds& time) {
        const auto read = durationFromText(textOf(node));
        if (!read)
            return; // not there, or reported by the schema
        time = std::max(*read, least);
        if (*read < least)
            report(*node, u"That is too short: it is at least %1 ms."_qs.arg(least.count()));
    }

    void readWarning(const YamlNode* node, Probe& probe) {
        readTime(node, std::chrono::milliseconds(0), probe.warnBefore);
        if (node != nullptr && probe.kind != Kind::Tls)
            report(*node, u"Only a probe of \"tls\" warns."_qs);
    }

    int count(const YamlNode* node) {
        if (node == nullptr)
            return 0;
        bool isNumber = false;
        const int number = textOf(node).toInt(&isNumber);
        if (isNumber && number >= 0 && number <= mostRetries)
            return number;
        report(*node, u"\"%1\" is to be a number from 0 to %2."_qs.arg(node->key).arg(mostRetries));
        return 0;
    }

    void readHeaders(const YamlNode* node, Probe& probe) {
        if (node == nullptr)
            return;
        // What could begin another header, or another request.
        static const QRegularExpression name(u"^[A-Za-z0-9!#$%&'*+.^_`|~-]+\\z"_qs);
        static const QRegularExpression control(u"[\\x00-\\x08\\x0a-\\x1f\\x7f]"_qs);
        for (const YamlNode& header : node->children) {
            const bool isGood = header.isScalar() && name.match(header.key).hasMatch() &&
                                !control.match(header.text).hasMatch();
            if (isGood)
                probe.headers.append({header.key, header.text});
            else
                report(header, u"\"%1\" is no header. Write NAME: TEXT."_qs.arg(header.key));
        }
    }
};

} // namespace

QList<Probe> readProbes(const YamlNode& service, const PlacesOf& placesOf,
                        Diagnostics& diagnostics) {
    Reader reader(placesOf, diagnostics);
    const YamlNode* const health = service.find(u"health");
    if (health == nullptr)
        return {};
    if (health->isMap())
        reader.read(*health);
    for (const YamlNode& probe : health->isSequence() ? health->children : QList<YamlNode>())
        reader.read(probe);
    return reader.probes;
}

} // namespace models
