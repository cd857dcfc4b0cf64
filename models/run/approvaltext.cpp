// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/approvaltext.h"

#include "models/core/plainline.h"
#include "models/run/approvalrule.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace models {

namespace {

/// In the order in which they stand in a request.
constexpr std::array requestKeys = {
    QLatin1String("gantry-approval"), QLatin1String("question"),       QLatin1String("run"),
    QLatin1String("request"),         QLatin1String("step"),           QLatin1String("title"),
    QLatin1String("runbook"),         QLatin1String("runbook-sha256"), QLatin1String("workspace"),
    QLatin1String("environment"),     QLatin1String("target"),         QLatin1String("asked-by"),
    QLatin1String("asked-at"),        QLatin1String("valid-until"),    QLatin1String("terms"),
    QLatin1String("reason"),
};
constexpr std::array answerKeys = {QLatin1String("decision"), QLatin1String("name"),
                                   QLatin1String("note")};

constexpr QLatin1String beginSignature("-----BEGIN SSH SIGNATURE-----");
constexpr QLatin1String endSignature("-----END SSH SIGNATURE-----");

constexpr qsizetype valueLimit = 300;
/// Of what is pasted; more is no answer.
constexpr qsizetype pastedLimit = 64 * 1024;

QString line(QLatin1String key, const QString& value) {
    const QString plain = plainLine(value, valueLimit);
    return key + u": "_qs + (plain.isEmpty() ? u"-"_qs : plain) + u'\n';
}

/// What stands behind the key; nothing where the line is another's.
std::optional<QString> valueIn(const QString& text, QLatin1String key) {
    if (!text.startsWith(key) || text.mid(key.size(), 1) != u":")
        return std::nullopt;
    const QString value = plainLine(text.mid(key.size() + 1), valueLimit);
    return value == u"-" ? QString() : value;
}

/// Without what chats and mails put before a line they quote, and without empty ones.
QStringList linesOf(const QString& pasted) {
    static const QRegularExpression quoted(u"^[\\s>|]*"_qs);
    QStringList lines;
    for (const QString& one : pasted.left(pastedLimit).split(u'\n')) {
        QString plain = one;
        plain.remove(quoted);
        plain = plain.trimmed();
        if (!plain.isEmpty())
            lines.append(plain);
    }
    return lines;
}

/// Reads lines with these keys in this order from where it stands, and stops behind the last.
template <class Keys>
Result<QString> take(const QStringList& lines, qsizetype& at, const Keys& keys) {
    QString text;
    for (const QLatin1String key : keys) {
        const auto value = valueIn(lines.value(at), key);
        if (!value) {
            return failure(
                ErrorCode::InvalidInput,
                u"The line “%1:” is missing from what was pasted. Copy all of it."_qs.arg(key));
        }
        text += line(key, *value);
        ++at;
    }
    return text;
}

qsizetype beginOf(const QStringList& lines) {
    const auto isFirst = [](const QString& text) {
        return valueIn(text, requestKeys.front()) == u"1"_qs;
    };
    const auto found = std::find_if(lines.cbegin(), lines.cend(), isFirst);
    return found == lines.cend() ? -1 : found - lines.cbegin();
}

tl::unexpected<Error> noRequest() {
    return failure(ErrorCode::InvalidInput,
                   u"There is no request in it. It begins with “gantry-approval: 1”."_qs);
}

QString targetText(const Target& target) {
    QStringList parts;
    for (auto it = target.cbegin(); it != target.cend(); ++it)
        parts.append((it.key() + u' ' + it.value()).trimmed());
    return parts.join(u", "_qs);
}

} // namespace

QString approvalRequestText(const RunState& state, int planIndex) {
    const Plan& plan = *state.plan;
    const Step& step = plan.steps[planIndex].step;
    const ApprovalRequest& request = state.step(step.id).request;
    if (request.seq == 0)
        return {};
    const QString values[requestKeys.size()] = {
        u"1"_qs,
        isApproval(step) ? u"approve"_qs : u"override the gate"_qs,
        state.id.text(),
        QString::number(request.seq) + u' ' + QString::fromLatin1(request.hash.toHex()),
        step.id.text(),
        step.title,
        plan.context.runbookPath,
        plan.runbook.sha256,
        plan.context.workspaceName,
        plan.context.environment + (plan.context.isProtected ? u" (protected)"_qs : QString()),
        targetText(plan.context.target),
        request.by,
        request.at.toString(),
        request.deadline.isNull() ? QString() : request.deadline.toString(),
        termsText(approvalTerms(plan, step)),
        request.reason,
    };
    QString text;
    for (std::size_t i = 0; i < requestKeys.size(); ++i)
        text += line(requestKeys[i], values[i]);
    return text;
}

Result<QString> approvalRequestFrom(const QString& pasted) {
    const QStringList lines = linesOf(pasted);
    qsizetype at = beginOf(lines);
    return at < 0 ? Result<QString>(noRequest()) : take(lines, at, requestKeys);
}

QString approvalRequestValue(const QString& request, QStringView key) {
    for (const QLatin1String known : requestKeys) {
        if (known != key)
            continue;
        for (const QString& one : request.split(u'\n')) {
            if (const auto value = valueIn(one, known))
                return *value;
        }
    }
    return {};
}

QByteArray approvalStatement(const ApprovalAnswer& answer) {
    return (answer.request + line(answerKeys[0], answer.isGo ? u"go"_qs : u"no-go"_qs) +
            line(answerKeys[1], answer.name) + line(answerKeys[2], answer.note))
        .toUtf8();
}

QString signedAnswerText(const QByteArray& statement, const QByteArray& signature) {
    return QString::fromUtf8(statement) + QString::fromLatin1(signature).trimmed() + u'\n';
}

Result<SignedAnswer> signedAnswerFrom(const QString& pasted) {
    const QStringList lines = linesOf(pasted);
    qsizetype at = beginOf(lines);
    if (at < 0)
        return noRequest();
    SignedAnswer found;
    const Result<QString> request = take(lines, at, requestKeys);
    if (!request)
        return tl::unexpected(request.error());
    found.answer.request = *request;
    const QString decision = valueIn(lines.value(at), answerKeys[0]).value_or(QString());
    if (decision != u"go" && decision != u"no-go") {
        return failure(ErrorCode::InvalidInput,
                       u"This is the request, not an answer. Sign it with \"gantry approve\", and "
                       "paste what that prints."_qs);
    }
    const QString name = valueIn(lines.value(at + 1), answerKeys[1]).value_or(QString());
    const QString note = valueIn(lines.value(at + 2), answerKeys[2]).value_or(QString());
    const Result<QString> said = take(lines, at, answerKeys);
    if (!said)
        return tl::unexpected(said.error());
    found.answer = {*request, decision == u"go", name, note};
    const qsizetype from = lines.indexOf(beginSignature, at);
    const qsizetype to = lines.indexOf(endSignature, from);
    if (from < 0 || to < from) {
        return failure(
            ErrorCode::InvalidInput,
            u"The signature is missing or cut off. It ends with “%1”."_qs.arg(endSignature));
    }
    found.statement = approvalStatement(found.answer);
    found.signature = lines.mid(from, to - from + 1).join(u'\n').toLatin1() + '\n';
    return found;
}

namespace {

/// Why it is another request than the one that stands.
QString strayRefusal(const RunState& state, const Step& step, const QString& answered,
                     const QString& asked) {
    const auto differs = [&](QStringView key) {
        return approvalRequestValue(answered, key) != approvalRequestValue(asked, key);
    };
    if (state.step(step.id).request.seq == 0) {
        return differs(u"run") && approvalRequestValue(answered, u"run") != state.id.text()
                   ? u"It answers a request of another run."_qs
                   : u"Nobody asks for this now: it was reopened. Ask again, and have it signed "
                     "again."_qs;
    }
    if (differs(u"run"))
        return u"It answers a request of another run."_qs;
    if (differs(u"step"))
        return u"It answers another step: “%1”."_qs.arg(approvalRequestValue(answered, u"title"));
    if (differs(u"request"))
        return u"It answers an earlier request, which does not count any more. Copy the request "
               "again, and have it signed again."_qs;
    return answered == asked ? QString()
                             : u"What was signed is not what was asked. Copy the request again."_qs;
}

} // namespace

QString answerRefusal(const RunState& state, int planIndex, const VerifiedAnswer& answer,
                      Instant now) {
    const Step& step = state.plan->steps[planIndex].step;
    const StepState& standing = state.step(step.id);
    const QString stray =
        strayRefusal(state, step, answer.answer.request, approvalRequestText(state, planIndex));
    if (!stray.isEmpty())
        return stray;
    if (isPastDeadline(standing.request, now)) {
        return u"The request expired at %1. Ask again, and have it signed again."_qs.arg(
            standing.request.deadline.toDateTime().toString(u"yyyy-MM-dd HH:mm 'UTC'"_qs));
    }
    const Person* const named = personNamed(state.plan->context, answer.answer.name);
    if (!answer.answer.name.isEmpty() && (named == nullptr || named->name != answer.person)) {
        return u"It is given in the name of %1, and signed with a key of %2."_qs.arg(
            answer.answer.name, answer.person);
    }
    if (answer.answer.isGo && !isApproval(step) && drivesRun(state, answer.person))
        return u"%1 drives the run. The second person is another one."_qs.arg(answer.person);
    if (!answer.answer.isGo && !isApproval(step))
        return u"%1 does not agree to override the gate."_qs.arg(answer.person);
    const QString refused =
        answer.answer.isGo ? goRefusal(state, planIndex, answer.person, true) : QString();
    if (!refused.isEmpty())
        return refused;
    const bool isSaid =
        std::any_of(standing.says.cbegin(), standing.says.cend(), [&answer](const Say& say) {
            return say.name == answer.person && say.verified && say.isGo == answer.answer.isGo;
        });
    return isSaid ? u"%1 has said so already: each person counts once."_qs.arg(answer.person)
                  : QString();
}

} // namespace models
