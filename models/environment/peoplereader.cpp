// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/peoplereader.h"

#include "models/core/plainline.h"
#include "models/run/approvalrule.h"

#include <QHash>

#include <algorithm>

namespace models {

namespace {

constexpr int mostPeopleAsked = 20;
constexpr qsizetype nameLimit = 80;
/// What is written but cannot be read asks for more than anything that may be meant.
const ApprovalTerms unreadTerms{mostPeopleAsked, true, u"a role that cannot be read"_qs,
                                unreadTime};

void report(Diagnostics& diagnostics, const YamlNode& node, const QString& message,
            Severity severity = Severity::Error) {
    diagnostics.append({node.line, node.column, severity, message});
}

/// One text, or the items of a list.
QList<YamlNode> itemsOf(const YamlNode* node) {
    if (node == nullptr || node->kind == YamlKind::Null)
        return {};
    return node->isSequence() ? node->children : QList<YamlNode>{*node};
}

class PeopleReader {
public:
    explicit PeopleReader(Diagnostics& diagnostics)
        : m_diagnostics(diagnostics) {}

    void read(const YamlNode& node) {
        if (node.key.isEmpty() || plainLine(node.key, nameLimit) != node.key) {
            m_diagnostics.append(
                {node.keyLine, node.keyColumn, Severity::Error,
                 u"\"%1\" cannot be a name: it is one line of at most %2 letters."_qs.arg(
                     plainLine(node.key, nameLimit), QString::number(nameLimit))});
            return;
        }
        const auto isSame = [&node](const Person& person) {
            return person.name.compare(node.key, Qt::CaseInsensitive) == 0;
        };
        if (std::any_of(m_people.cbegin(), m_people.cend(), isSame)) {
            report(m_diagnostics, node, u"\"%1\" is there already."_qs.arg(node.key));
            return;
        }
        Person person{node.key, textsOf(node.find(u"roles")), textsOf(node.find(u"accounts")), {}};
        for (const YamlNode& key : itemsOf(node.find(u"keys")))
            readKey(key, person);
        if (person.keys.isEmpty() && node.find(u"keys") == nullptr) {
            report(m_diagnostics, node,
                   u"\"%1\" has no \"keys\": what they approve is recorded, not verified."_qs.arg(
                       node.key),
                   Severity::Warning);
        }
        m_people.append(person);
    }

    [[nodiscard]] const QList<Person>& people() const { return m_people; }

private:
    void readKey(const YamlNode& node, Person& person) {
        const QString key = publicKeyFrom(textOf(&node));
        if (key.isEmpty()) {
            report(m_diagnostics, node,
                   u"This is no public SSH key. Write a line of a .pub file: \"ssh-ed25519 "
                   "AAAA…\"."_qs);
            return;
        }
        const QString owner = m_owners.value(key);
        if (!owner.isEmpty() && owner != person.name) {
            report(m_diagnostics, node,
                   u"%1 has this key too: it cannot say who of the two signed."_qs.arg(owner));
            return;
        }
        m_owners.insert(key, person.name);
        if (!person.keys.contains(key))
            person.keys.append(key);
    }

    Diagnostics& m_diagnostics;
    QList<Person> m_people;
    QHash<QString, QString> m_owners; ///< by key
};

} // namespace

QString publicKeyFrom(const QString& text) {
    static const QStringList types{u"ssh-ed25519"_qs,
                                   u"ssh-rsa"_qs,
                                   u"ecdsa-sha2-nistp256"_qs,
                                   u"ecdsa-sha2-nistp384"_qs,
                                   u"ecdsa-sha2-nistp521"_qs,
                                   u"sk-ssh-ed25519@openssh.com"_qs,
                                   u"sk-ecdsa-sha2-nistp256@openssh.com"_qs};
    const QStringList words = text.simplified().split(u' ');
    const QString type = words.value(0);
    const auto body = QByteArray::fromBase64Encoding(words.value(1).toLatin1(),
                                                     QByteArray::AbortOnBase64DecodingErrors);
    // The body begins with its own type, and that with its length in four bytes.
    const QByteArray head = QByteArray(3, '\0') + char(type.size()) + type.toLatin1();
    if (!types.contains(type) || !body || !body.decoded.startsWith(head) ||
        body.decoded.size() <= head.size())
        return {};
    return type + u' ' + words.value(1);
}

QList<Person> readPeople(const YamlNode* node, Diagnostics& diagnostics) {
    PeopleReader reader(diagnostics);
    for (const YamlNode& child :
         node != nullptr && node->isMap() ? node->children : QList<YamlNode>())
        reader.read(child);
    return reader.people();
}

ApprovalTerms readApprovals(const YamlNode* node, const QList<Person>& people,
                            Diagnostics& diagnostics) {
    ApprovalTerms terms;
    if (node == nullptr || node->kind == YamlKind::Null)
        return terms;
    if (!node->isMap())
        return unreadTerms; // reported by the schema
    if (const YamlNode* const by = node->find(u"by")) {
        bool isNumber = false;
        terms.by = textOf(by).toInt(&isNumber);
        if (!isNumber || terms.by < 1 || terms.by > mostPeopleAsked) {
            terms.by = isNumber ? std::clamp(terms.by, 1, mostPeopleAsked) : unreadTerms.by;
            report(diagnostics, *by,
                   u"\"by\" needs a whole number of people from 1 to %1."_qs.arg(mostPeopleAsked));
        }
    }
    // What is there but cannot be read asks for more: the safe reading of a mistake.
    if (const YamlNode* const other = node->find(u"not")) {
        terms.notSelf = true;
        if (textOf(other) != u"self")
            report(diagnostics, *other, u"\"not\" can be \"self\": not who drives the run."_qs);
    }
    if (const YamlNode* const role = node->find(u"role")) {
        terms.role =
            role->isScalar() || role->kind == YamlKind::Null ? textOf(role) : unreadTerms.role;
        const auto has = [&terms](const Person& person) { return hasRole(person, terms.role); };
        if (!terms.role.isEmpty() && std::none_of(people.cbegin(), people.cend(), has))
            report(diagnostics, *role,
                   u"Nobody of \"people\" has the role \"%1\"."_qs.arg(terms.role));
    }
    if (const YamlNode* const within = node->find(u"within")) {
        const auto time = durationFromText(textOf(within));
        const bool isRead = time && time->count() > 0;
        terms.within = isRead ? *time : unreadTerms.within;
        if (!isRead)
            report(
                diagnostics, *within,
                u"\"within\" needs a time such as 4h. Until it has one, approvals have 1 min."_qs);
    }
    return terms;
}

} // namespace models
