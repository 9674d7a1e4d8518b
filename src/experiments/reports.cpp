#include <algorithm>
#include <charconv>
#include <unordered_set>
#include <utility>

#include "experiments/experiment_service.h"
#include "experiments/live_trial.h"

namespace hustings::experiments {
namespace {

/// A report is made anew at most so often while answers come in; what it says is as of its
/// position.
constexpr std::chrono::milliseconds kReportPause{400};
/// So many changed voters are read one by one; with more everything is read anew.
constexpr std::size_t kChangedMax = 20'000;

std::optional<VoterId> voter_of(std::string_view subject) {
  constexpr std::string_view kPrefix = "voter:";
  if (!subject.starts_with(kPrefix)) return std::nullopt;
  subject.remove_prefix(kPrefix.size());
  std::int64_t number = 0;
  const auto end = std::from_chars(subject.data(), subject.data() + subject.size(), number);
  if (end.ec != std::errc()) return std::nullopt;
  return VoterId(number);
}

/// Whether a change touches what one voter did, or what everybody may have done.
enum class Touches : std::uint8_t { nobody, voter, everybody };
Touches touches(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::attempt_recorded:
    case ChangeKind::answer_recorded:
    case ChangeKind::result_changed:
      return Touches::voter;
    case ChangeKind::import_published:
    case ChangeKind::import_undone:
    case ChangeKind::persons_joined:
    case ChangeKind::person_split:
    case ChangeKind::persons_joined_many:
    case ChangeKind::voter_erased:
    case ChangeKind::experiment_saved:
      return Touches::everybody;
    default:
      return Touches::nobody;
  }
}

}  // namespace

/// One experiment in memory, with what has changed since it was read.
struct ExperimentService::Live {
  struct Pending {
    std::unordered_set<VoterId> voters;
    bool everything = true;
    feed::Position position = 0;  ///< up to here changes are noted
  };
  struct Made {
    Report report;
    std::uint64_t version = 0;
    std::chrono::steady_clock::time_point at;
  };
  Guarded<Pending> pending;
  std::mutex mutex;  ///< over all below
  std::optional<LiveTrial> trial;
  feed::Position position = 0;
  std::uint64_t version = 0;
  std::map<int, Made> made;  ///< by outcome
};

ExperimentService::~ExperimentService() { tail_.reset(); }

void ExperimentService::start() {
  const feed::Position head = feed::head(*pool_.acquire());
  tail_ = std::make_unique<feed::Tail>(
      pool_.options(), head, [this](std::span<const feed::Entry> entries) { take(entries); }, log_);
}

void ExperimentService::take(std::span<const feed::Entry> entries) {
  std::vector<VoterId> voters;
  bool everything = false;
  for (const feed::Entry& entry : entries) {
    const Touches touched = touches(entry.kind);
    everything = everything || touched == Touches::everybody;
    if (touched != Touches::voter) continue;
    if (const auto voter = voter_of(entry.subject)) voters.push_back(*voter);
  }
  const auto live = live_.lock();
  for (const auto& [id, one] : *live) {
    const auto pending = one->pending.lock();
    pending->voters.insert(voters.begin(), voters.end());
    pending->everything = pending->everything || everything || pending->voters.size() > kChangedMax;
    if (pending->everything) pending->voters.clear();
    pending->position = entries.back().position;
  }
}

void ExperimentService::forget(ExperimentId id) const { live_.lock()->erase(id); }

std::shared_ptr<ExperimentService::Live> ExperimentService::live_of(ExperimentId id) const {
  const auto live = live_.lock();
  if (const auto found = live->find(id); found != live->end()) return found->second;
  while (live->size() >= kLiveMax)
    live->erase(live->begin());  // the oldest experiment
  return live->emplace(id, std::make_shared<Live>()).first->second;
}

bool ExperimentService::wait_until(feed::Position position, std::chrono::milliseconds wait) const {
  return tail_ == nullptr || tail_->wait_until(position, wait);
}

Result<Report> ExperimentService::report(ExperimentId id, std::optional<int> outcome) const {
  const std::shared_ptr<Live> live = live_of(id);
  const std::lock_guard lock(live->mutex);
  Result<Report> made = report_from(*live, id, outcome);
  if (!made && made.error().code == ErrorCode::not_found && !live->trial) forget(id);
  return made;
}

Status ExperimentService::catch_up(Live& live, ExperimentId id) const {
  const auto connection = pool_.acquire();
  const Live::Pending changes = std::exchange(*live.pending.lock(), {.everything = false});
  if (changes.everything || !live.trial || tail_ == nullptr) {
    live.trial.emplace(TRY(get(id)));
    pg::Transaction transaction(*connection, Deadline::never(),
                                pg::Transaction::Isolation::repeatable_read);
    live.position = feed::head(*connection);
    live.trial->load(transaction);
    transaction.commit();
    ++live.version;
  } else {
    const std::vector<VoterId> voters(changes.voters.begin(), changes.voters.end());
    if (live.trial->refresh(*connection, voters)) ++live.version;
    live.position = std::max(live.position, changes.position);
  }
  const auto pending = live.pending.lock();
  pending->position = std::max(pending->position, live.position);
  return {};
}

Result<Report> ExperimentService::report_from(Live& live, ExperimentId id,
                                              std::optional<int> number) const {
  using Clock = std::chrono::steady_clock;
  const auto age = tail_ == nullptr ? std::chrono::milliseconds(0) : tail_->age();
  // A report that was just made is shown again, with its position.
  if (live.trial && tail_ != nullptr) {
    const RegisteredOutcome* of = live.trial->experiment().outcome(number);
    const auto made = of == nullptr ? live.made.end() : live.made.find(of->number);
    if (made != live.made.end()) {
      const auto since =
          std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - made->second.at);
      const bool quiet = live.pending.lock()->position <= live.position;
      if (since < kReportPause || (quiet && made->second.version == live.version)) {
        Report again = made->second.report;
        again.age = quiet ? age : std::max(age, since);
        return again;
      }
    }
  }
  TRY(catch_up(live, id));
  const Experiment& experiment = live.trial->experiment();
  const RegisteredOutcome* of = experiment.outcome(number);
  if (of == nullptr) {
    return refuse(ErrorCode::not_found, "The experiment has no outcome of this number.", "outcome");
  }
  Live::Made& made = live.made[of->number];
  if (made.version != live.version) {
    const auto which = static_cast<std::size_t>(of - experiment.outcomes.data());
    made.report = {.experiment = experiment,
                   .outcome = of->number,
                   .findings = analyse(live.trial->subjects(which)),
                   .age = age};
    auto warnings = live.trial->warnings(which);
    auto& sentences = made.report.findings.sentences;
    sentences.insert(sentences.begin(), warnings.begin(), warnings.end());
    made.version = live.version;
  }
  made.report.position = live.position;
  made.report.age = age;
  made.at = Clock::now();
  return made.report;
}

}  // namespace hustings::experiments
