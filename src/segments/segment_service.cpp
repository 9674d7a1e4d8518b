#include "segments/segment_service.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "segments/sql.h"

namespace hustings::segments {
namespace {

constexpr int kThreads = 2;
constexpr std::chrono::milliseconds kRefreshPause{200};
/// Rules with ages and "within" move with the clock, so counts are renewed even when nothing
/// happens.
constexpr std::chrono::seconds kRefreshAtLeast{30};

std::chrono::milliseconds since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                               start);
}

Rule everybody() { return Rule{AllOf{}}; }

Status check_name(std::string_view name) {
  if (name.empty() || name.size() > kSegmentNameBytesMax || !is_utf8(name) || trim(name) != name) {
    return invalid(fmt::format("A segment's name has 1 to {} bytes, without blanks at its ends.",
                               kSegmentNameBytesMax),
                   "name");
  }
  return {};
}

std::unexpected<Error> name_taken() {
  return refuse(ErrorCode::conflict, "Another segment has this name; choose another.", "name");
}

std::unexpected<Error> no_such_segment() {
  return refuse(ErrorCode::not_found, "There is no such segment.");
}

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
  refresh();
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

void SegmentService::read_saved() {
  const pg::Rows rows = pool_.acquire()->run(sql::kSegmentsAll);
  SavedMap fresh;
  const auto saved = saved_.lock();
  for (const pg::Row row : rows) {
    auto rule = rule_from_json(row.text(3));
    const auto id = row.get<SegmentId>(0);
    if (!rule) {
      log_.warning("segment_unreadable", {{"segment", id.value()}});
      continue;
    }
    Segment segment{.id = id,
                    .name = row.get<std::string>(1),
                    .version = row.get<std::int32_t>(2),
                    .rule = *std::move(rule),
                    .created_by = row.get<std::string>(4),
                    .created_at = row.get<Instant>(5),
                    .updated_at = row.get<Instant>(6),
                    .totals = {},
                    .fresh = {}};
    Saved& place = fresh[id];
    if (const auto old = saved->find(id);
        old != saved->end() && old->second.segment.version == segment.version) {
      segment.totals = old->second.segment.totals;
      segment.fresh = old->second.segment.fresh;
      place.is_counted = old->second.is_counted;
    }
    place.segment = std::move(segment);
  }
  *saved = std::move(fresh);
}

void SegmentService::refresh_until_stopped() {
  std::unique_lock lock(wake_mutex_);
  while (!stopping_) {
    wake_.wait_for(lock, kRefreshAtLeast, [this] { return is_dirty_ || stopping_; });
    if (stopping_) return;
    is_dirty_ = false;
    lock.unlock();
    refresh();
    lock.lock();
    wake_.wait_for(lock, kRefreshPause, [this] { return stopping_; });
  }
}

void SegmentService::refresh() {
  std::vector<Segment> segments = list();
  const Instant now = clock_.now();
  const auto started = std::chrono::steady_clock::now();
  Statistics statistics;
  std::vector<SegmentId> changed;
  {
    const LiveElectorate::Reader electorate = live_.read();
    statistics.fresh = {.position = electorate.position(), .age = age()};
    statistics.all = scanner_.totals(*electorate, Plan(everybody(), *electorate, now));
  }
  for (Segment& segment : segments) {
    // One lock for each: between two segments the writer may come in.
    const LiveElectorate::Reader electorate = live_.read();
    segment.fresh = {.position = electorate.position(), .age = age()};
    segment.totals = scanner_.totals(*electorate, Plan(segment.rule, *electorate, now));
  }
  {
    const auto saved = saved_.lock();
    for (const Segment& segment : segments) {
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
  if (on_change_) on_change_(changed, statistics.fresh.position);
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

Status SegmentService::check(const Rule& rule) const {
  const std::vector<std::string> keys = questions_of(rule);
  if (keys.empty()) return {};
  const LiveElectorate::Reader electorate = live_.read();
  for (const std::string& key : keys) {
    if (electorate->question(key) != nullptr) continue;
    std::vector<std::string_view> known;
    for (const auto& question : electorate->questions())
      known.push_back(question.info.key);
    const std::string_view near = nearest(key, known);
    return invalid(fmt::format("There is no question with the key \"{}\".{}", key,
                               near.empty() ? "" : fmt::format(" Did you mean \"{}\"?", near)),
                   "rule");
  }
  return {};
}

Result<Count> SegmentService::count(const Rule& rule, std::optional<Field> group_by) const {
  TRY(check(rule));
  if (group_by && info(*group_by).kind != FieldKind::category) {
    return invalid(fmt::format("Grouping goes by a category such as \"county\", not by \"{}\".",
                               name(*group_by)),
                   "group_by");
  }
  const auto start = std::chrono::steady_clock::now();
  const LiveElectorate::Reader electorate = live_.read();
  const Plan plan(rule, *electorate, clock_.now());
  Count count;
  count.totals = scanner_.totals(*electorate, plan);
  count.all_voters = electorate->rows();
  if (group_by) count.groups = scanner_.groups(*electorate, plan, *group_by);
  count.took = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - start);
  count.fresh = {.position = electorate.position(), .age = age()};
  count.warnings = warnings(rule, *electorate);
  return count;
}

Result<Members> SegmentService::match(const Rule& rule) const {
  TRY(check(rule));
  const LiveElectorate::Reader electorate = live_.read();
  Members found{.position = electorate.position(), .members = {}};
  const std::vector<Row> rows = scanner_.rows(*electorate, Plan(rule, *electorate, clock_.now()));
  found.members.reserve(rows.size());
  for (const Row row : rows) {
    found.members.push_back({.voter = electorate->voter(row),
                             .household = electorate->household(row),
                             .has_phone = electorate->flag(Field::has_phone).test(row),
                             .is_protected = electorate->flag(Field::is_protected).test(row),
                             .is_suppressed = electorate->flag(Field::suppressed).test(row)});
  }
  return found;
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

Result<Segment> SegmentService::create(const Draft& draft) {
  TRY(check_name(draft.name));
  TRY(check(draft.rule));
  if (saved_.lock()->size() >= kSegmentsMax) {
    return refuse(ErrorCode::over_limit,
                  fmt::format("There are {} segments already; remove some.", kSegmentsMax));
  }
  SegmentId id;
  {
    const auto connection = pool_.acquire();
    pg::Transaction transaction(*connection);
    const pg::Rows rows = transaction.run(sql::kSegmentInsert, draft.name,
                                          pg::Json{to_json(draft.rule)}, draft.actor, clock_.now());
    if (rows.empty()) return name_taken();
    id = rows.only().get<SegmentId>(0);
    const feed::Change change{.kind = ChangeKind::segment_saved,
                              .subject = feed::subject_of("segment", id),
                              .actor = draft.actor,
                              .payload = R"({"version":1})"};
    feed::commit(transaction, {&change, 1});
  }
  read_saved();
  return get(id);
}

Result<Segment> SegmentService::edit(const Edit& edit) {
  const Segment old = TRY(get(edit.id));
  const std::string new_name = edit.name.value_or(old.name);
  const Rule& new_rule = edit.rule ? *edit.rule : old.rule;
  TRY(check_name(new_name));
  TRY(check(new_rule));
  {
    const auto connection = pool_.acquire();
    pg::Transaction transaction(*connection);
    if (transaction.run(sql::kSegmentNameTaken, new_name, edit.id).only().get<bool>(0)) {
      return name_taken();
    }
    const auto updated =
        transaction.run(sql::kSegmentUpdate, edit.id, edit.version.value_or(old.version), new_name,
                        pg::Json{to_json(new_rule)}, clock_.now());
    if (updated.affected() == 0) {
      return refuse(ErrorCode::conflict, "Somebody else has changed this segment; load it again.",
                    "version");
    }
    const feed::Change change{
        .kind = ChangeKind::segment_saved,
        .subject = feed::subject_of("segment", edit.id),
        .actor = edit.actor,
        .payload = fmt::format(R"({{"version":{}}})", edit.version.value_or(old.version) + 1)};
    feed::commit(transaction, {&change, 1});
  }
  read_saved();
  return get(edit.id);
}

Status SegmentService::remove(SegmentId id, const std::string& actor) {
  {
    const auto connection = pool_.acquire();
    pg::Transaction transaction(*connection);
    if (transaction.run(sql::kSegmentRemove, id, clock_.now()).affected() == 0) {
      return no_such_segment();
    }
    const feed::Change change{.kind = ChangeKind::segment_removed,
                              .subject = feed::subject_of("segment", id),
                              .actor = actor};
    feed::commit(transaction, {&change, 1});
  }
  read_saved();
  return {};
}

Result<Segment> SegmentService::get(SegmentId id) const {
  std::optional<Segment> segment;
  {
    const auto saved = saved_.lock();
    if (const auto found = saved->find(id); found != saved->end()) segment = found->second.segment;
  }
  if (!segment) return no_such_segment();
  const LiveElectorate::Reader electorate = live_.read();
  segment->totals = scanner_.totals(*electorate, Plan(segment->rule, *electorate, clock_.now()));
  segment->fresh = {.position = electorate.position(), .age = age()};
  return *std::move(segment);
}

std::vector<Segment> SegmentService::list() const {
  std::vector<Segment> segments;
  {
    const auto saved = saved_.lock();
    for (const auto& [id, one] : *saved)
      segments.push_back(one.segment);
  }
  for (Segment& segment : segments)
    segment.fresh = cached(segment.fresh);
  return segments;
}

}  // namespace hustings::segments
