#include "lists/list_service.h"

#include <algorithm>
#include <limits>
#include <unordered_set>

#include <fmt/format.h>

#include "base/text.h"
#include "lists/list_json.h"
#include "lists/sql.h"
#include "segments/rule_words.h"

namespace hustings::lists {
namespace {

constexpr std::string_view kHoldoutName = "holdout";

Status check_arms(const std::vector<ArmShare>& arms) {
  if (arms.size() > kArmsMax) {
    return refuse(ErrorCode::over_limit, fmt::format("A list has at most {} arms.", kArmsMax),
                  "arms");
  }
  int percent = 0;
  for (std::size_t i = 0; i < arms.size(); ++i) {
    const ArmShare& arm = arms[i];
    if (!segments::is_arm_name(arm.name)) {
      return invalid(std::string(segments::kArmSentence), fmt::format("arms[{}].name", i));
    }
    const bool is_taken =
        arm.name == kHoldoutName ||
        std::any_of(arms.begin(), arms.begin() + static_cast<std::ptrdiff_t>(i),
                    [&](const ArmShare& other) { return other.name == arm.name; });
    if (is_taken) {
      return invalid(fmt::format("Another arm is called \"{}\".", arm.name),
                     fmt::format("arms[{}].name", i));
    }
    if (arm.percent < 1 || arm.percent > 100) {
      return invalid("An arm has 1 to 100 percent of the treated.",
                     fmt::format("arms[{}].percent", i));
    }
    percent += arm.percent;
  }
  if (!arms.empty() && percent != 100) {
    return invalid(fmt::format("The arms' shares make {} percent, not 100.", percent), "arms");
  }
  return {};
}

Status check(const ListService::Freeze& freeze) {
  if (freeze.name.empty() || freeze.name.size() > kListNameBytesMax || !is_utf8(freeze.name) ||
      trim(freeze.name) != freeze.name) {
    return invalid(fmt::format("A list's name has 1 to {} bytes, without blanks at its ends.",
                               kListNameBytesMax),
                   "name");
  }
  const DrawWish& draw = freeze.draw;
  if (draw.holdout_percent < 0 || draw.holdout_percent > kHoldoutPercentMax) {
    return invalid(fmt::format("The hold-out is 0 to {} percent.", kHoldoutPercentMax),
                   "holdout_percent");
  }
  if (draw.size_max && (*draw.size_max < 1 || *draw.size_max > kListSizeMax)) {
    return invalid(fmt::format("A list has 1 to {} voters.", with_thousands(kListSizeMax)),
                   "size_max");
  }
  if (draw.top_by && !draw.size_max) {
    return invalid("The highest scores of how many? Give size_max too.", "size_max");
  }
  if (freeze.seed && *freeze.seed < 0) return invalid("A seed is not negative.", "seed");
  if (draw.sample) {
    const bool is_alone = draw.holdout_percent == 0 && draw.arms.empty() && !draw.size_max &&
                          !draw.one_per_household && !draw.top_by;
    if (!is_alone) {
      return invalid(
          "A sample is drawn by itself: without hold-out, arms, size_max, top_by and "
          "one_per_household.",
          "sample");
    }
    TRY(check_sample(*draw.sample, draw.stratify_by));
  }
  return check_arms(draw.arms);
}

Result<segments::MemberWish> wish_of(const DrawWish& draw) {
  segments::MemberWish wish{.strata = {}, .score = draw.top_by};
  for (const std::string& name : draw.stratify_by) {
    const auto field = segments::field_from(name);
    if (!field) return invalid(segments::unknown_field(name), "stratify_by");
    wish.strata.push_back(*field);
  }
  if (!draw.sample) return wish;
  if (!draw.sample->size_by.empty()) wish.score = draw.sample->size_by;
  const std::string& cluster = draw.sample->cluster_by;
  if (cluster.empty() || cluster == kByHousehold) return wish;
  const auto field = segments::field_from(cluster);
  if (!field) return invalid(segments::unknown_field(cluster), "sample.cluster_by");
  wish.strata.push_back(*field);
  return wish;
}

/// A seed for who gave none: any will do, it is kept with the list.
std::int64_t made_up_seed(Instant now) {
  const auto ticks = static_cast<std::uint64_t>(now.time_since_epoch().count());
  return static_cast<std::int64_t>(mix64(ticks) >> 24);  // 40 bits: exact in every JSON reader
}

struct Sums {
  std::int64_t households = 0;
  std::int64_t with_phone = 0;
  std::vector<std::int64_t> by_arm;
};

Sums sums_of(const std::vector<Drawn>& drawn, std::size_t arms) {
  Sums sums;
  sums.by_arm.resize(arms);
  std::unordered_set<std::int64_t> households;
  households.reserve(drawn.size());
  for (const Drawn& one : drawn) {
    households.insert(one.household);
    sums.with_phone += one.has_phone ? 1 : 0;
    ++sums.by_arm[one.arm];
  }
  sums.households = static_cast<std::int64_t>(households.size());
  return sums;
}

/// The names of the arms by their number.
std::vector<std::string> arm_names(const DrawWish& draw) {
  std::vector<std::string> names = {std::string(kHoldoutName)};
  for (const ArmShare& arm : draw.arms)
    names.push_back(arm.name);
  if (draw.arms.empty()) names.emplace_back("treatment");
  return names;
}

/// What is written to a new list: its members, and if it is a sample, the chances that they had.
struct Draw {
  std::vector<Drawn> members;
  std::vector<Sampled> chances;  ///< of a sample: one for each member
  std::optional<std::int64_t> frame;
};

Result<Draw> draw_of(const segments::Members& members, const DrawWish& wish, std::uint64_t seed) {
  if (!wish.sample) {
    return Draw{.members = draw(members, {.seed = seed,
                                          .holdout_percent = wish.holdout_percent,
                                          .arms = wish.arms,
                                          .is_stratified = !wish.stratify_by.empty(),
                                          .one_per_household = wish.one_per_household,
                                          .is_top = wish.top_by.has_value(),
                                          .size_max = wish.size_max}),
                .chances = {},
                .frame = std::nullopt};
  }
  Sample sample = TRY(draw_sample(members, *wish.sample, seed));
  Draw out{.members = {}, .chances = std::move(sample.members), .frame = sample.frame};
  for (const Sampled& one : out.chances) {
    const segments::Member& member = members.members[one.member];
    out.members.push_back(
        {.voter = member.voter, .household = member.household, .has_phone = member.has_phone});
  }
  return out;
}

void write_members(pg::Connection& connection, ListId list, const Draw& drawn) {
  constexpr std::size_t kPiece = 64 * 1024;
  auto copy = connection.copy_in(sql::kCopyMembers);
  std::string piece;
  std::int64_t ordinal = 0;
  for (std::size_t i = 0; i < drawn.members.size(); ++i) {
    const Drawn& one = drawn.members[i];
    fmt::format_to(std::back_inserter(piece), "{}\t{}\t{}\t{}\t{}\t", list.value(),
                   bucket_of(one.voter), one.voter.value(), ++ordinal, one.arm);
    if (drawn.chances.empty()) {
      piece += "\\N\t\\N\t\\N\t\\N\n";
    } else {
      const Sampled& chance = drawn.chances[i];
      fmt::format_to(std::back_inserter(piece), "{}\t{}\t{}\t{}\n", chance.probability,
                     chance.stratum, chance.cluster, chance.cluster_probability);
    }
    if (piece.size() < kPiece) continue;
    copy.write(piece);
    piece.clear();
  }
  if (!piece.empty()) copy.write(piece);
  copy.finish();
}

List list_of(const pg::Row& row) {
  auto rule = segments::rule_from_json(row.text(5));
  return {.id = row.get<ListId>(0),
          .name = row.get<std::string>(1),
          .segment = row.get<std::optional<SegmentId>>(2),
          .segment_name = row.get<std::optional<std::string>>(3).value_or(""),
          .segment_version = row.get<std::optional<std::int32_t>>(4).value_or(0),
          .rule = rule ? *std::move(rule) : segments::Rule{},
          .position = row.get<feed::Position>(6),
          .seed = row.get<std::int64_t>(7),
          .size = row.get<std::int64_t>(8),
          .households = row.get<std::int64_t>(9),
          .with_phone = row.get<std::int64_t>(10),
          .draw = draw_from_json(row.text(12), row.get<std::optional<std::int64_t>>(11)),
          .arms = row.get<std::vector<std::string>>(13),
          .arm_sizes = row.get<std::vector<std::int64_t>>(14),
          .holdout = row.get<std::int64_t>(15),
          .versions = versions_from_json(row.text(16)),
          .created_by = row.get<std::string>(17),
          .created_at = row.get<Instant>(18),
          .erased = row.get<std::int64_t>(19),
          .joined = row.get<std::int64_t>(20),
          .frame = row.get<std::optional<std::int64_t>>(21)};
}

}  // namespace

ListService::ListService(pg::Pool& pool, segments::SegmentService& segments, const Clock& clock,
                         Log& log)
    : pool_(pool), segments_(segments), clock_(clock), log_(log) {}

/// What was acknowledged before this call must be in the list: a suppression above all.
Status ListService::catch_up() const {
  constexpr std::chrono::seconds kWait{10};
  const feed::Position head = feed::head(*pool_.acquire());
  if (segments_.wait_until(head, kWait)) return {};
  return refuse(ErrorCode::unavailable,
                "The segments are behind the latest changes; try again in a moment.");
}

Result<List> ListService::freeze(const Freeze& freeze) {
  TRY(check(freeze));
  const segments::MemberWish wish = TRY(wish_of(freeze.draw));
  TRY(catch_up());
  const segments::Segment segment = TRY(segments_.get(freeze.segment));
  std::map<SegmentId, int> versions = segments_.versions_of(segment.rule);
  versions[segment.id] = segment.version;
  const segments::Members members = TRY(segments_.match(segment.rule, wish));
  const std::int64_t seed = freeze.seed.value_or(made_up_seed(clock_.now()));
  const Draw drawn = TRY(draw_of(members, freeze.draw, static_cast<std::uint64_t>(seed)));
  const std::size_t size = drawn.members.size();
  if (size == 0) {
    return invalid("Nobody of this segment can be put on a list; widen the segment.", "segment");
  }
  if (size > static_cast<std::size_t>(kListSizeMax)) {
    return refuse(ErrorCode::over_limit,
                  fmt::format("A list has at most {} voters; give a size or narrow the segment.",
                              with_thousands(kListSizeMax)),
                  "size_max");
  }
  const std::vector<std::string> arms = arm_names(freeze.draw);
  const Sums sums = sums_of(drawn.members, arms.size());
  ListId id;
  {
    const auto connection = pool_.acquire();
    pg::Transaction transaction(*connection);
    id = transaction
             .run(sql::kListInsert, freeze.name, segment.id, segment.version,
                  pg::Json{segments::to_json(segment.rule)}, members.position, seed, size,
                  sums.households, sums.with_phone, freeze.draw.size_max,
                  freeze.draw.holdout_percent, sums.by_arm[kHoldout], freeze.actor, clock_.now(),
                  pg::Json{draw_json(freeze.draw)}, arms, sums.by_arm,
                  pg::Json{versions_json(versions)}, drawn.frame)
             .only()
             .get<ListId>(0);
    write_members(*connection, id, drawn);
    const feed::Change change{
        .kind = ChangeKind::list_frozen,
        .subject = feed::subject_of("list", id),
        .actor = freeze.actor,
        .payload = fmt::format(R"({{"segment":{},"size":{}}})", segment.id.value(), size)};
    feed::commit(transaction, {&change, 1});
  }
  log_.info("list_frozen", {{"list", id.value()}, {"size", size}, {"position", members.position}});
  return get(id);
}

Result<List> ListService::renew(ListId id, const std::string& name, const std::string& actor) {
  const List old = TRY(get(id));
  if (!old.segment) return invalid("This list was not frozen from a segment.", "id");
  return freeze(
      {.name = name, .segment = *old.segment, .draw = old.draw, .seed = old.seed, .actor = actor});
}

Result<List> ListService::get(ListId id) const {
  const auto rows = pool_.acquire()->run(sql::kListById, id);
  if (rows.empty()) return refuse(ErrorCode::not_found, "There is no such list.");
  return list_of(rows[0]);
}

std::vector<List> ListService::page(std::optional<ListId> before, int limit) const {
  const ListId from = before.value_or(ListId(std::numeric_limits<std::int64_t>::max()));
  const auto rows = pool_.acquire()->run(sql::kListPage, from, limit);
  std::vector<List> lists;
  for (const pg::Row row : rows)
    lists.push_back(list_of(row));
  return lists;
}

std::int64_t ListService::count() const {
  return pool_.acquire()->run(sql::kListCount).only().get<std::int64_t>(0);
}

Result<SampleFigures> ListService::sample_figures(ListId id) const {
  TRY(sampled(id));
  const auto rows = pool_.acquire()->run(sql::kSampleFigures, id);
  const pg::Row row = rows.only();
  return SampleFigures{.voters = row.get<std::int64_t>(0),
                       .strata = row.get<std::int64_t>(1),
                       .clusters = row.get<std::int64_t>(2),
                       .weight_sum = row.get<double>(3),
                       .weight_least = row.get<double>(4),
                       .weight_most = row.get<double>(5),
                       .design_effect = row.get<double>(6)};
}

Result<std::vector<SampleMember>> ListService::sample_members(ListId id) const {
  TRY(sampled(id));
  std::vector<SampleMember> members;
  for (const pg::Row row : pool_.acquire()->run(sql::kSampleMembers, id)) {
    members.push_back({.voter = row.get<VoterId>(0),
                       .probability = row.get<double>(1),
                       .stratum = row.get<std::int32_t>(2),
                       .cluster = row.get<std::int32_t>(3)});
  }
  return members;
}

Status ListService::sampled(ListId id) const {
  const List list = TRY(get(id));
  if (list.draw.sample) return {};
  return invalid("This list is no sample: its members were not drawn with known chances.", "id");
}

}  // namespace hustings::lists
