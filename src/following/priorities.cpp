#include "following/priorities.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "following/membership.h"
#include "segments/plan.h"
#include "segments/score_of.h"

namespace hustings::following {

using phonebank::OrderStep;
using segments::Row;

namespace {

constexpr int kTen = 10;

/// 0 to 9; who has no known score comes last either way.
int level_of_score(std::optional<int> score, bool lowest_first) {
  if (!score) return 0;
  const int tens = std::clamp(*score / kTen, 0, kTen - 1);
  return lowest_first ? kTen - 1 - tens : tens;
}

}  // namespace

/// The steps asked of one version of the columns.
class Priorities::Levels {
 public:
  using OfRow = std::function<int(Row)>;

  explicit Levels(segments::LiveElectorate::Reader version) : version_(std::move(version)) {}
  const segments::Electorate& electorate() const { return *version_; }
  void add(OfRow level) { levels_.push_back(std::move(level)); }
  int weight_of(std::span<const OrderStep> steps, VoterId voter) const {
    const Row row = version_->find(voter);
    if (row == segments::Electorate::kNoRow) return 0;
    std::vector<int> levels;
    for (const OfRow& level : levels_)
      levels.push_back(level(row));
    return phonebank::weight_of(steps, levels);
  }

 private:
  segments::LiveElectorate::Reader version_;  ///< first: the rest is of it
  std::vector<OfRow> levels_;
};

Result<Priorities::Levels> Priorities::levels_of(std::span<const OrderStep> steps) const {
  TRY(phonebank::check_order(steps));
  Levels levels(segments_.read());
  const segments::Electorate& electorate = levels.electorate();
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const OrderStep& step = steps[i];
    const std::string where = fmt::format("steps[{}]", i);
    if (step.segment) {
      const auto rule = segments_.ready_rule(*step.segment);
      if (!rule) return invalid("This segment does not exist any more.", where + ".segment");
      const segments::Plan plan(rule->rule, electorate, clock_.now());
      levels.add([bits = bits_of(electorate, plan.filter())](Row row) {
        return static_cast<int>((bits[row / 64] >> (row % 64)) & 1);
      });
    } else if (step.list) {
      const auto list = lists_.get(*step.list);
      if (!list) return invalid("There is no such list.", where + ".list");
      const auto arm = std::ranges::find(list->arms, step.arm);
      if (!step.arm.empty() && (arm == list->arms.begin() || arm == list->arms.end())) {
        return invalid("Name an arm of this list that is called, or none.", where + ".arm");
      }
      const auto number = static_cast<std::uint32_t>(arm - list->arms.begin());
      const bool is_any = step.arm.empty();
      const segments::Column* members = electorate.history().members(*step.list);
      levels.add([members, number, is_any](Row row) {
        const std::uint32_t code = members == nullptr ? 0 : members->get(row);  // 1 + the arm
        return static_cast<int>(is_any ? code > 1 : code == number + 1);
      });
    } else {
      const auto score = TRY(segments::ScoreOf::named(step.score, electorate, where + ".score"));
      levels.add([score, lowest = step.lowest_first](Row row) {
        return level_of_score(score.of(row), lowest);
      });
    }
  }
  return levels;
}

Status Priorities::check(std::span<const OrderStep> steps) const {
  TRY(levels_of(steps));
  return {};
}

Status Priorities::set(PhonebankId id, const Steps& steps, const std::string& actor,
                       Deadline deadline) {
  const Levels levels = TRY(levels_of(steps));
  TRY(phonebanks_.orders().save(id, steps, actor, deadline));
  reckon(id, steps, levels);
  return {};
}

void Priorities::reckon(PhonebankId id, const Steps& steps, const Levels& levels) {
  phonebank::LineOrders& orders = phonebanks_.orders();
  PhoneNumber after = 0;
  for (;;) {
    const auto targets = orders.targets(id, after);
    if (targets.empty()) break;
    after = targets.back().number;
    std::vector<phonebank::LineOrders::Weight> weights;
    for (const auto& target : targets) {  // of a line's voters the first to be called counts
      const int weight = levels.weight_of(steps, target.voter);
      if (weights.empty() || weights.back().number != target.number) {
        weights.push_back({.number = target.number, .weight = weight});
      } else {
        weights.back().weight = std::max(weights.back().weight, weight);
      }
    }
    orders.set_weights(id, weights);
  }
  orders.note_reckoned(id);
}

void Priorities::reckon_all() {
  for (const auto& wished : phonebanks_.orders().wished()) {
    const auto levels = levels_of(wished.steps);
    if (levels) {
      reckon(wished.id, wished.steps, *levels);
    } else {
      log_.warning("priorities_stay",
                   {{"phonebank", wished.id.value()}, {"reason", levels.error().sentence}});
    }
  }
}

void Priorities::start() {
  thread_ = std::make_unique<Periodic>(kEvery, [this] {
    try {
      reckon_all();
    } catch (const Failure& failure) {
      log_.warning("priorities_failed", {{"reason", failure.what()}});
    }
  });
}

}  // namespace hustings::following
