// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/credentials.h"

#include <utility>

namespace app {
namespace {

/// Questions with the same words are the same question.
QString wordsOf(const SshQuestion& question) {
    QStringList words{QString::number(int(question.kind)), question.instruction};
    for (const SshQuestion::Prompt& prompt : question.prompts)
        words << prompt.text;
    return words.join(QChar(u'\0'));
}

/// Bytes that are shared with nobody.
QList<QByteArray> copied(const QList<QByteArray>& texts) {
    QList<QByteArray> own;
    for (const QByteArray& text : texts)
        own.append(QByteArray(text.constData(), text.size()));
    return own;
}

} // namespace

Credentials::Credentials(std::shared_ptr<KeyRing> ring)
    : m_ring(std::move(ring)) {}

Credentials::~Credentials() {
    burnAnswers();
}

KeyHandle Credentials::key(const QString& file) {
    auto found = m_ring->find(file);
    if (!found)
        return nullptr;
    const std::scoped_lock lock(m_mutex);
    m_keys[file] = found;
    return KeyHandle(ssh_key_dup(found->key.get()));
}

void Credentials::keep(const QString& file, const ssh_key& key) {
    auto added = m_ring->add(file, key);
    const std::scoped_lock lock(m_mutex);
    m_keys[file] = std::move(added);
}

std::optional<QList<QByteArray>> Credentials::answers(const HostKey& host,
                                                      const SshQuestion& question) {
    const std::scoped_lock lock(m_mutex);
    if (m_hostKey != host.blob)
        burnAnswers();
    const auto found = m_answers.find(wordsOf(question));
    return found == m_answers.end() ? std::nullopt : std::optional(copied(found->second));
}

void Credentials::keep(const HostKey& host, const SshQuestion& question,
                       const QList<QByteArray>& answers) {
    const std::scoped_lock lock(m_mutex);
    if (m_hostKey != host.blob)
        burnAnswers();
    const QString words = wordsOf(question);
    if (m_once.contains(words))
        return;
    m_hostKey = host.blob;
    QList<QByteArray>& kept = m_answers[words];
    burn(kept);
    kept = copied(answers);
}

void Credentials::drop(const SshQuestion& question) {
    const std::scoped_lock lock(m_mutex);
    const auto found = m_answers.find(wordsOf(question));
    if (found == m_answers.end())
        return;
    burn(found->second);
    m_once.insert(found->first);
    m_answers.erase(found);
}

void Credentials::burnAnswers() {
    for (auto& [words, answers] : m_answers)
        burn(answers);
    m_answers.clear();
    m_hostKey.clear();
}

} // namespace app
