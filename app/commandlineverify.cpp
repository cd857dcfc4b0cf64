// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandlineverify.h"

#include "app/commandlineoutput.h"
#include "app/environment/workspaceservice.h"
#include "app/journal/journalfile.h"
#include "app/people/sshsignatures.h"
#include "app/run/approvalaudit.h"
#include "app/run/headkeeper.h"
#include "app/run/whenfinished.h"
#include "app/secret/keychainstore.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>
#include <QTimer>

#include <algorithm>
#include <chrono>

namespace app {
namespace {

using models::ApprovalProof;
using models::Finding;
using models::Verdict;

constexpr std::chrono::seconds keychainPatience{10};

/// What the keychain remembers of the chains' heads. A keychain that waits for its owner is not
/// waited for long.
HeadKeeper::Remembered rememberedHeads(const JournalVerification& verification) {
    QList<models::RunId> runs;
    for (const RunVerification& run : verification.runs)
        runs.append(run.run);
    KeychainStore store;
    HeadKeeper keeper(store);
    HeadKeeper::Remembered remembered;
    remembered.trouble = u"The keychain does not answer."_qs;
    QTimer::singleShot(keychainPatience, &keeper, [] { QCoreApplication::exit(); });
    whenFinished(keeper.read(runs), &keeper, [&remembered](const HeadKeeper::Remembered& found) {
        remembered = found;
        QCoreApplication::exit();
    });
    QCoreApplication::exec(); // the program's own loop, which no window uses here
    return remembered;
}

/// A journal with what was compared beside it.
struct Verified {
    JournalVerification journal;
    QString heads;           ///< what came of comparing them, a sentence
    QList<Finding> findings; ///< of the signatures of all runs, in their order

    [[nodiscard]] bool isGood() const {
        return journal.isIntact() &&
               std::none_of(findings.cbegin(), findings.cend(), [](const Finding& finding) {
                   return finding.verdict == Verdict::Fail;
               });
    }
};

/// The program mends its own journal when it starts, and nobody else's.
models::Error ofCopy(const models::Error& error, const QString& file) {
    if (error.code != models::ErrorCode::Damaged)
        return error;
    return {error.code,
            u"%1 is damaged: it is no whole copy of a journal. Make another one with "
            "gantry journal backup."_qs.arg(file),
            error.detail};
}

/// The journal's own heads are compared with those in the keychain. A copy was taken at some
/// earlier moment: that its tail is missing is no fault of it.
models::Result<Verified> verified(const VerifyRequest& request) {
    const bool isCopy =
        !request.file.isEmpty() && QFileInfo(request.file) != QFileInfo(request.journal);
    const QString name = isCopy ? request.file : request.journal;
    models::Result<JournalVerification> found =
        verifyJournal(name, {}, request.run, isCopy ? JournalUse::Copy : JournalUse::Live);
    if (!found)
        return tl::unexpected(isCopy ? ofCopy(found.error(), name) : found.error());
    if (isCopy)
        return Verified{*found,
                        u"Heads were not compared: this is not the journal itself. Compare them "
                        "with those in the reports."_qs,
                        {}};
    const HeadKeeper::Remembered remembered = rememberedHeads(*found);
    if (!remembered.heads.isEmpty())
        found = verifyJournal(name, remembered.heads, request.run);
    if (!found)
        return tl::unexpected(found.error());
    return Verified{*found,
                    remembered.trouble.isEmpty()
                        ? u"Heads of %1 of %2 runs were compared with the keychain."_qs
                              .arg(remembered.heads.size())
                              .arg(found->runs.size())
                        : u"Heads were not compared: "_qs + remembered.trouble,
                    {}};
}

QList<Finding> audited(const JournalVerification& journal,
                       const std::optional<QList<models::Person>>& people) {
    QList<ApprovalProof> proofs;
    for (const RunVerification& run : journal.runs)
        proofs += run.proofs;
    SshSignatures signer(SshSignatures::Asking::Terminal);
    ApprovalAudit audit(signer, people);
    QList<Finding> findings;
    whenFinished(audit.check(proofs), &audit, [&findings](const QList<Finding>& found) {
        findings = found;
        QCoreApplication::exit();
    });
    QCoreApplication::exec();
    return findings;
}

QString decisionOf(const ApprovalProof& proof) {
    switch (proof.kind) {
    case models::EventKind::ApprovalRejected:
        return u"no-go"_qs;
    case models::EventKind::GateOverridden:
        return u"override"_qs;
    default:
        return u"go"_qs;
    }
}

void printText(const Verified& all) {
    for (const QString& fault : all.journal.faults)
        print(fault);
    qsizetype at = 0;
    for (const RunVerification& run : all.journal.runs) {
        for (const QString& line : run.lines())
            print(harmless(line));
        for (const ApprovalProof& proof : run.proofs) {
            const Finding& finding = all.findings[at++];
            print(harmless(u"run %1: %2  %3 of %4 for “%5”, event %6: %7 %8"_qs.arg(
                run.run.text(), models::verdictName(finding.verdict), decisionOf(proof),
                proof.person, proof.step, QString::number(proof.seq), finding.reason, proof.key)));
        }
    }
    print(all.heads);
}

QJsonObject signatureJson(const ApprovalProof& proof, const Finding& finding) {
    return {{u"event"_qs, proof.seq},
            {u"at"_qs, proof.at.toString()},
            {u"step"_qs, proof.step},
            {u"decision"_qs, decisionOf(proof)},
            {u"person"_qs, proof.person},
            {u"key"_qs, proof.key},
            {u"verdict"_qs, models::verdictName(finding.verdict)},
            {u"reason"_qs, finding.reason}};
}

QJsonObject verificationJson(const Verified& all) {
    QJsonArray runs;
    qsizetype at = 0;
    for (const RunVerification& run : all.journal.runs) {
        QJsonArray signatures;
        for (const ApprovalProof& proof : run.proofs)
            signatures.append(signatureJson(proof, all.findings[at++]));
        runs.append(QJsonObject{{u"id"_qs, run.run.text()},
                                {u"intact"_qs, run.isIntact()},
                                {u"events"_qs, run.chain.events},
                                {u"outputs"_qs, run.bodies},
                                {u"outputs_gone"_qs, run.bodiesGone},
                                {u"head"_qs, QString::fromLatin1(run.chain.head.toHex())},
                                {u"faults"_qs, QJsonArray::fromStringList(run.allFaults())},
                                {u"signatures"_qs, signatures}});
    }
    return {{u"verifies"_qs, all.isGood()},
            {u"faults"_qs, QJsonArray::fromStringList(all.journal.faults)},
            {u"heads"_qs, all.heads},
            {u"runs"_qs, runs}};
}

} // namespace

int verifyCommand(const VerifyRequest& request) {
    std::optional<QList<models::Person>> people;
    if (!request.workspace.isEmpty()) {
        const models::Result<models::Workspace> workspace =
            WorkspaceService::read(request.workspace);
        if (!workspace)
            return fail(workspace.error());
        people = workspace->people;
    }
    models::Result<Verified> all = verified(request);
    if (!all)
        return fail(all.error());
    all->findings = audited(all->journal, people);
    if (request.asJson)
        printJson(verificationJson(*all));
    else
        printText(*all);
    if (all->isGood())
        return exitGood;
    printError(
        u"%1 does not verify."_qs.arg(request.file.isEmpty() ? request.journal : request.file));
    return exitFellShort;
}

} // namespace app
