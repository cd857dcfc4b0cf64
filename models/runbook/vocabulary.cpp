// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/vocabulary.h"

#include "models/runbook/sourcetext.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace models::vocabulary {

namespace {

using Word = std::string_view;

// --- headings -----------------------------------------------------------------------------------

constexpr Word doingWords = R"(
    activate activation announce announcement backup backups bootstrap build building bump check
    checklist checklists checks clean cleanup commands commissioning communication configuration
    configure configuring create creating cut cutover cutting debug deploiement deploy deploying
    deployment deployments despliegue diagnosis disable enable etapes execute execution failover
    fix golive healthcheck hotfix implantacao instalacion install installation installing launch
    maintenance migrate migration migrations mitigation monitoring pasos passos phase playbook
    postdeploy postdeployment postrelease preflight preparation prepare preparing prerelease
    prerequisite prerequisites procedure procedures process promote promotion provision
    provisioning publish publishing push readiness recovery release releasing remediation remove
    resolution restart restore rollout run runbook running scale scaling sequence setting setup
    shutdown smoke staged start starting startup step steps stop tag tagging task tasks teardown
    test testing tests update updates updating upgrade upgrading validate validation validations
    verificacao verificacion verification verifications verify verifying walkthrough)";

constexpr Word referenceWords = R"(
    about accidentally annex appendix architecture background baseline catalog catalogue
    changelog comparison concepts contact contacts contents context convention conventions
    definition definitions depannage description design documentation emergency escalation
    example examples explanation faq features findings glossary goal goals guardrails guidance
    guideline guidelines impact indice info information introduction knowledge laws layout
    legend links matrix meaning metadata model motivation naming note notes objectif objective
    objectives objetivo overview pattern patterns pitfalls policies policy principles purpose
    rationale recommendations reference references related requirements resources
    responsibilities roles rules scope sommaire structure summary template templates terminology
    tips toc topology troubleshooting understanding Политика политика)";

constexpr Word historyWords = R"(
    changelog history postmortem)";

/// In front of a heading only: "Code review completed" is a checklist.
constexpr Word finishedWords = R"(
    completed done executed finished implemented)";

constexpr Word riskWords = R"(
    debt gap gaps limitation limitations limits risk risks)";

constexpr Word rollbackWords = R"(
    backout revert reverting rollback rollbackplan rollbacks undo unwind Откат откат отката
    ロールバック 回滚 롤백)";

// --- lead-ins -----------------------------------------------------------------------------------

constexpr Word referenceLeadIns = R"(
    advantages background because benefits causes characteristics conventions covers definitions
    examples features fields files guardrails guidelines implemented implications includes keys
    limitations links means names notes options principles properties provides reasons
    recommended resources rules see suggested symptoms types)";

// --- verbs --------------------------------------------------------------------------------------

constexpr Word imperatives = R"(
    abort accept access activate add adjust alert allow analyze announce apply approve archive
    ask assign attach audit authenticate authorize back backup begin block bootstrap bring
    browse build bump bypass call cancel capture change check checkout cherry-pick choose clean
    clear click clone close collect commit communicate compare compile complete conduct
    configure confirm connect consider contact continue convert coordinate copy create cut debug
    decide decommission define delete deploy destroy determine diff disable disconnect dispatch
    distribute do document double-check download draft drain drop edit email enable ensure enter
    escalate establish evaluate examine execute export extract fetch file fill finalize find
    finish fix flip follow force fork freeze generate get give go grant hang identify implement
    import include increase inform initialize inspect install investigate invite issue join keep
    kill launch let link list load locate lock log login look make manually mark measure merge
    migrate modify monitor mount move name navigate note notify observe obtain open order pass
    paste patch pause perform pick pin ping plan play point poll post prepare press proceed
    promote protect provide provision publish pull purge push put quarantine query re-run read
    reboot rebuild reclaim record recreate redeploy reduce refresh register release reload
    remove rename reopen replace report request rerun reset resolve restart restore resume
    retrieve retry return revert review revoke roll rollback rotate route run save scale scan
    schedule scroll search seed select send set setup share ship sign simulate snapshot ssh
    stage start stop submit switch sync tag take tear tell terminate test toggle trigger try
    turn type uncomment uninstall unlock unzip update upgrade upload use validate verify view
    visit wait warn watch work write zip)";

/// In front of a verb: "also hang the files there".
constexpr Word adverbs = R"(
    afterwards also carefully finally first next now optionally please then)";

constexpr Word runVerbs = R"(
    check confirm execute invoke re-run rerun run test verify)";

// --- tools --------------------------------------------------------------------------------------

constexpr Word knownTools = R"(
    ./gradlew ab alembic ansible ansible-playbook apt apt-get argocd artisan aws az bash
    bin/console bin/rails brew bun bundle bunx caddy cargo cat cd cdk celery certbot chmod chown
    cmake composer conda consul cosign cp crictl crontab ctest ctr curl deno df dig dnf docker
    docker-compose doctl dokku dotnet dpkg drush du eas echo eksctl expo export fastlane find
    firebase flux fly flyctl flyway free gcloud gem gh git go gpg gradle grep gsutil gunicorn
    head helm heroku hey host htop http iptables istioctl java journalctl jq just k6 k9s kill
    krel kubeadm kubectl kustomize lighthouse ln locust ls lsof make mamba mc minikube mix mkdir
    mongosh mv mvn mysql mysqldump nc nerdctl netlify netstat ng nginx nix node nomad npm npx
    nslookup oc openssl packer pg_dump pg_restore php ping pip pip3 pm2 pnpm podman poetry
    prisma ps psql pulumi pwd pytest python python3 rails railway rake rclone redis-cli rm rpm
    rsync ruby rustup sam scp sed serverless service sh siege skopeo sls snyk source sqlite3 ss
    ssh sudo supabase svn swift systemctl tail tar tee terraform terragrunt tofu top touch tox
    traceroute trivy twine ufw uname unzip uv uvicorn vagrant vault velero vercel virtctl wget
    whoami wp wrangler wrk xcodebuild xcrun yarn yum zip)";

/// A word of a command line that undoes what cannot be got back.
constexpr Word destructiveWords = R"(
    --delete --force --force-with-lease --hard --volumes apps:destroy db:drop db:reset db:rollback
    delete destroy downgrade drop dropdb flushall flushdb migrate:rollback mkfs poweroff prune
    publish purge reboot shutdown truncate uninstall wipefs)";

struct Environment {
    Word word;
    Word name;
};
constexpr std::array environments = std::to_array<Environment>({
    {"dev", "dev"},
    {"development", "dev"},
    {"prod", "prod"},
    {"production", "prod"},
    {"staging", "staging"},
    {"stage", "staging"},
    {"test", "test"},
    {"qa", "qa"},
    {"uat", "uat"},
    {"integration", "integration"},
    {"preprod", "preprod"},
    {"sandbox", "sandbox"},
    {"local", "local"},
    {"canary", "canary"},
});

// --- reading words ------------------------------------------------------------------------------

constexpr bool isWordByte(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '\'' ||
           (byte & 0x80) != 0;
}

constexpr char lower(char byte) {
    return byte >= 'A' && byte <= 'Z' ? char(byte + 32) : byte;
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isNumber(Word word) {
    return !word.empty() && std::all_of(word.begin(), word.end(), isDigit);
}

// --- looking up ---------------------------------------------------------------------------------

/// The tables that a word stands in, as bits: nearly every word of a document is looked up in
/// several of them.
enum Table : unsigned {
    Doing = 1,
    Reference = 2,
    History = 4,
    Finished = 8,
    Risk = 16,
    Rollback = 32,
    ReferenceLeadIn = 64,
    Imperative = 128,
    Adverb = 256,
    RunVerb = 512,
    Tool = 1024,
    Destructive = 2048,
};

unsigned tablesOf(Word word) {
    static const auto lexicon = [] {
        std::unordered_map<Word, unsigned> tables;
        const auto add = [&](Word list, unsigned table) {
            for (std::size_t at = list.find_first_not_of(" \n"); at != Word::npos;) {
                const std::size_t end = std::min(list.find_first_of(" \n", at), list.size());
                tables[list.substr(at, end - at)] |= table;
                at = list.find_first_not_of(" \n", end);
            }
        };
        add(doingWords, Doing);
        add(referenceWords, Reference);
        add(historyWords, History);
        add(finishedWords, Finished);
        add(riskWords, Risk);
        add(rollbackWords, Rollback);
        add(referenceLeadIns, ReferenceLeadIn);
        add(imperatives, Imperative);
        add(adverbs, Adverb);
        add(runVerbs, RunVerb);
        add(knownTools, Tool);
        add(destructiveWords, Destructive);
        return tables;
    }();
    const auto found = lexicon.find(word);
    return found == lexicon.end() ? 0U : found->second;
}

/// Up to sixteen words of a heading in lower case, in a buffer of its own.
struct WordList {
    std::array<char, 256> buffer; ///< left as it is: headings are many, and fill little of it
    std::array<Word, 20> word;
    std::array<unsigned, 20> tables; ///< of each word
    std::size_t count = 0;
    unsigned anywhere = 0; ///< the tables of all words

    /// Hyphens part words, because "Pre-Deployment" is about deploying.
    explicit WordList(std::string_view text) {
        std::size_t used = 0;
        std::size_t start = 0;
        for (std::size_t i = 0; i <= text.size() && used < buffer.size() - 1; ++i) {
            const char byte = i < text.size() ? lower(text[i]) : ' ';
            if (isWordByte(byte)) {
                buffer[used++] = byte;
                continue;
            }
            if (used > start && count < word.size()) {
                add(Word(buffer.data() + start, used - start));
            }
            start = used;
        }
    }

    void add(Word found) {
        // Emoji and dashes are bytes above 127 only; accented words have letters besides.
        const bool isSymbol =
            std::all_of(found.begin(), found.end(), [](char c) { return (c & 0x80) != 0; }) &&
            (static_cast<unsigned char>(found[0]) == 0xE2 ||
             static_cast<unsigned char>(found[0]) == 0xF0);
        if (!isSymbol) {
            tables[count] = tablesOf(found);
            anywhere |= tables[count];
            word[count++] = found;
        }
    }

    [[nodiscard]] bool has(Word wanted) const {
        return std::find(word.begin(), word.begin() + count, wanted) != word.begin() + count;
    }
    [[nodiscard]] bool hasPair(Word first, Word second) const {
        for (std::size_t i = 0; i + 1 < count; ++i) {
            if (word[i] == first && word[i + 1] == second) {
                return true;
            }
        }
        return false;
    }
    [[nodiscard]] Word last() const { return count == 0 ? Word() : word[count - 1]; }
    [[nodiscard]] Word first() const {
        for (std::size_t i = 0; i < count; ++i) {
            if (!isNumber(word[i])) {
                return word[i];
            }
        }
        return {};
    }
};

bool isRollback(const WordList& heading) {
    return (heading.anywhere & Rollback) != 0 || heading.hasPair("roll", "back") ||
           heading.hasPair("rolling", "back") || heading.hasPair("back", "out");
}

/// "2025-12-29 …" is an entry of a log.
bool startsWithDate(std::string_view text) {
    const auto digits = [&](std::size_t from, std::size_t count) {
        return text.size() >= from + count && isNumber(text.substr(from, count));
    };
    return digits(0, 4) && digits(5, 2) && digits(8, 2) && text[4] == '-' && text[7] == '-';
}

/// Where `lowerCasePart` stands in the text, in any case; npos where it does not.
std::size_t findFolded(std::string_view text, std::string_view lowerCasePart) {
    const char first = lowerCasePart.front();
    const char upper = first >= 'a' && first <= 'z' ? char(first - 32) : first;
    for (std::size_t at = 0; at + lowerCasePart.size() <= text.size(); ++at) {
        if ((text[at] == first || text[at] == upper) &&
            std::equal(lowerCasePart.begin() + 1, lowerCasePart.end(),
                       text.begin() + std::ptrdiff_t(at) + 1,
                       [](char a, char b) { return a == lower(b); })) {
            return at;
        }
    }
    return Word::npos;
}

bool startsFolded(std::string_view text, std::string_view lowerCasePart) {
    return text.size() >= lowerCasePart.size() &&
           std::equal(lowerCasePart.begin(), lowerCasePart.end(), text.begin(),
                      [](char a, char b) { return a == lower(b); });
}

bool containsFolded(std::string_view text, std::string_view lowerCasePart) {
    return findFolded(text, lowerCasePart) != Word::npos;
}

/// The first word, letters and hyphens, in lower case.
struct FirstWord {
    std::array<char, 24> buffer{};
    Word word;

    explicit FirstWord(std::string_view text) {
        std::size_t at = 0;
        while (at < text.size() && !isWordByte(lower(text[at]))) {
            ++at;
        }
        // Emoji and the like in front of the verb.
        while (at < text.size() && (text[at] & 0x80) != 0) {
            ++at;
        }
        while (at < text.size() && (text[at] == ' ' || text[at] == '*' || text[at] == '`')) {
            ++at;
        }
        std::size_t used = 0;
        while (at < text.size() && used < buffer.size() &&
               (isWordByte(lower(text[at])) || text[at] == '-')) {
            buffer[used++] = lower(text[at++]);
        }
        word = Word(buffer.data(), used);
    }
};

Purpose purposeOf(const WordList& list, std::string_view heading) {
    if (startsWithDate(trimmed(heading))) {
        return Purpose::History;
    }
    const Word first = list.first();
    if (list.hasPair("table", "of") || list.hasPair("see", "also") || list.hasPair("where", "we") ||
        list.hasPair("common", "issues") || list.hasPair("known", "issues") ||
        first.substr(0, 4) == "what" || first == "why") {
        return Purpose::Reference;
    }
    if (isRollback(list)) {
        const bool isTrigger = list.has("when") || list.has("criteria") || list.has("conditions") ||
                               list.has("trigger") || list.has("triggers");
        return isTrigger ? Purpose::Trigger : Purpose::Rollback;
    }
    if (list.has("triggers")) {
        return Purpose::Trigger;
    }
    if (list.has("criteria") || list.hasPair("considered", "successful")) {
        return Purpose::Criteria;
    }
    if ((list.anywhere & Risk) != 0) {
        return Purpose::Risks;
    }
    if ((list.anywhere & History) != 0 || (tablesOf(first) & Finished) != 0 ||
        list.hasPair("work", "log") || list.hasPair("change", "log") ||
        list.hasPair("deployment", "log")) {
        return Purpose::History;
    }
    // "Clear compiled template cache" is about doing, "Backup policy" is not: the last word says
    // what a heading is about, unless a verb opens it.
    const bool isAction = (tablesOf(first) & Imperative) != 0 &&
                          (tablesOf(first) & Reference) == 0 &&
                          (tablesOf(list.last()) & Reference) == 0;
    if ((list.anywhere & Reference) != 0 && !isAction) {
        return Purpose::Reference;
    }
    if ((list.anywhere & Doing) != 0 || list.hasPair("go", "live") || list.hasPair("set", "up") ||
        (tablesOf(first) & Imperative) != 0) {
        return Purpose::Doing;
    }
    return Purpose::Unclear;
}

/// The environment that a heading names and nothing else.
std::string_view environmentOf(const WordList& list) {
    std::string_view found;
    for (std::size_t i = 0; i < list.count; ++i) {
        if (isNumber(list.word[i]) || list.word[i] == "environment" || list.word[i] == "env") {
            continue;
        }
        const std::string_view name = environmentFromWord(list.word[i]);
        if (name.empty() || !found.empty()) {
            return {};
        }
        found = name;
    }
    return found == "test" || found == "integration" || found == "canary" ? std::string_view()
                                                                          : found;
}

} // namespace

Heading readHeading(std::string_view heading) {
    const WordList list(heading);
    return {purposeOf(list, heading), isRollback(list), environmentOf(list)};
}

Purpose purposeOfLeadIn(std::string_view line) {
    const WordList list(line);
    if (list.hasPair("not", "implemented") || (list.anywhere & ReferenceLeadIn) != 0) {
        return Purpose::Reference;
    }
    if (list.hasPair("considered", "successful") || list.has("criteria")) {
        return Purpose::Criteria;
    }
    return (list.anywhere & Doing) != 0 ? Purpose::Doing : Purpose::Unclear;
}

bool isRollbackTitle(std::string_view title) {
    const WordList list(title);
    return purposeOf(list, title) == Purpose::Rollback && !list.has("deployment");
}

std::string_view environmentFromWord(std::string_view word) {
    for (const Environment& environment : environments) {
        if (environment.word.size() == word.size() &&
            std::equal(word.begin(), word.end(), environment.word.begin(),
                       [](char a, char b) { return lower(a) == b; })) {
            return environment.name;
        }
    }
    return {};
}

bool isUrgent(std::string_view text) {
    return containsFolded(text.substr(0, 40), "urgent");
}

bool isStop(std::string_view text) {
    if (text.substr(0, 5) == "STOP " || text.substr(0, 5) == "STOP:" || text == "STOP") {
        return true;
    }
    if (text.find("/") != Word::npos &&
        (containsFolded(text, "go/no-go") || containsFolded(text, "go / no-go"))) {
        return true;
    }
    const bool isForbidding = text.find("ot ") != Word::npos || text.find("OT ") != Word::npos ||
                              text.find("n't ") != Word::npos;
    if (!isForbidding) {
        return false;
    }
    return containsFolded(text, "do not proceed") || containsFolded(text, "don't proceed") ||
           containsFolded(text, "do not continue");
}

bool isSignOff(std::string_view text) {
    if (text.find("ign") == Word::npos && text.find("IGN") == Word::npos) {
        return false;
    }
    return containsFolded(text, "sign-off") || containsFolded(text, "sign off") ||
           containsFolded(text, "signoff");
}

bool startsImperatively(std::string_view text) {
    const FirstWord first(text);
    if ((tablesOf(first.word) & Adverb) == 0) {
        return (tablesOf(first.word) & Imperative) != 0;
    }
    const std::size_t blank = text.find(' ');
    return blank != Word::npos && (tablesOf(FirstWord(text.substr(blank)).word) & Imperative) != 0;
}

bool startsWithRunVerb(std::string_view text) {
    return (tablesOf(FirstWord(text).word) & RunVerb) != 0;
}

bool isKnownTool(std::string_view word) {
    return (tablesOf(word) & Tool) != 0;
}

bool isDestructiveWord(std::string_view word) {
    std::array<char, 24> folded;
    if (word.size() > folded.size()) {
        return false;
    }
    std::transform(word.begin(), word.end(), folded.begin(), lower);
    return (tablesOf(Word(folded.data(), word.size())) & Destructive) != 0;
}

bool opensChoice(std::string_view text) {
    const FirstWord first(text);
    return first.word == "or" || first.word == "option" || first.word == "alternatively" ||
           first.word == "alternative";
}

bool isThreshold(std::string_view text) {
    const bool hasDigit = std::any_of(text.begin(), text.end(), isDigit);
    if (!hasDigit) {
        return false;
    }
    for (std::size_t at = 1; at < text.size(); ++at) {
        const bool isComparison = text[at] == '<' || text[at] == '>';
        if (!isComparison || text[at - 1] == '-' || text[at - 1] == '=') {
            continue; // an arrow
        }
        std::size_t value = at + 1;
        while (value < text.size() && (text[value] == '=' || text[value] == ' ')) {
            ++value;
        }
        if (value < text.size() && (isNumber(text.substr(value, 1)) || text[value] == '$')) {
            return true;
        }
    }
    if (text.find("≤") != std::string_view::npos || text.find("≥") != std::string_view::npos) {
        return true;
    }
    static constexpr auto comparisons =
        std::to_array<Word>({"above ", "below ", "exceed", "less than ", "more than ",
                             "greater than ", "at least ", "at most ", "under ", "within "});
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char initial = lower(text[at]);
        if ((at > 0 && text[at - 1] != ' ') || Word("abelmguw").find(initial) == Word::npos) {
            continue;
        }
        const Word rest = text.substr(at);
        const bool isComparison =
            std::any_of(comparisons.begin(), comparisons.end(), [&](Word comparison) {
                return comparison.front() == initial && startsFolded(rest, comparison);
            });
        if (isComparison && std::any_of(rest.begin(), rest.end(), isDigit)) {
            return true;
        }
    }
    return false;
}

std::vector<std::string> words(std::string_view text) {
    const WordList list(text);
    std::vector<std::string> result;
    for (std::size_t i = 0; i < list.count; ++i) {
        if (!isNumber(list.word[i])) {
            result.emplace_back(list.word[i]);
        }
    }
    return result;
}

} // namespace models::vocabulary
