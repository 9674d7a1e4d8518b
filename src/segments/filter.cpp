#include "segments/filter.h"

#include <algorithm>
#include <array>

#include "segments/event_test.h"

namespace hustings::segments {
namespace {

/// From here on a table of values is faster than comparing with each run of them.
constexpr std::size_t kRunsMax = 24;
/// … unless the table would be larger than this.
constexpr std::uint32_t kTableMost = std::uint32_t{1} << 24;

using Outcome = Filter::Outcome;

/// What the block's bounds say already.
Outcome by_zone(const Block& block, std::uint32_t lo, std::uint32_t hi) {
  if (block.most < lo || block.least > hi) return Outcome::none;
  if (block.least >= lo && block.most <= hi) return Outcome::all;
  return Outcome::some;
}

}  // namespace

/// Evaluates nodes on one block.
struct Filter::Evaluation {
  const Method& method;
  std::size_t block;

  Outcome match(const Node& node, BlockBits& bits) const {
    return std::visit([&](const auto& what) { return evaluate(what, bits); }, node.what);
  }

  Outcome evaluate(const Constant& leaf, BlockBits&) const {
    return leaf.value ? Outcome::all : Outcome::none;
  }

  Outcome evaluate(const Range& leaf, BlockBits& bits) const {
    const Block& values = leaf.column.block(block);
    if (method.use_zones) {
      const Outcome outcome = by_zone(values, leaf.lo, leaf.hi);
      if (outcome != Outcome::some) return outcome;
    }
    method.kernels->match(values, leaf.lo, leaf.hi, bits.data());
    return Outcome::some;
  }

  Outcome evaluate(const Values& leaf, BlockBits& bits) const {
    const Block& values = leaf.column.block(block);
    if (!leaf.accept.empty()) {
      if (method.use_zones && values.is_constant()) {
        return leaf.accept[values.least] != 0 ? Outcome::all : Outcome::none;
      }
      method.kernels->match_table(values, leaf.accept.data(), bits.data());
      return Outcome::some;
    }
    bool is_empty = true;
    BlockBits more;
    for (const auto& [lo, hi] : leaf.runs) {
      if (method.use_zones) {
        const Outcome outcome = by_zone(values, lo, hi);
        if (outcome == Outcome::none) continue;
        if (outcome == Outcome::all) return Outcome::all;
      }
      BlockBits& out = is_empty ? bits : more;
      method.kernels->match(values, lo, hi, out.data());
      if (!is_empty) method.kernels->or_into(bits.data(), more.data());
      is_empty = false;
    }
    return is_empty ? Outcome::none : Outcome::some;
  }

  /// Counts in planes of bits, 64 rows at once: plane p has bit p of each row's number.
  Outcome evaluate(const HowMany& leaf, BlockBits& bits) const {
    constexpr std::size_t kPlanes = 10;
    std::array<BlockBits, kPlanes> planes{};
    std::size_t used = 0;
    BlockBits one;
    for (const Column& column : leaf.columns) {
      if (column.block(block).most == 0) continue;
      method.kernels->match(column.block(block), 1, ~std::uint32_t{0}, one.data());
      for (std::size_t word = 0; word < kBlockWords; ++word) {
        std::uint64_t carry = one[word];
        for (std::size_t p = 0; p < kPlanes && carry != 0; ++p) {
          used = std::max(used, p + 1);
          const std::uint64_t both = planes[p][word] & carry;
          planes[p][word] ^= carry;
          carry = both;
        }
      }
    }
    const auto columns = static_cast<std::int64_t>(leaf.columns.size());
    bits.fill(0);
    for (std::int64_t number = std::max<std::int64_t>(leaf.bounds.least, 0);
         number <= std::min(leaf.bounds.most, columns); ++number) {
      if ((number >> used) != 0) break;
      for (std::size_t word = 0; word < kBlockWords; ++word) {
        std::uint64_t same = ~std::uint64_t{0};
        for (std::size_t p = 0; p < used; ++p) {
          same &= ((number >> p) & 1) != 0 ? planes[p][word] : ~planes[p][word];
        }
        bits[word] |= same;
      }
    }
    return Outcome::some;
  }

  Outcome evaluate(const Events& leaf, BlockBits& bits) const {
    switch (leaf.test->match(block, bits)) {
      case EventTest::Outcome::none:
        return Outcome::none;
      case EventTest::Outcome::all:
        return Outcome::all;
      case EventTest::Outcome::some:
        break;
    }
    return Outcome::some;
  }

  /// Leaves in `bits` only what the node matches as well.
  Outcome narrow(const Node& node, BlockBits& bits) const {
    if (const auto* leaf = std::get_if<Range>(&node.what)) {
      const Block& values = leaf->column.block(block);
      const Outcome outcome =
          method.use_zones ? by_zone(values, leaf->lo, leaf->hi) : Outcome::some;
      if (outcome == Outcome::some) {
        method.kernels->match_and(values, leaf->lo, leaf->hi, bits.data());
      }
      return outcome;
    }
    BlockBits more;
    const Outcome outcome = match(node, more);
    if (outcome == Outcome::some) method.kernels->and_into(bits.data(), more.data());
    return outcome;
  }

  Outcome evaluate(const All& node, BlockBits& bits) const {
    Outcome outcome = Outcome::all;
    for (const Node& inner : node.nodes) {
      const Outcome one = outcome == Outcome::all ? match(inner, bits) : narrow(inner, bits);
      if (one == Outcome::none) return Outcome::none;
      if (one == Outcome::all) continue;
      outcome = Outcome::some;
      if (!method.kernels->any(bits.data())) return Outcome::none;
    }
    return outcome;
  }

  Outcome evaluate(const Any& node, BlockBits& bits) const {
    Outcome outcome = Outcome::none;
    BlockBits more;
    for (const Node& inner : node.nodes) {
      const Outcome one = match(inner, outcome == Outcome::none ? bits : more);
      if (one == Outcome::all) return Outcome::all;
      if (one == Outcome::none) continue;
      if (outcome == Outcome::some) method.kernels->or_into(bits.data(), more.data());
      outcome = Outcome::some;
    }
    return outcome;
  }

  Outcome evaluate(const Not& node, BlockBits& bits) const {
    const Outcome outcome = match(node.nodes.front(), bits);
    if (outcome == Outcome::none) return Outcome::all;
    if (outcome == Outcome::all) return Outcome::none;
    method.kernels->invert(bits.data());
    return Outcome::some;
  }
};

Filter Filter::range(const Column& column, std::uint32_t lo, std::uint32_t hi) {
  if (lo > hi) return constant(false);
  return Filter({Range{column, lo, hi}});
}

Filter Filter::values(const Column& column, std::vector<std::uint32_t> values) {
  if (values.empty()) return constant(false);
  std::ranges::sort(values);
  Values leaf{.column = column, .runs = {}, .accept = {}};
  for (const std::uint32_t value : values) {
    if (!leaf.runs.empty() && value - leaf.runs.back().second <= 1) {
      leaf.runs.back().second = value;
    } else {
      leaf.runs.emplace_back(value, value);
    }
  }
  if (leaf.runs.size() == 1) return range(column, values.front(), values.back());
  std::uint32_t most = values.back();
  for (std::size_t block = 0; block < column.blocks(); ++block)
    most = std::max(most, column.block(block).most);
  if (leaf.runs.size() > kRunsMax && most < kTableMost) {
    leaf.accept.resize(std::size_t{most} + 1);
    for (const std::uint32_t value : values)
      leaf.accept[value] = 1;
  }
  return Filter({std::move(leaf)});
}

std::vector<Filter::Node> Filter::nodes_of(std::vector<Filter> filters) {
  std::vector<Node> nodes;
  nodes.reserve(filters.size());
  for (Filter& filter : filters)
    nodes.push_back(std::move(filter.root_));
  return nodes;
}

Filter Filter::all(std::vector<Filter> filters) {
  return Filter({All{nodes_of(std::move(filters))}});
}

Filter Filter::any(std::vector<Filter> filters) {
  return Filter({Any{nodes_of(std::move(filters))}});
}

Filter Filter::negation(Filter filter) {
  Not node;
  node.nodes.push_back(std::move(filter.root_));
  return Filter({std::move(node)});
}

Filter Filter::how_many(std::vector<Column> columns, Bounds bounds) {
  return Filter({HowMany{std::move(columns), bounds}});
}

Filter Filter::events(EventTest test) {
  return Filter({Events{std::make_shared<const EventTest>(std::move(test))}});
}

Outcome Filter::match(const Method& method, std::size_t block, BlockBits& bits) const {
  return Evaluation{method, block}.match(root_, bits);
}

bool Filter::matches(const Method& method, std::size_t rows, std::size_t block,
                     BlockBits& bits) const {
  const Outcome outcome = match(method, block, bits);
  if (outcome == Outcome::none) return false;
  if (outcome == Outcome::all) bits.fill(~std::uint64_t{0});
  mask_rows(rows, block, bits);
  return method.kernels->any(bits.data());
}

void mask_rows(std::size_t rows, std::size_t block, BlockBits& bits) {
  const std::size_t left = rows_in_block(rows, block);
  if (left == kBlockRows) return;
  if (left % 64 != 0) bits[left / 64] &= (std::uint64_t{1} << (left % 64)) - 1;
  for (std::size_t word = (left + 63) / 64; word < kBlockWords; ++word)
    bits[word] = 0;
}

}  // namespace hustings::segments
