#include "segments/segment_service.h"

#include <algorithm>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "segments/sql.h"

namespace hustings::segments {
namespace {

constexpr int kThreads = 2;
/// Between two times that listeners are told: what comes meanwhile is told together.
constexpr std::chrono::milliseconds kTellPause{20};
/// Numbers are looked at even when nothing happens, in case a wake-up was missed.
constexpr std::chrono::milliseconds kRefreshAtLeast{30'000};
/// Rules with ages and "within" move with the clock, to the second: they are counted again as
/// often, unless that would cost more than a tenth of the time; after changes sooner.
constexpr std::chrono::milliseconds kSecond{1000};
constexpr int kRestShare = 10;
constexpr std::chrono::milliseconds kMovingPause{100};
constexpr int kMovingShare = 4;
/// Of each second, for proving kept numbers; one segment is proved in any case.
constexpr std::chrono::milliseconds kProofTime{30};
/// Everybody, among the numbers that are kept. Segments are numbered from 1.
constexpr std::int64_t kEverybody = 0;

std::chrono::milliseconds since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                               start);
}

Rule everybody() { return Rule{AllOf{}}; }

std::size_t machine_bytes() {
  return static_cast<std::size_t>(sysconf(_SC_PHYS_PAGES)) *
         static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

bool is_about_segments(const feed::Entry& entry) {
  return entry.kind == ChangeKind::segment_saved || entry.kind == ChangeKind::segment_removed;
}

}  // namespace

SegmentService::SegmentService(pg::Pool& pool, const Clock& clock, Log& log,
                               std::size_t memory_bytes_max)
    : pool_(pool),
      clock_(clock),
      log_(log),
      live_(pool, log, memory_bytes_max > 0 ? memory_bytes_max : machine_bytes() / 4 * 3),
      scanner_(kThreads),
      kept_(scanner_.crew()) {}

SegmentService::~SegmentService() {
  // The refresher asks the tail how fresh it is, so it ends first.
  {
    const std::lock_guard lock(wake_mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (refresher_.joinable()) refresher_.join();
  prover_.reset();
  tail_.reset();
}

void SegmentService::start() {
  live_.load();
  read_saved();
  kept_.follow(live_.read());
  refresh(true, true);
  tail_ = std::make_unique<feed::Tail>(
      pool_.options(), live_.position(),
      [this](std::span<const feed::Entry> entries) { apply(entries); }, log_);
  refresher_ = std::thread([this] { refresh_until_stopped(); });
  prover_ = std::make_unique<Periodic>(kSecond, [this] { prove(); });
}

void SegmentService::apply(std::span<const feed::Entry> entries) {
  live_.apply(entries);
  kept_.follow(live_.read());
  if (std::ranges::any_of(entries, is_about_segments)) read_saved();
  {
    const std::lock_guard lock(wake_mutex_);
    is_dirty_ = true;
  }
  wake_.notify_all();
}

void SegmentService::refresh_until_stopped() {
  using Steady = std::chrono::steady_clock;
  std::unique_lock lock(wake_mutex_);
  Steady::time_point moving_end = Steady::now();  // of their last count
  Steady::time_point moving_due = moving_end + kSecond;
  std::chrono::milliseconds cost{0};
  while (!stopping_) {
    wake_.wait_until(lock, moving_due, [this] { return is_dirty_ || stopping_; });
    if (stopping_) return;
    const bool is_dirty = std::exchange(is_dirty_, false);
    lock.unlock();
    if (is_dirty) {
      moving_due = std::min(moving_due, moving_end + std::max(kMovingPause, cost * kMovingShare));
    }
    const Steady::time_point started = Steady::now();
    const bool counts_moving = started >= moving_due;
    refresh(is_dirty, counts_moving);
    if (counts_moving) {
      moving_end = Steady::now();
      cost = since(started);
      const bool any = !saved_that_move().empty();
      moving_due = moving_end + (any ? std::clamp(cost * kRestShare, kSecond, kRefreshAtLeast)
                                     : kRefreshAtLeast);
    }
    lock.lock();
    wake_.wait_for(lock, kTellPause, [this] { return stopping_; });
  }
}

std::vector<SegmentService::Saved> SegmentService::saved_that_move() const {
  std::vector<Saved> moving;
  const auto saved = saved_.lock();
  for (const auto& [id, one] : *saved) {
    if (one.moves) moving.push_back(one);
  }
  return moving;
}

void SegmentService::keep(const SavedMap& saved) {
  std::vector<KeptNumbers::Wanted> wanted = {{.id = kEverybody, .rule = everybody()}};
  for (const auto& [id, one] : saved) {
    if (!one.moves) wanted.push_back({.id = id.value(), .rule = one.ready});
  }
  kept_.keep(wanted);
}

void SegmentService::refresh(bool is_dirty, bool counts_moving) {
  const auto started = std::chrono::steady_clock::now();
  const std::chrono::milliseconds age_before = age();
  std::vector<Saved> moving;
  if (counts_moving) moving = saved_that_move();
  for (Saved& one : moving) {
    const LiveElectorate::Reader electorate = live_.read();
    one.segment.fresh = {.position = electorate.position(), .age = age()};
    one.segment.totals = scanner_.totals(*electorate, Plan(one.ready, *electorate, clock_.now()));
  }
  const KeptNumbers::Sums kept = kept_.totals();
  std::vector<SegmentId> changed;
  {
    const auto saved = saved_.lock();
    const auto take = [&](Saved& place, const Totals& totals, Freshness fresh) {
      if (!place.is_counted || place.segment.totals != totals) changed.push_back(place.segment.id);
      place.segment.totals = totals;
      place.segment.fresh = fresh;
      place.is_counted = true;
    };
    for (const Saved& one : moving) {
      const auto place = saved->find(one.segment.id);
      const bool is_same_rule =
          place != saved->end() && place->second.segment.version == one.segment.version;
      if (is_same_rule) take(place->second, one.segment.totals, one.segment.fresh);
    }
    for (auto& [id, place] : *saved) {
      const auto totals = kept.totals.find(id.value());
      if (place.moves || totals == kept.totals.end()) continue;
      take(place, totals->second, {.position = kept.position, .age = age_before});
    }
  }
  if (const auto all = kept.totals.find(kEverybody); all != kept.totals.end()) {
    *statistics_.lock() = {.all = all->second,
                           .fresh = {.position = kept.position, .age = age_before}};
  }
  {
    const std::lock_guard lock(wake_mutex_);
    refreshed_at_ = started;
  }
  if (!is_dirty && changed.empty()) return;
  const auto on_change = on_change_.lock();
  if (*on_change) (*on_change)(changed, kept.position);
}

/// A counting that differs from what was kept is a mistake of ours: it is said, and mended.
void SegmentService::prove() {
  const auto started = std::chrono::steady_clock::now();
  do {
    const auto proof = kept_.prove_next();
    if (!proof) return;
    ++proofs_;
    if (proof->is_equal) continue;
    ++unequal_;
    log_.error("segment_numbers_unequal", {{"segment", proof->id},
                                           {"kept_voters", proof->kept.voters},
                                           {"counted_voters", proof->counted.voters},
                                           {"kept_households", proof->kept.households},
                                           {"counted_households", proof->counted.households}});
    {
      const std::lock_guard lock(wake_mutex_);
      is_dirty_ = true;
    }
    wake_.notify_all();
  } while (since(started) < kProofTime);
}

std::chrono::milliseconds SegmentService::age() const {
  return tail_ == nullptr ? std::chrono::milliseconds(0) : tail_->age();
}

Freshness SegmentService::freshness() const { return {.position = live_.position(), .age = age()}; }

/// Numbers of the last refresh are as fresh as the electorate while nothing has come since.
Freshness SegmentService::cached(Freshness at) const {
  const Freshness live = freshness();
  if (live.position == at.position) return live;
  const std::lock_guard lock(wake_mutex_);
  return {.position = at.position, .age = at.age + since(refreshed_at_)};
}

bool SegmentService::wait_until(feed::Position position, std::chrono::milliseconds wait) const {
  return tail_ != nullptr && tail_->wait_until(position, wait);
}

Result<Count> SegmentService::count(const Rule& rule, std::optional<Field> group_by) const {
  const Rule wanted = TRY(ready(rule));
  if (group_by && info(*group_by).kind != FieldKind::category) {
    return invalid(fmt::format("Grouping goes by a category such as \"county\", not by \"{}\".",
                               name(*group_by)),
                   "group_by");
  }
  const auto start = std::chrono::steady_clock::now();
  const LiveElectorate::Reader electorate = live_.read();
  const Plan plan(wanted, *electorate, clock_.now());
  Count count;
  count.totals = scanner_.totals(*electorate, plan);
  count.all_voters = electorate->rows();
  if (group_by) count.groups = scanner_.groups(*electorate, plan, *group_by);
  if (count.groups.size() > kGroupsMax) {
    return refuse(
        ErrorCode::over_limit,
        fmt::format("By \"{}\" these voters fall into {} groups, more than {}; narrow the "
                    "rule or group by something coarser.",
                    name(*group_by), with_thousands(std::ssize(count.groups)),
                    with_thousands(kGroupsMax)),
        "group_by");
  }
  count.took = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - start);
  count.fresh = {.position = electorate.position(), .age = age()};
  count.warnings = warnings(rule, *electorate);
  return count;
}

SegmentService::Statistics SegmentService::statistics() const {
  Statistics statistics = *statistics_.lock();
  statistics.fresh = cached(statistics.fresh);
  return statistics;
}

std::vector<QuestionInfo> SegmentService::questions() const {
  const LiveElectorate::Reader electorate = live_.read();
  std::vector<QuestionInfo> all;
  for (const Electorate::QuestionColumn& question : electorate->questions()) {
    if (question.info.is_single()) all.push_back(question.info);
  }
  return all;
}

std::optional<std::vector<std::uint64_t>> SegmentService::answer_counts(
    std::string_view question_key) const {
  const LiveElectorate::Reader electorate = live_.read();
  const Electorate::QuestionColumn* question = electorate->question(question_key);
  if (question == nullptr || !question->info.is_single()) return std::nullopt;
  const auto& counts = question->counts;
  return std::vector<std::uint64_t>(counts.begin(),
                                    counts.begin() + std::ssize(question->info.choices) + 1);
}

}  // namespace hustings::segments
