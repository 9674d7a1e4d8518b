#include "app/installation.h"

#include "access/access_service.h"
#include "api/upload_store.h"
#include "app/live_money_source.h"
#include "base/periodic.h"
#include "base/secret.h"
#include "dialling/dialling.h"
#include "experiments/experiment_service.h"
#include "following/follower.h"
#include "following/priorities.h"
#include "forms/answer_import.h"
#include "forms/form_service.h"
#include "identity/decisions.h"
#include "identity/finder.h"
#include "identity/resolver.h"
#include "identity/review.h"
#include "ingest/importer.h"
#include "ingest/kept_rows.h"
#include "lists/list_service.h"
#include "pg/pool.h"
#include "phonebank/hold_out_effects.h"
#include "phonebank/phonebank_service.h"
#include "registry/registry.h"
#include "rights/rights_service.h"
#include "segments/analysis.h"
#include "segments/count_history.h"
#include "segments/segment_export.h"
#include "segments/segment_service.h"
#include "spending/inputs.h"
#include "spending/ledger.h"
#include "spending/live_inputs.h"
#include "spending/plans.h"
#include "surveys/survey_service.h"
#include "telephony/manual_calls.h"
#include "telephony/simulated_calls.h"

namespace hustings::app {
namespace {

constexpr std::chrono::hours kHousekeepingEvery{1};
constexpr std::chrono::seconds kCountingEvery{2};

/// What the calling rules make of a phone bank's hours, and of the consent of the next one.
segments::CallingLaw law_of(const phonebank::RuleBook& book) {
  segments::CallingLaw law;
  law.hours = [&book](const segments::CallingBank& bank, std::string_view state) {
    segments::PlaceHours hours = segments::window_alone(bank, state);
    const phonebank::CallingRules* country = book.find(bank.country);
    if (country == nullptr) return hours;
    for (const std::string& key : phonebank::RuleBook::keys(*country, state, bank.state_hours))
      hours.week = both_allow(hours.week, book.hours(key));
    if (!country->zones.empty()) hours.zones = country->zones;
    return hours;
  };
  law.set_consent = [&book](segments::CallingBank& bank) {
    const phonebank::CallingRules* country = book.find(bank.country);
    if (country == nullptr) return;
    using enum segments::CallingBank::Consent;
    const phonebank::ConsentNeed need = country->consent();
    bank.consent = need == phonebank::ConsentNeed::all      ? all
                   : need == phonebank::ConsentNeed::mobile ? mobile
                                                            : none;
    bank.mobile = country->mobile;
  };
  return law;
}

/// A locked hold-out is barred in the queues of all phone banks.
class QueueGuard final : public experiments::HoldOutGuard {
 public:
  void on_locked(pg::Transaction& transaction, ExperimentId experiment, Instant at) override {
    phonebank::lock_hold_out(transaction, experiment, at);
  }
  void on_unlocked(pg::Transaction& transaction, ExperimentId experiment, Instant at) override {
    phonebank::unlock_hold_out(transaction, experiment, at);
  }
};

/// Simulated calls take a word of their own: on a real campaign's server they would be a disaster.
Status check_telephony(const Config& config) {
  if (config.telephony_driver != "simulator" || config.telephony_simulated_calls == "allowed") {
    return {};
  }
  return invalid(
      "Simulated calls reach nobody, so they need a second word: set simulated_calls = \"allowed\" "
      "under [telephony] as well, or driver = \"manual\".",
      "telephony.driver");
}

std::unique_ptr<telephony::CallControl> make_calls(const Config& config, const Clock& clock,
                                                   bool serving) {
  if (config.telephony_driver == "manual") return std::make_unique<telephony::ManualCalls>();
  auto calls = std::make_unique<telephony::SimulatedCalls>(
      clock, telephony::SimulatedCalls::Options{
                 .seed = static_cast<std::uint64_t>(config.telephony_simulator_seed),
                 .speed = static_cast<int>(config.telephony_simulator_speed),
                 .odds = {}});
  if (serving) calls->start();
  return calls;
}

}  // namespace

struct Installation::State {
  State(const Config& c, Log& l, std::unique_ptr<Database> d, bool serving)
      : config(c),
        log(l),
        database(std::move(d)),
        pool(database->options(), static_cast<std::size_t>(c.database_connections_max)),
        access(pool, clock, log),
        registry(pool, clock, log),
        rights(pool, kept_rows, clock, log),
        surveys(pool, clock, log),
        forms(pool, surveys, clock, log),
        answer_importer(pool, surveys, clock, log),
        segments(pool, clock, log, static_cast<std::size_t>(c.segments_memory_mebibytes_max) << 20),
        counts(pool, segments, clock, log),
        exports(pool, segments, clock),
        finder(pool, log),
        importer(pool, registry, clock, log, &finder),
        lists(pool, segments, clock, log),
        phonebank(pool, registry, surveys, clock, log),
        calls(make_calls(config, clock, serving)),
        dialling(phonebank, *calls,
                 {.ring_max = std::chrono::seconds(c.telephony_ring_seconds_max),
                  .serve = static_cast<phonebank::ServeId>(random_u64() >> 1)},
                 clock, log),
        follower(pool, segments, lists, phonebank, clock, log),
        priorities(segments, lists, phonebank, clock, log),
        analysis(segments, pool, clock, law_of(phonebank.rule_book())),
        experiments(pool, queue_guard, clock, log),
        decisions(pool, registry, clock, log),
        resolver(pool, registry, clock, log),
        review(pool, decisions, clock),
        spending_inputs(pool, clock, log),
        ledger(pool, clock, log),
        plans(pool, clock, log),
        live_source(pool, surveys, segments, experiments),
        live_inputs(pool, live_source, clock, log) {}

  const Config& config;
  Log& log;
  SystemClock clock;
  std::unique_ptr<Database> database;
  pg::Pool pool;
  access::AccessService access;
  registry::Registry registry;
  ingest::KeptRows kept_rows;
  rights::RightsService rights;
  surveys::SurveyService surveys;
  forms::FormService forms;
  forms::AnswerImporter answer_importer;
  segments::SegmentService segments;
  segments::CountHistory counts;
  segments::SegmentExport exports;
  identity::Finder finder;  // before the importer, whose dry runs ask it
  ingest::Importer importer;
  lists::ListService lists;
  phonebank::PhonebankService phonebank;
  std::unique_ptr<telephony::CallControl> calls;
  dialling::Dialling dialling;
  following::Follower follower;
  following::Priorities priorities;
  segments::Analysis analysis;  // after the phone banks, whose rules it is told
  QueueGuard queue_guard;
  experiments::ExperimentService experiments;
  identity::Decisions decisions;
  identity::Resolver resolver;
  identity::Review review;
  spending::Inputs spending_inputs;
  spending::Ledger ledger;
  spending::Plans plans;
  LiveMoneySource live_source;
  spending::LiveInputs live_inputs;
  std::unique_ptr<Periodic> counting;      // its thread uses counts
  std::unique_ptr<Periodic> housekeeping;  // last: its thread uses all of the above

  void tidy_up();
};

/// What nobody waits for: sessions and links that have ended are removed, and voter files that
/// nobody imported.
void Installation::State::tidy_up() {
  api::UploadStore(api::upload_folder(config)).remove_stale();
  try {
    const std::int64_t removed = access.remove_ended();
    if (removed > 0) log.info("ended_sessions_removed", {{"count", removed}});
  } catch (const Failure& failure) {
    log.warning("housekeeping_failed", {{"reason", failure.what()}});
  }
}

Result<std::unique_ptr<Installation>> Installation::open(const Config& config, Part part,
                                                         Log& log) {
  const bool serving = part == Part::serving;
  if (serving) TRY(check_telephony(config));
  auto database = TRY(
      Database::open(config, serving ? Database::Sharing::alone : Database::Sharing::beside, log));
  const bool is_shared = database->is_shared();
  auto state = std::make_unique<State>(config, log, std::move(database), serving);
  // Another process that runs an import right now must not be taken for one that was killed.
  using Dead = ingest::Importer::Dead;
  if (!is_shared) {
    state->importer.clean_up_after_crash(serving ? Dead::begin_anew : Dead::leave);
    state->resolver.clean_up_after_crash();
  }
  if (serving) {
    std::error_code ignored;  // what a killed predecessor was writing for somebody to download
    std::filesystem::remove_all(config.data_dir / "exports", ignored);
    if (config.telephony_driver == "simulator") log.warning("calls_are_simulated", {});
    state->segments.start();
    state->counting =
        std::make_unique<Periodic>(kCountingEvery, [state = state.get()] { state->counts.note(); });
    state->phonebank.start();
    // Nobody else serves from this program's own database: whoever did has gone.
    if (config.database_url.empty()) state->phonebank.shared_calls().forget_serves();
    state->dialling.start();
    state->follower.start();
    state->priorities.start();
    state->analysis.start();
    state->experiments.start();
    state->resolver.follow_imports();
    state->plans.start();
    state->live_inputs.start();
    state->tidy_up();
    state->housekeeping =
        std::make_unique<Periodic>(kHousekeepingEvery, [state = state.get()] { state->tidy_up(); });
  }
  return std::unique_ptr<Installation>(new Installation(std::move(state)));
}

Installation::Installation(std::unique_ptr<State> state) : state_(std::move(state)) {}
Installation::~Installation() = default;

api::Services Installation::services(std::string public_url) {
  return {.access = state_->access,
          .registry = state_->registry,
          .rights = state_->rights,
          .surveys = state_->surveys,
          .forms = state_->forms,
          .answer_importer = state_->answer_importer,
          .segments = state_->segments,
          .analysis = state_->analysis,
          .counts = state_->counts,
          .exports = state_->exports,
          .importer = state_->importer,
          .lists = state_->lists,
          .phonebank = state_->phonebank,
          .follower = state_->follower,
          .priorities = state_->priorities,
          .dialling = state_->dialling,
          .experiments = state_->experiments,
          .decisions = state_->decisions,
          .resolver = state_->resolver,
          .review = state_->review,
          .finder = state_->finder,
          .spending_inputs = state_->spending_inputs,
          .ledger = state_->ledger,
          .plans = state_->plans,
          .pool = state_->pool,
          .clock = state_->clock,
          .log = state_->log,
          .config = state_->config,
          .public_url = std::move(public_url),
          .version = version()};
}

const pg::ConnectOptions& Installation::database() const { return state_->database->options(); }
access::AccessService& Installation::access() { return state_->access; }
registry::Registry& Installation::registry() { return state_->registry; }
rights::RightsService& Installation::rights() { return state_->rights; }
ingest::Importer& Installation::importer() { return state_->importer; }
identity::Resolver& Installation::resolver() { return state_->resolver; }
segments::SegmentService& Installation::segments() { return state_->segments; }

std::string version() { return HUSTINGS_VERSION; }

}  // namespace hustings::app
