#include "segments/plan.h"

#include <algorithm>
#include <limits>
#include <map>

#include "segments/birth.h"
#include "segments/kernels.h"

namespace hustings::segments {
namespace {

/// From here on a table of codes is faster than comparing with each run of them.
constexpr std::size_t kRunsMax = 24;

std::chrono::year_month_day day_of(Instant now) {
  return std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(now));
}

std::int64_t seconds_of(Instant at) {
  return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

std::string iso_day(Instant now) { return to_iso(now).substr(0, 10); }

}  // namespace

/// Turns rules into nodes.
struct Plan::Compiler {
  const Electorate& electorate;
  Instant now;

  Node compile(const Rule& rule) const {
    return std::visit([&](const auto& node) { return compile(node); }, rule.node);
  }
  std::vector<Node> compile(const std::vector<Rule>& rules) const {
    std::vector<Node> nodes;
    for (const Rule& rule : rules)
      nodes.push_back(compile(rule));
    return nodes;
  }
  Node compile(const AllOf& all) const { return {All{compile(all.rules)}}; }
  Node compile(const AnyOf& any) const { return {Any{compile(any.rules)}}; }
  Node compile(const NoneOf& none) const { return {None{compile(none.rules)}}; }
  static Node negated_if(bool is_not, Node node) {
    if (!is_not) return node;
    None none;
    none.nodes.push_back(std::move(node));
    return {std::move(none)};
  }

  Node compile(const ValueIn& in) const {
    if (in.field == Field::voted) return negated_if(in.is_not, elections(in.values));
    const CategoryColumn& column = electorate.category(in.field);
    std::vector<std::uint32_t> codes;
    for (const std::string& value : in.values) {
      const std::uint32_t code = column.dictionary().find(value);
      if (code != Dictionary::kUnknown) codes.push_back(code);
    }
    return negated_if(in.is_not, code_set(column, std::move(codes)));
  }

  static Node code_set(const CategoryColumn& column, std::vector<std::uint32_t> codes) {
    std::ranges::sort(codes);
    Codes leaf{.codes = &column.codes(), .runs = {}, .accept = {}};
    for (const std::uint32_t code : codes) {
      if (!leaf.runs.empty() && leaf.runs.back().second + 1 >= code) {
        leaf.runs.back().second = code;
      } else {
        leaf.runs.emplace_back(code, code);
      }
    }
    if (leaf.runs.empty()) return {Constant{false}};
    if (leaf.runs.size() > kRunsMax) {
      leaf.accept.resize(column.dictionary().size());
      for (const std::uint32_t code : codes)
        leaf.accept[code] = 1;
    }
    return {std::move(leaf)};
  }

  Node elections(const std::vector<std::string>& labels) const {
    AnyBit leaf;
    for (const Electorate::ElectionColumn* election : electorate.elections()) {
      if (std::ranges::find(labels, election->info.label()) != labels.end()) {
        leaf.bitmaps.push_back(&election->voted);
      }
    }
    return {std::move(leaf)};
  }

  Node compile(const ChoiceIn& in) const {
    const Electorate::QuestionColumn* question = electorate.question(in.question);
    if (question == nullptr) return {Constant{in.is_not}};
    Any any;
    for (const int choice : in.choices) {
      const auto code = static_cast<std::uint8_t>(choice);
      any.nodes.push_back({Range<std::uint8_t>{&question->choices, code, code}});
    }
    return negated_if(in.is_not, {std::move(any)});
  }

  Node compile(const NumberIs& number) const {
    const std::int64_t least = number.least.value_or(info(number.field).least);
    const std::int64_t most = number.most.value_or(std::numeric_limits<std::int32_t>::max());
    if (number.field == Field::age) return ages(least, most);
    if (number.of_last) return votes_of_last(*number.of_last, least, most);
    const bool is_count =
        number.field == Field::contact_count || number.field == Field::votes_count;
    const std::int64_t end = is_count ? kCountStop : 100;  // 255 in a score means unknown
    return {Range<std::uint8_t>{&electorate.number(number.field), static_cast<std::uint8_t>(least),
                                static_cast<std::uint8_t>(std::min(most, end))}};
  }

  Node ages(std::int64_t least, std::int64_t most) const {
    const birth::Range births =
        birth::of_ages(least, std::min<std::int64_t>(most, 1000), day_of(now));
    if (births.is_empty()) return {Constant{false}};
    return {Range<std::uint16_t>{&electorate.born(), births.lo, births.hi}};
  }

  Node votes_of_last(int elections_max, std::int64_t least, std::int64_t most) const {
    const CategoryColumn& states = electorate.category(Field::state);
    VotesOfLast leaf{.states = &states.codes(), .by_state = {}, .least = least, .most = most};
    std::map<std::string_view, std::vector<const Bitmap*>> by_state;
    const std::string today = iso_day(now);
    for (const Electorate::ElectionColumn* election : electorate.elections()) {
      std::vector<const Bitmap*>& own = by_state[election->info.state];
      const bool is_held = election->info.held_on <= today;
      if (is_held && own.size() < static_cast<std::size_t>(elections_max)) {
        own.push_back(&election->voted);
      }
    }
    for (std::uint32_t code = 0; code < states.dictionary().size(); ++code) {
      leaf.by_state.push_back({code, by_state[states.dictionary().text(code)]});
    }
    return {std::move(leaf)};
  }

  Node compile(const FlagIs& flag) const {
    return negated_if(!flag.value, {AnyBit{{&electorate.flag(flag.field)}}});
  }

  Node compile(const TimeIs& time) const {
    std::int64_t lo = 1;  // 0: never
    std::int64_t hi = std::numeric_limits<std::uint32_t>::max();
    if (time.least) lo = std::max(lo, seconds_of(*time.least));
    if (time.most) hi = std::min(hi, seconds_of(*time.most));
    if (time.within_days)
      lo = std::max(lo, seconds_of(now) - *time.within_days * std::int64_t{86'400});
    if (lo > hi) return {Constant{false}};
    return {Range<std::uint32_t>{&electorate.last_contacted(), static_cast<std::uint32_t>(lo),
                                 static_cast<std::uint32_t>(hi)}};
  }
};

Plan::Plan(const Rule& rule, const Electorate& electorate, Instant now, bool use_zones)
    : rows_(electorate.rows()),
      use_zones_(use_zones),
      root_(Compiler{electorate, now}.compile(rule)) {}

bool Plan::matches(std::size_t block, BlockBits& bits) const {
  const Outcome outcome = match(block, bits);
  if (outcome == Outcome::none) return false;
  if (outcome == Outcome::all) bits.fill(~std::uint64_t{0});
  const std::size_t left = rows_ - block * kBlockRows;
  if (left < kBlockRows) {
    if (left % 64 != 0) bits[left / 64] &= (std::uint64_t{1} << (left % 64)) - 1;
    for (std::size_t word = (left + 63) / 64; word < kBlockWords; ++word)
      bits[word] = 0;
  }
  return std::ranges::any_of(bits, [](std::uint64_t word) { return word != 0; });
}

Plan::Outcome Plan::match_node(const Node& node, std::size_t block, BlockBits& bits) const {
  return std::visit([&](const auto& what) { return evaluate(what, block, bits); }, node.what);
}

Plan::Outcome Plan::evaluate(const Constant& leaf, std::size_t, BlockBits&) const {
  return leaf.value ? Outcome::all : Outcome::none;
}

template <class T>
Plan::Outcome Plan::evaluate(const Range<T>& leaf, std::size_t block, BlockBits& bits) const {
  if (use_zones_) {
    const auto zone = leaf.column->zone(block);
    if (zone.most < leaf.lo || zone.least > leaf.hi) return Outcome::none;
    if (zone.least >= leaf.lo && zone.most <= leaf.hi) return Outcome::all;
  }
  kernels::match_range(leaf.column->block(block), leaf.lo, leaf.hi, bits.data());
  return Outcome::some;
}

template <class T>
Plan::Outcome Plan::match_codes(const Codes& leaf, const Column<T>& column, std::size_t block,
                                BlockBits& bits) const {
  const auto zone = column.zone(block);
  if (!leaf.accept.empty()) {
    if (use_zones_ && zone.least == zone.most) {
      return leaf.accept[zone.least] != 0 ? Outcome::all : Outcome::none;
    }
    kernels::match_table(column.block(block), leaf.accept.data(), bits.data());
    return Outcome::some;
  }
  bool is_empty = true;
  BlockBits more;
  for (const auto& [lo, hi] : leaf.runs) {
    if (use_zones_) {
      if (zone.most < lo || zone.least > hi) continue;
      if (zone.least >= lo && zone.most <= hi) return Outcome::all;
    }
    BlockBits& out = is_empty ? bits : more;
    kernels::match_range(column.block(block), static_cast<T>(lo), static_cast<T>(hi), out.data());
    if (!is_empty) kernels::or_into(bits.data(), more.data());
    is_empty = false;
  }
  return is_empty ? Outcome::none : Outcome::some;
}

Plan::Outcome Plan::evaluate(const Codes& leaf, std::size_t block, BlockBits& bits) const {
  return std::visit([&](const auto& column) { return match_codes(leaf, column, block, bits); },
                    *leaf.codes);
}

Plan::Outcome Plan::evaluate(const AnyBit& leaf, std::size_t block, BlockBits& bits) const {
  if (leaf.bitmaps.empty()) return Outcome::none;
  std::copy_n(leaf.bitmaps.front()->block(block), kBlockWords, bits.begin());
  for (std::size_t i = 1; i < leaf.bitmaps.size(); ++i) {
    kernels::or_into(bits.data(), leaf.bitmaps[i]->block(block));
  }
  return Outcome::some;
}

Plan::Outcome Plan::evaluate(const VotesOfLast& leaf, std::size_t block, BlockBits& bits) const {
  bits.fill(0);
  for (const VotesOfLast::State& state : leaf.by_state) {
    const Codes own{.codes = leaf.states, .runs = {{state.code, state.code}}, .accept = {}};
    BlockBits in_state;
    const Outcome outcome = evaluate(own, block, in_state);
    if (outcome == Outcome::none) continue;
    if (outcome == Outcome::all) in_state.fill(~std::uint64_t{0});
    for (std::size_t word = 0; word < kBlockWords; ++word) {
      for (std::uint64_t rest = in_state[word]; rest != 0; rest &= rest - 1) {
        const std::uint64_t bit = rest & -rest;
        std::int64_t votes = 0;
        for (const Bitmap* election : state.elections) {
          votes += (election->block(block)[word] & bit) != 0 ? 1 : 0;
        }
        if (votes >= leaf.least && votes <= leaf.most) bits[word] |= bit;
      }
    }
  }
  return Outcome::some;
}

Plan::Outcome Plan::evaluate(const All& node, std::size_t block, BlockBits& bits) const {
  Outcome outcome = Outcome::all;
  BlockBits more;
  for (const Node& inner : node.nodes) {
    const Outcome one = match_node(inner, block, outcome == Outcome::all ? bits : more);
    if (one == Outcome::none) return Outcome::none;
    if (one == Outcome::all) continue;
    if (outcome == Outcome::some) kernels::and_into(bits.data(), more.data());
    outcome = Outcome::some;
    const bool is_empty = std::ranges::all_of(bits, [](std::uint64_t word) { return word == 0; });
    if (is_empty) return Outcome::none;
  }
  return outcome;
}

Plan::Outcome Plan::evaluate(const Any& node, std::size_t block, BlockBits& bits) const {
  Outcome outcome = Outcome::none;
  BlockBits more;
  for (const Node& inner : node.nodes) {
    const Outcome one = match_node(inner, block, outcome == Outcome::none ? bits : more);
    if (one == Outcome::all) return Outcome::all;
    if (one == Outcome::none) continue;
    if (outcome == Outcome::some) kernels::or_into(bits.data(), more.data());
    outcome = Outcome::some;
  }
  return outcome;
}

Plan::Outcome Plan::evaluate(const None& node, std::size_t block, BlockBits& bits) const {
  const Outcome outcome = match_node(node.nodes.front(), block, bits);
  if (outcome == Outcome::none) return Outcome::all;
  if (outcome == Outcome::all) return Outcome::none;
  kernels::invert(bits.data());
  return Outcome::some;
}

}  // namespace hustings::segments
