// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/lexicon.h"

#include "models/runbook/wordlist.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

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

constexpr Word conditionWords = R"(
    conditions criteria trigger triggers when)";

/// Of "table of", "see also", "where we", "known issues", "roll back", "considered successful",
/// "change log", "go live", "set up" and "not implemented" the rarer word.
constexpr Word pairedWords = R"(
    also back implemented issues live log successful table up we)";

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

constexpr Word servers = R"(
    daphne gunicorn hypercorn ngrok stern tcpdump uvicorn websocat wscat)";

constexpr Word siteServers = R"(
    hugo jekyll php rails)";

constexpr Word scriptRunners = R"(
    bun npm pnpm yarn)";

constexpr Word logReaders = R"(
    journalctl tail)";

constexpr Word containerTools = R"(
    docker podman)";

constexpr Word clusterTools = R"(
    kubectl oc)";

constexpr Word interpreters = R"(
    irb mongosh node python python3 redis-cli)";

constexpr Word fullScreenTools = R"(
    btop ed emacs htop k9s lazydocker less mc more nano nvim pico screen tmux top vi vim visudo)";

constexpr Word harmlessTools = R"(
    cat cd echo grep ls printf)";

constexpr Word insideVerbs = R"(
    attach debug exec run)";

/// A word of a command line that undoes what cannot be got back.
constexpr Word destructiveWords = R"(
    --delete --force --force-with-lease --hard --volumes apps:destroy db:drop db:reset db:rollback
    delete destroy downgrade drop dropdb flushall flushdb migrate:rollback mkfs poweroff prune
    publish purge reboot shutdown truncate uninstall wipefs)";

/// A word and what it stands in.
struct Entry {
    Word word;
    unsigned tables = 0;
};

/// Open addressing, because words are looked up by the thousand and most are not found.
class Lexicon {
public:
    Lexicon() {
        add(doingWords, Doing);
        add(referenceWords, Reference);
        add(historyWords, History);
        add(finishedWords, Finished);
        add(riskWords, Risk);
        add(rollbackWords, Rollback);
        add(conditionWords, Condition);
        add("triggers", Triggers);
        add("criteria", Criteria);
        add(pairedWords, Paired);
        add(referenceLeadIns, ReferenceLeadIn);
        add(imperatives, Imperative);
        add(adverbs, Adverb);
        add(runVerbs, RunVerb);
        add(knownTools, Tool);
        add(destructiveWords, Destructive);
        addPrograms();
    }

    [[nodiscard]] unsigned tablesOf(Word word) const {
        return m_entries[m_slots[slotOf(word)]].tables;
    }

private:
    void addPrograms() {
        add(servers, Server);
        add(siteServers, SiteServer);
        add(scriptRunners, ScriptRunner);
        add(logReaders, LogReader);
        add(containerTools, Container);
        add(clusterTools, Cluster);
        add(interpreters, Interpreter);
        add(fullScreenTools, FullScreen);
        add(harmlessTools, Harmless);
        add("--follow", FollowOption);
        add("log logs", LogVerb);
        add(insideVerbs, InsideVerb);
    }

    void add(Word list, unsigned table) {
        for (std::size_t at = list.find_first_not_of(" \n"); at != Word::npos;) {
            const std::size_t end = std::min(list.find_first_of(" \n", at), list.size());
            const Word word = list.substr(at, end - at);
            std::uint16_t& slot = m_slots[slotOf(word)];
            if (slot == 0) {
                slot = std::uint16_t(m_entries.size());
                m_entries.push_back({word, 0});
            }
            m_entries[slot].tables |= table;
            at = list.find_first_not_of(" \n", end);
        }
    }

    /// Of the word, or the free one that it would take.
    [[nodiscard]] std::size_t slotOf(Word word) const {
        // Length, ends and middle tell these words apart well enough.
        std::size_t hash = word.size();
        if (!word.empty()) {
            for (const char c :
                 {word.front(), word[word.size() / 3], word[word.size() / 2], word.back()}) {
                hash = hash * 33 + static_cast<unsigned char>(c);
            }
        }
        std::size_t slot = hash % m_slots.size();
        while (m_slots[slot] != 0 && m_entries[m_slots[slot]].word != word) {
            slot = (slot + 1) % m_slots.size();
        }
        return slot;
    }

    std::vector<Entry> m_entries{1}; ///< the first stands for all words that are not there
    /// Indices into m_entries, 0 where free: small, so that a miss stays in the fastest cache. The
    /// size is a power of two, several times the number of words.
    std::array<std::uint16_t, 4096> m_slots{};
};

} // namespace

unsigned tablesOf(Word word) {
    static const Lexicon lexicon;
    return lexicon.tablesOf(word);
}

unsigned tablesOfArgument(Word word) {
    std::array<char, 24> buffer; // longer words are in no table
    if (word.size() > buffer.size()) {
        return 0;
    }
    std::transform(word.begin(), word.end(), buffer.begin(), lower);
    const Word folded(buffer.data(), word.size());
    return tablesOf(folded) & (folded == word ? ~0U : unsigned(Destructive));
}

} // namespace models::vocabulary
