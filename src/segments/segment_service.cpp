#include "segments/segment_service.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "segments/sql.h"

namespace hustings::segments {
namespace {

constexpr int kThreads = 2;
constexpr std::chrono::milliseconds kRefreshPause{200};
/// Counts are renewed even when nothing happens, in case a wake-up was missed.
constexpr std::chrono::milliseconds kRefreshAtLeast{30'000};
/// Rules with ages and "within" move with the clock, to the second: they are counted again as
/// often, unless that would cost more than a tenth of the time.
constexpr std::chrono::milliseconds kSecond{1000};
constexpr int kRestShare = 10;

std::chrono::milliseconds since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                               start);
}

Rule everybody() { return Rule{AllOf{}}; }

bool is_about_segments(const feed::Entry& entry) {
  return entry.kind == ChangeKind::segment_saved || entry.kind == ChangeKind::segment_removed;
}

}  // namespace

SegmentService::SegmentService(pg::Pool& pool, const Clock& clock, Log& log)
    : pool_(pool), clock_(clock), log_(log), live_(pool, log), scanner_(kThreads) {}

SegmentService::~SegmentService() {
  // The refresher asks the tail how fresh it is, so it ends first.
  {
    const std::lock_guard lock(wake_mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (refresher_.joinable()) refresher_.join();
  tail_.reset();
}

void SegmentService::start() {
  live_.load();
  read_saved();
  refresh(true);
  tail_ = std::make_unique<feed::Tail>(
      pool_.options(), live_.position(),
      [this](std::span<const feed::Entry> entries) { apply(entries); }, log_);
  refresher_ = std::thread([this] { refresh_until_stopped(); });
}

void SegmentService::apply(std::span<const feed::Entry> entries) {
  live_.apply(entries);
  if (std::ranges::any_of(entries, is_about_segments)) read_saved();
  {
    const std::lock_guard lock(wake_mutex_);
    is_dirty_ = true;
  }
  wake_.notify_all();
}

void SegmentService::refresh_until_stopped() {
  std::unique_lock lock(wake_mutex_);
  std::chrono::milliseconds rest = kSecond;
  while (!stopping_) {
    wake_.wait_for(lock, rest, [this] { return is_dirty_ || stopping_; });
    if (stopping_) return;
    const bool is_dirty = is_dirty_;
    is_dirty_ = false;
    lock.unlock();
    const auto started = std::chrono::steady_clock::now();
    const bool moves = refresh(is_dirty);
    rest =
        moves ? std::clamp(since(started) * kRestShare, kSecond, kRefreshAtLeast) : kRefreshAtLeast;
    lock.lock();
    wake_.wait_for(lock, kRefreshPause, [this] { return stopping_; });
  }
}

bool SegmentService::refresh(bool is_dirty) {
  std::vector<Saved> segments;
  bool moves = false;
  {
    const auto saved = saved_.lock();
    for (const auto& [id, one] : *saved) {
      const bool is_relative = is_time_relative(one.ready);
      moves |= is_relative;
      if (is_dirty || is_relative) segments.push_back(one);
    }
  }
  const Instant now = clock_.now();
  const auto started = std::chrono::steady_clock::now();
  Statistics statistics;
  std::vector<SegmentId> changed;
  {
    const LiveElectorate::Reader electorate = live_.read();
    statistics.fresh = {.position = electorate.position(), .age = age()};
    statistics.all = scanner_.totals(*electorate, Plan(everybody(), *electorate, now));
  }
  for (Saved& one : segments) {
    const LiveElectorate::Reader electorate = live_.read();
    one.segment.fresh = {.position = electorate.position(), .age = age()};
    one.segment.totals = scanner_.totals(*electorate, Plan(one.ready, *electorate, now));
  }
  {
    const auto saved = saved_.lock();
    for (const Saved& one : segments) {
      const Segment& segment = one.segment;
      const auto place = saved->find(segment.id);
      if (place == saved->end() || place->second.segment.version != segment.version) continue;
      const bool is_same =
          place->second.is_counted && place->second.segment.totals == segment.totals;
      if (!is_same) changed.push_back(segment.id);
      place->second.segment.totals = segment.totals;
      place->second.segment.fresh = segment.fresh;
      place->second.is_counted = true;
    }
  }
  *statistics_.lock() = statistics;
  {
    const std::lock_guard lock(wake_mutex_);
    refreshed_at_ = started;
  }
  if (on_change_ && (is_dirty || !changed.empty())) on_change_(changed, statistics.fresh.position);
  return moves;
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

std::optional<std::vector<std::uint64_t>> SegmentService::answer_counts(
    std::string_view question_key) const {
  const LiveElectorate::Reader electorate = live_.read();
  const Electorate::QuestionColumn* question = electorate->question(question_key);
  if (question == nullptr) return std::nullopt;
  const auto& counts = question->counts;
  return std::vector<std::uint64_t>(counts.begin(),
                                    counts.begin() + std::ssize(question->info.choices) + 1);
}

}  // namespace hustings::segments
