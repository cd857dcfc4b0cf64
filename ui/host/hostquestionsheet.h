// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/host/hostservice.h"
#include "ui/widgets/sheet.h"

#include <functional>

class QCheckBox;
class QLineEdit;

namespace ui {

class ActionButton;

/// What a connection asks of a person: whether a key is the host's, a passphrase, a password, or
/// what the host itself wants to know. Texts of the host are shown plain. Answered exactly once, by
/// a decline where the sheet is closed; withdraw() closes it without an answer.
class HostQuestionSheet final : public Sheet {
    Q_OBJECT

public:
    using Keep = app::HostService::Keep;
    using Done = std::function<void(const app::SshAnswer& answer, Keep keep)>;

    HostQuestionSheet(const app::SshQuestion& question, Done done, QWidget* parent);

    [[nodiscard]] quint64 question() const { return m_question.id; }
    /// Nobody waits for the answer any more.
    void withdraw();

private:
    void addHead();
    void addComparison();
    void addFields();
    void addChoices();
    void compare(const QString& pasted);
    void settle();
    void answer(int result);

    app::SshQuestion m_question;
    Done m_done;
    QList<QLineEdit*> m_fields;
    QCheckBox* m_keep = nullptr;
    TextLabel* m_verdict = nullptr; ///< of what was pasted
    ActionButton* m_confirm;
};

/// What a pasted text says about a fingerprint.
enum class Comparison { Nothing, Same, Different };
/// pasted: a fingerprint, or a line that holds one, as ssh-keygen -l and administrators write it.
[[nodiscard]] Comparison compareFingerprints(const QString& pasted, const QString& fingerprint);

} // namespace ui
