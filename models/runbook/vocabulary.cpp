// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/vocabulary.h"

#include "models/runbook/sourcetext.h"

#include <algorithm>
#include <array>

namespace models::vocabulary {

namespace {

using Word = std::string_view;

/// Words parted by white space. Looked up by first byte, then by length: nearly every word of a
/// document is looked up in one set or another.
class WordSet {
public:
    explicit WordSet(Word list) {
        for (std::size_t at = list.find_first_not_of(" \n"); at != Word::npos;) {
            const std::size_t end = std::min(list.find_first_of(" \n", at), list.size());
            m_words[static_cast<unsigned char>(list[at])].push_back(list.substr(at, end - at));
            at = list.find_first_not_of(" \n", end);
        }
    }
    [[nodiscard]] bool holds(Word word) const {
        if (word.empty()) {
            return false;
        }
        const std::vector<Word>& words = m_words[static_cast<unsigned char>(word.front())];
        return std::find(words.begin(), words.end(), word) != words.end();
    }

private:
    std::array<std::vector<Word>, 256> m_words;
};

// --- headings -----------------------------------------------------------------------------------

const WordSet doingWords(R"(
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
    verificacao verificacion verification verifications verify verifying walkthrough)");

const WordSet referenceWords(R"(
    about accidentally annex appendix architecture background baseline catalog catalogue
    changelog comparison concepts contact contacts contents context convention conventions
    definition definitions depannage description design documentation emergency escalation
    example examples explanation faq features findings glossary goal goals guardrails guidance
    guideline guidelines impact indice info information introduction knowledge laws layout
    legend links matrix meaning metadata model motivation naming note notes objectif objective
    objectives objetivo overview pattern patterns pitfalls policies policy principles purpose
    rationale recommendations reference references related requirements resources
    responsibilities roles rules scope sommaire structure summary template templates terminology
    tips toc topology troubleshooting understanding Политика политика)");

const WordSet historyWords(R"(
    changelog history postmortem)");

/// In front of a heading only: "Code review completed" is a checklist.
const WordSet finishedWords(R"(
    completed done executed finished implemented)");

const WordSet riskWords(R"(
    debt gap gaps limitation limitations limits risk risks)");

const WordSet rollbackWords(R"(
    backout revert reverting rollback rollbackplan rollbacks undo unwind Откат откат отката
    ロールバック 回滚 롤백)");

// --- lead-ins -----------------------------------------------------------------------------------

const WordSet referenceLeadIns(R"(
    advantages background because benefits causes characteristics conventions covers definitions
    examples features fields files guardrails guidelines implemented implications includes keys
    limitations links means names notes options principles properties provides reasons
    recommended resources rules see suggested symptoms types)");

// --- verbs --------------------------------------------------------------------------------------

const WordSet imperatives(R"(
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
    visit wait warn watch work write zip)");

/// In front of a verb: "also hang the files there".
const WordSet adverbs(R"(
    afterwards also carefully finally first next now optionally please then)");

const WordSet runVerbs(R"(
    check confirm execute invoke re-run rerun run test verify)");

// --- tools --------------------------------------------------------------------------------------

const WordSet knownTools(R"(
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
    whoami wp wrangler wrk xcodebuild xcrun yarn yum zip)");

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

bool isNumber(Word word) {
    return !word.empty() &&
           std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Up to sixteen words of a heading in lower case, in a buffer of its own.
struct WordList {
    std::array<char, 256> buffer; ///< left as it is: headings are many, and fill little of it
    std::array<Word, 20> word;
    std::size_t count = 0;

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
    [[nodiscard]] bool hasAny(const WordSet& list) const {
        return std::any_of(word.begin(), word.begin() + count,
                           [&](Word w) { return list.holds(w); });
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
    return heading.hasAny(rollbackWords) || heading.hasPair("roll", "back") ||
           heading.hasPair("rolling", "back") || heading.hasPair("back", "out");
}

/// "2025-12-29 …" is an entry of a log.
bool startsWithDate(std::string_view text) {
    const auto digits = [&](std::size_t from, std::size_t count) {
        return text.size() >= from + count && isNumber(text.substr(from, count));
    };
    return digits(0, 4) && digits(5, 2) && digits(8, 2) && text[4] == '-' && text[7] == '-';
}

/// Whether `lowerCasePart` stands in the text, in any case.
bool containsFolded(std::string_view text, std::string_view lowerCasePart) {
    const char first = lowerCasePart.front();
    const char upper = first >= 'a' && first <= 'z' ? char(first - 32) : first;
    for (std::size_t at = 0; at + lowerCasePart.size() <= text.size(); ++at) {
        if ((text[at] == first || text[at] == upper) &&
            std::equal(lowerCasePart.begin() + 1, lowerCasePart.end(),
                       text.begin() + std::ptrdiff_t(at) + 1,
                       [](char a, char b) { return a == lower(b); })) {
            return true;
        }
    }
    return false;
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

} // namespace

Purpose purposeOfHeading(std::string_view heading) {
    const WordList list(heading);
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
    if (list.hasAny(riskWords)) {
        return Purpose::Risks;
    }
    if (list.hasAny(historyWords) || finishedWords.holds(first) || list.hasPair("work", "log") ||
        list.hasPair("change", "log") || list.hasPair("deployment", "log")) {
        return Purpose::History;
    }
    // "Clear compiled template cache" is about doing, "Backup policy" is not: the last word says
    // what a heading is about, unless a verb opens it.
    const bool isAction = imperatives.holds(first) && !referenceWords.holds(first) &&
                          !referenceWords.holds(list.last());
    if (list.hasAny(referenceWords) && !isAction) {
        return Purpose::Reference;
    }
    if (list.hasAny(doingWords) || list.hasPair("go", "live") || list.hasPair("set", "up") ||
        imperatives.holds(list.first())) {
        return Purpose::Doing;
    }
    return Purpose::Unclear;
}

Purpose purposeOfLeadIn(std::string_view line) {
    const WordList list(line);
    if (list.hasPair("not", "implemented") || list.hasAny(referenceLeadIns)) {
        return Purpose::Reference;
    }
    if (list.hasPair("considered", "successful") || list.has("criteria")) {
        return Purpose::Criteria;
    }
    return list.hasAny(doingWords) ? Purpose::Doing : Purpose::Unclear;
}

bool mentionsRollback(std::string_view heading) {
    return isRollback(WordList(heading));
}

bool isRollbackTitle(std::string_view title) {
    return purposeOfHeading(title) == Purpose::Rollback && !WordList(title).has("deployment");
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

std::string_view environmentOfHeading(std::string_view heading) {
    const WordList list(heading);
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
    if (!adverbs.holds(first.word)) {
        return imperatives.holds(first.word);
    }
    const std::size_t blank = text.find(' ');
    return blank != Word::npos && imperatives.holds(FirstWord(text.substr(blank)).word);
}

bool startsWithRunVerb(std::string_view text) {
    return runVerbs.holds(FirstWord(text).word);
}

bool isKnownTool(std::string_view word) {
    return knownTools.holds(word);
}

bool isThreshold(std::string_view text) {
    const bool hasDigit =
        std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!hasDigit) {
        return false;
    }
    for (std::size_t at = text.find_first_of("<>="); at != std::string_view::npos;
         at = text.find_first_of("<>=", at + 1)) {
        const std::size_t value = text.find_first_not_of("<>= ", at);
        const bool isArrow = at > 0 && (text[at - 1] == '-' || text[at - 1] == '=');
        if (!isArrow && value != std::string_view::npos && at > 0 &&
            (isNumber(text.substr(value, 1)) || text[value] == '$') && text[at] != '=') {
            return true;
        }
    }
    if (text.find("≤") != std::string_view::npos || text.find("≥") != std::string_view::npos) {
        return true;
    }
    for (const Word comparison : {"above ", "below ", "exceed", "less than ", "more than ",
                                  "greater than ", "at least ", "at most ", "under ", "within "}) {
        const auto found =
            std::search(text.begin(), text.end(), comparison.begin(), comparison.end(),
                        [](char a, char b) { return lower(a) == b; });
        if (found != text.end() &&
            std::any_of(found, text.end(), [](char c) { return c >= '0' && c <= '9'; })) {
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
