#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"
#include "segments/segment_service.h"
#include "segments/sql.h"

namespace hustings::segments {
namespace {

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

/// The segments as the database has them, for whoever holds the lock on them.
class Stored {
 public:
  explicit Stored(pg::Transaction& transaction) {
    transaction.run(sql::kSegmentLock);
    for (const pg::Row row : transaction.run(sql::kSegmentsAll)) {
      auto rule = rule_from_json(row.text(3));
      const auto id = row.get<SegmentId>(0);
      all_[id] = {.id = id,
                  .name = row.get<std::string>(1),
                  .rule = rule ? *std::move(rule) : Rule{AnyOf{}}};
    }
  }
  std::size_t size() const { return all_.size(); }
  Status check(const SegmentText& segment) const {
    return check_references(segment, [&](SegmentId id) {
      const auto found = all_.find(id);
      return found == all_.end() ? nullptr : &found->second;
    });
  }
  std::vector<std::string> users_of(SegmentId id) const {
    std::vector<std::string> names;
    for (const auto& [user, segment] : all_) {
      const std::vector<SegmentId> named = segments_of(segment.rule);
      if (std::ranges::find(named, id) != named.end()) {
        names.push_back('"' + segment.name + '"');
      }
    }
    return names;
  }

 private:
  std::map<SegmentId, SegmentText> all_;
};

}  // namespace

void SegmentService::read_saved() {
  const pg::Rows rows = pool_.acquire()->run(sql::kSegmentsAll);
  SavedMap fresh;
  std::map<SegmentId, SegmentText> texts;
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
    texts[id] = {.id = id, .name = segment.name, .rule = segment.rule};
    place.segment = std::move(segment);
  }
  const FindSegment find = [&](SegmentId id) {
    const auto found = texts.find(id);
    return found == texts.end() ? nullptr : &found->second;
  };
  for (auto& [id, place] : fresh) {
    auto rule = expanded(place.segment.rule, find);
    if (!rule) log_.warning("segment_unreadable", {{"segment", id.value()}});
    place.ready = rule ? *std::move(rule) : Rule{AnyOf{}};
    place.moves = is_time_relative(place.ready);
  }
  *saved = std::move(fresh);
  keep(*saved);
}

std::optional<SegmentService::ReadyRule> SegmentService::ready_rule(SegmentId id) const {
  const auto saved = saved_.lock();
  const auto found = saved->find(id);
  if (found == saved->end()) return std::nullopt;
  const Saved& one = found->second;
  return ReadyRule{.rule = one.ready, .version = one.segment.version, .moves = one.moves};
}

Result<Segment> SegmentService::create(const Draft& draft) {
  TRY(check_name(draft.name));
  TRY(check(draft.rule));
  SegmentId id;
  {
    const auto connection = pool_.acquire();
    pg::Transaction transaction(*connection);
    const Stored stored(transaction);
    if (stored.size() >= kSegmentsMax) {
      return refuse(ErrorCode::over_limit,
                    fmt::format("There are {} segments already; remove some.", kSegmentsMax));
    }
    TRY(stored.check({.id = SegmentId(), .name = draft.name, .rule = draft.rule}));
    const pg::Json rule{to_json(draft.rule)};
    const pg::Rows rows =
        transaction.run(sql::kSegmentInsert, draft.name, rule, draft.actor, clock_.now());
    if (rows.empty()) return name_taken();
    id = rows.only().get<SegmentId>(0);
    transaction.run(sql::kSegmentVersionAdd, id, 1, draft.name, rule, draft.actor, clock_.now());
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
    const Stored stored(transaction);
    TRY(stored.check({.id = edit.id, .name = new_name, .rule = new_rule}));
    if (transaction.run(sql::kSegmentNameTaken, new_name, edit.id).only().get<bool>(0)) {
      return name_taken();
    }
    const int before = edit.version.value_or(old.version);
    const pg::Json rule{to_json(new_rule)};
    const auto updated =
        transaction.run(sql::kSegmentUpdate, edit.id, before, new_name, rule, clock_.now());
    if (updated.affected() == 0) {
      return refuse(ErrorCode::conflict, "Somebody else has changed this segment; load it again.",
                    "version");
    }
    transaction.run(sql::kSegmentVersionAdd, edit.id, before + 1, new_name, rule, edit.actor,
                    clock_.now());
    const feed::Change change{.kind = ChangeKind::segment_saved,
                              .subject = feed::subject_of("segment", edit.id),
                              .actor = edit.actor,
                              .payload = fmt::format(R"({{"version":{}}})", before + 1)};
    feed::commit(transaction, {&change, 1});
  }
  read_saved();
  return get(edit.id);
}

Status SegmentService::remove(SegmentId id, const std::string& actor) {
  {
    const auto connection = pool_.acquire();
    pg::Transaction transaction(*connection);
    const Stored stored(transaction);
    if (const auto users = stored.users_of(id); !users.empty()) {
      return refuse(ErrorCode::conflict,
                    fmt::format("The rules of {} name this segment; change these first.",
                                fmt::join(users, ", ")));
    }
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
  std::optional<Saved> found;
  {
    const auto saved = saved_.lock();
    if (const auto place = saved->find(id); place != saved->end()) found = place->second;
  }
  if (!found) return no_such_segment();
  Segment& segment = found->segment;
  if (const auto kept = kept_.get(id.value())) {
    segment.totals = kept->numbers.totals();
    segment.fresh = {.position = kept->position, .age = age()};
    return std::move(segment);
  }
  const LiveElectorate::Reader electorate = live_.read();
  segment.totals = scanner_.totals(*electorate, Plan(found->ready, *electorate, clock_.now()));
  segment.fresh = {.position = electorate.position(), .age = age()};
  return std::move(segment);
}

Result<Composition> SegmentService::composition(SegmentId id) const {
  auto kept = kept_.get(id.value());
  if (!kept) {
    Rule rule;
    {
      const auto saved = saved_.lock();
      const auto place = saved->find(id);
      if (place == saved->end()) return no_such_segment();
      rule = place->second.ready;
    }
    const LiveElectorate::Reader now = live_.read();
    const Plan plan(rule, *now, clock_.now());
    kept = {.numbers = count_numbers(scanner_.crew(), *now, plan.filter()),
            .position = now.position(),
            .version = now.share()};
  }
  const Numbers& numbers = kept->numbers;
  Composition out{.totals = numbers.totals(),
                  .scores = {},
                  .parts = {},
                  .fresh = {.position = kept->position, .age = age()}};
  for (std::size_t i = 0; i < kKeptScores.size(); ++i) {
    const Numbers::Score& score = numbers.scores[i];
    Composition::Mean& mean = out.scores.emplace_back(kKeptScores[i], score.known);
    if (score.known > 0) {
      mean.mean = static_cast<double>(score.sum) / static_cast<double>(score.known);
    }
  }
  for (std::size_t i = 0; i < kKeptGroups.size(); ++i) {
    const Dictionary& texts = kept->version->category(kKeptGroups[i]).dictionary();
    Composition::Part& part = out.parts.emplace_back(kKeptGroups[i]);
    for (std::uint32_t code = 0; code < numbers.groups[i].size(); ++code) {
      const std::int64_t voters = numbers.groups[i][code];
      if (voters == 0) continue;
      part.groups.push_back({.value = texts.text(code),
                             .count = static_cast<std::uint64_t>(voters),
                             .support_mean = {}});
    }
    std::ranges::sort(part.groups, [](const Group& a, const Group& b) {
      return a.count != b.count ? a.count > b.count : a.value < b.value;
    });
  }
  return out;
}

std::vector<Segment> SegmentService::list() const {
  std::vector<Segment> segments;
  std::vector<SegmentId> fresh;  // saved a moment ago: no refresh has come to them yet
  {
    const auto saved = saved_.lock();
    for (const auto& [id, one] : *saved) {
      segments.push_back(one.segment);
      if (!one.is_counted) fresh.push_back(id);
    }
  }
  for (Segment& segment : segments) {
    segment.fresh = cached(segment.fresh);
    if (std::ranges::find(fresh, segment.id) == fresh.end()) continue;
    if (auto counted = get(segment.id)) segment = *std::move(counted);
  }
  return segments;
}

Result<std::vector<SegmentVersion>> SegmentService::versions(SegmentId id) const {
  std::vector<SegmentVersion> versions;
  for (const pg::Row row : pool_.acquire()->run(sql::kSegmentVersions, id)) {
    auto rule = rule_from_json(row.text(2));
    versions.push_back({.version = row.get<std::int32_t>(0),
                        .name = row.get<std::string>(1),
                        .rule = rule ? *std::move(rule) : Rule{AnyOf{}},
                        .saved_by = row.get<std::string>(3),
                        .saved_at = row.get<Instant>(4)});
  }
  if (versions.empty()) return no_such_segment();
  return versions;
}

std::map<SegmentId, int> SegmentService::versions_of(const Rule& rule) const {
  std::map<SegmentId, int> versions;
  const auto saved = saved_.lock();
  std::map<SegmentId, SegmentText> texts;
  const FindSegment find = [&](SegmentId id) -> const SegmentText* {
    const auto place = saved->find(id);
    if (place == saved->end()) return nullptr;
    const Segment& segment = place->second.segment;
    return &(texts[id] = {.id = id, .name = segment.name, .rule = segment.rule});
  };
  for (const SegmentId id : all_segments_of(rule, find)) {
    const auto place = saved->find(id);
    if (place != saved->end()) versions[id] = place->second.segment.version;
  }
  return versions;
}

}  // namespace hustings::segments
