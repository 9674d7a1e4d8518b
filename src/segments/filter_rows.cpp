#include <algorithm>

#include "segments/event_test.h"
#include "segments/filter.h"

namespace hustings::segments {
namespace {

using Ranges = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

constexpr std::uint32_t kMost = ~std::uint32_t{0};

bool is_in(const Ranges& ranges, std::uint32_t value) {
  return std::ranges::any_of(
      ranges, [&](const auto& run) { return run.first <= value && value <= run.second; });
}

/// Ascending, with a gap between each two.
Ranges joined(Ranges ranges) {
  std::ranges::sort(ranges);
  Ranges out;
  for (const auto& [lo, hi] : ranges) {
    if (!out.empty() && (out.back().second == kMost || lo <= out.back().second + 1)) {
      out.back().second = std::max(out.back().second, hi);
    } else {
      out.emplace_back(lo, hi);
    }
  }
  return out;
}

Ranges complement(const Ranges& ranges) {
  Ranges out;
  std::uint32_t next = 0;
  for (const auto& [lo, hi] : ranges) {
    if (lo > next) out.emplace_back(next, lo - 1);
    if (hi == kMost) return out;
    next = hi + 1;
  }
  out.emplace_back(next, kMost);
  return out;
}

Ranges intersection(const Ranges& a, const Ranges& b) {
  Ranges out;
  for (const auto& [a_lo, a_hi] : a) {
    for (const auto& [b_lo, b_hi] : b) {
      const std::uint32_t lo = std::max(a_lo, b_lo);
      const std::uint32_t hi = std::min(a_hi, b_hi);
      if (lo <= hi) out.emplace_back(lo, hi);
    }
  }
  return joined(std::move(out));
}

}  // namespace

/// Evaluates nodes on one row.
struct Filter::OneRow {
  Row row;

  bool holds(const Node& node) const {
    return std::visit([&](const auto& what) { return evaluate(what); }, node.what);
  }
  bool evaluate(const Constant& leaf) const { return leaf.value; }
  bool evaluate(const Range& leaf) const {
    const std::uint32_t value = leaf.column.get(row);
    return leaf.lo <= value && value <= leaf.hi;
  }
  bool evaluate(const Values& leaf) const { return is_in(leaf.runs, leaf.column.get(row)); }
  bool evaluate(const HowMany& leaf) const {
    const auto count =
        std::ranges::count_if(leaf.columns, [&](const Column& column) { return column.test(row); });
    return count >= leaf.bounds.least && count <= leaf.bounds.most;
  }
  bool evaluate(const Events& leaf) const { return leaf.test->holds(row); }
  bool evaluate(const All& node) const {
    return std::ranges::all_of(node.nodes, [&](const Node& inner) { return holds(inner); });
  }
  bool evaluate(const Any& node) const {
    return std::ranges::any_of(node.nodes, [&](const Node& inner) { return holds(inner); });
  }
  bool evaluate(const Not& node) const { return !holds(node.nodes.front()); }
};

bool Filter::holds(Row row) const { return OneRow{row}.holds(root_); }

/// Nodes, or their negations, as conjunctions.
struct Filter::Conjunctions {
  struct Conjunction {
    bool is_never = false;
    std::vector<Accepted> all;
  };
  using Answer = std::optional<Conjunction>;

  static Answer of(const Node& node, bool is_negated) {
    return std::visit([&](const auto& what) { return make(what, is_negated); }, node.what);
  }
  static Answer make(const Constant& leaf, bool is_negated) {
    return Conjunction{.is_never = leaf.value == is_negated, .all = {}};
  }
  static Answer one(const Column& column, Ranges ranges, bool is_negated) {
    if (is_negated) ranges = complement(ranges);
    return Conjunction{.is_never = ranges.empty(), .all = {{column, std::move(ranges)}}};
  }
  static Answer make(const Range& leaf, bool is_negated) {
    return one(leaf.column, {{leaf.lo, leaf.hi}}, is_negated);
  }
  static Answer make(const Values& leaf, bool is_negated) {
    return one(leaf.column, leaf.runs, is_negated);
  }
  static Answer make(const HowMany&, bool) { return std::nullopt; }
  static Answer make(const Events&, bool) { return std::nullopt; }
  static Answer make(const All& node, bool is_negated) {
    return is_negated ? any_of(node.nodes, true) : all_of(node.nodes, false);
  }
  static Answer make(const Any& node, bool is_negated) {
    return is_negated ? all_of(node.nodes, true) : any_of(node.nodes, false);
  }
  static Answer make(const Not& node, bool is_negated) {
    return of(node.nodes.front(), !is_negated);
  }

  static Answer all_of(const std::vector<Node>& nodes, bool is_negated) {
    Conjunction out;
    for (const Node& node : nodes) {
      Answer inner = of(node, is_negated);
      if (!inner) return std::nullopt;
      out.is_never |= inner->is_never;
      for (Accepted& accepted : inner->all)
        narrow(out, std::move(accepted));
    }
    return out;
  }
  static void narrow(Conjunction& conjunction, Accepted accepted) {
    for (Accepted& own : conjunction.all) {
      if (!own.column.is_same(accepted.column)) continue;
      own.ranges = intersection(own.ranges, accepted.ranges);
      conjunction.is_never |= own.ranges.empty();
      return;
    }
    conjunction.all.push_back(std::move(accepted));
  }

  /// Only where all of them speak of one column.
  static Answer any_of(const std::vector<Node>& nodes, bool is_negated) {
    Conjunction out{.is_never = true, .all = {}};
    for (const Node& node : nodes) {
      Answer inner = of(node, is_negated);
      if (!inner) return std::nullopt;
      if (inner->is_never) continue;
      if (inner->all.empty()) return Conjunction{};
      if (inner->all.size() > 1) return std::nullopt;
      if (out.is_never) {
        out = *std::move(inner);
        continue;
      }
      Accepted& own = out.all.front();
      const Accepted& more = inner->all.front();
      if (!own.column.is_same(more.column)) return std::nullopt;
      own.ranges.insert(own.ranges.end(), more.ranges.begin(), more.ranges.end());
      own.ranges = joined(std::move(own.ranges));
    }
    return out;
  }
};

std::optional<std::vector<Filter::Accepted>> Filter::conjunction() const {
  auto found = Conjunctions::of(root_, false);
  if (!found) return std::nullopt;
  if (!found->is_never) return std::move(found->all);
  // A rule that nobody can match still needs a column to say so.
  std::erase_if(found->all, [](const Accepted& accepted) { return !accepted.ranges.empty(); });
  if (found->all.empty()) return std::nullopt;
  return std::move(found->all);
}

}  // namespace hustings::segments
