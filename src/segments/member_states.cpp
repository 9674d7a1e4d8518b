#include <algorithm>

#include <fmt/format.h>

#include "segments/score_of.h"
#include "segments/segment_service.h"

namespace hustings::segments {
namespace {

/// Numbers the combinations of values that come up.
class Strata {
 public:
  Strata(const std::vector<Field>& fields, const Electorate& electorate) {
    for (const Field field : fields)
      columns_.push_back(&electorate.category(field));
  }
  std::uint32_t of(Row row) {
    std::vector<std::uint32_t> codes;
    for (const CategoryColumn* column : columns_)
      codes.push_back(column->code(row));
    return numbers_.try_emplace(codes, static_cast<std::uint32_t>(numbers_.size())).first->second;
  }
  std::vector<std::vector<std::string>> texts() const {
    std::vector<std::vector<std::string>> all(numbers_.size());
    for (const auto& [codes, number] : numbers_) {
      for (std::size_t i = 0; i < codes.size(); ++i)
        all[number].push_back(columns_[i]->dictionary().text(codes[i]));
    }
    return all;
  }
  std::size_t size() const { return numbers_.size(); }

 private:
  std::vector<const CategoryColumn*> columns_;
  std::map<std::vector<std::uint32_t>, std::uint32_t> numbers_;
};

Status check(const MemberWish& wish) {
  if (wish.strata.size() > kStrataFieldsMax) {
    return invalid(fmt::format("Give at most {} fields to stratify by.", kStrataFieldsMax),
                   "stratify_by");
  }
  for (const Field field : wish.strata) {
    if (info(field).kind == FieldKind::category) continue;
    return invalid(
        fmt::format("Strata go by categories such as \"county\", not by \"{}\".", name(field)),
        "stratify_by");
  }
  return {};
}

Member member_at(const Electorate& electorate, Row row) {
  return {.voter = electorate.voter(row),
          .household = electorate.household(row),
          .has_phone = electorate.flag(Field::has_phone).test(row),
          .is_protected = electorate.flag(Field::is_protected).test(row),
          .is_suppressed = electorate.flag(Field::suppressed).test(row)};
}

}  // namespace

Result<Members> SegmentService::match(const Rule& rule, const MemberWish& wish) const {
  TRY(segments::check(wish));
  const Rule wanted = TRY(ready(rule));
  const LiveElectorate::Reader electorate = live_.read();
  std::optional<ScoreOf> score;
  if (wish.score) score = TRY(ScoreOf::named(*wish.score, *electorate, "top_by"));
  Strata strata(wish.strata, *electorate);
  Members found{.position = electorate.position(), .members = {}, .strata = {}};
  const std::vector<Row> rows = scanner_.rows(*electorate, Plan(wanted, *electorate, clock_.now()));
  found.members.reserve(rows.size());
  for (const Row row : rows) {
    Member& member = found.members.emplace_back(member_at(*electorate, row));
    if (score) member.score = score->of(row);
    if (wish.strata.empty()) continue;
    member.stratum = strata.of(row);
    if (strata.size() > kStrataMax) {
      return refuse(
          ErrorCode::over_limit,
          fmt::format("These fields make more than {} strata; take coarser ones.", kStrataMax),
          "stratify_by");
    }
  }
  found.strata = strata.texts();
  return found;
}

Result<SegmentService::States> SegmentService::states(const Rule& rule,
                                                      const std::vector<VoterId>& voters) const {
  const Rule wanted = TRY(ready(rule));
  const LiveElectorate::Reader electorate = live_.read();
  const Plan plan(wanted, *electorate, clock_.now());
  States found{.position = electorate.position(), .states = {}};
  found.states.resize(voters.size());
  std::vector<std::pair<Row, std::size_t>> order;
  for (std::size_t i = 0; i < voters.size(); ++i) {
    const Row row = electorate->find(voters[i]);
    if (row == Electorate::kNoRow) continue;
    order.emplace_back(row, i);
    found.states[i] = {.is_known = true,
                       .is_protected = electorate->flag(Field::is_protected).test(row),
                       .is_suppressed = electorate->flag(Field::suppressed).test(row),
                       .matches = false};
  }
  std::ranges::sort(order);
  BlockBits bits;
  std::size_t block = static_cast<std::size_t>(-1);
  bool has_any = false;
  for (const auto& [row, i] : order) {
    if (row / kBlockRows != block) {
      block = row / kBlockRows;
      has_any = plan.matches(block, bits);
    }
    const std::size_t place = row % kBlockRows;
    found.states[i].matches = has_any && ((bits[place / 64] >> (place % 64)) & 1) != 0;
  }
  return found;
}

}  // namespace hustings::segments
