#include "cli/allocate/curve_reading.h"

#include <cmath>

#include <fmt/format.h>

#include "allocation/carry_over.h"
#include "cli/allocate/json_reading.h"

namespace hustings::cli {
namespace {

namespace json = boost::json;
using allocation::Cell;
using allocation::CurveKind;

constexpr double kScalesMax = 4;  ///< of spending in a cell, where the problem says nothing

Result<std::vector<double>> required(const json::object& object, const CellGrid& grid,
                                     std::initializer_list<std::string_view> keys,
                                     std::string_view what) {
  const json::value* value = find(object, keys);
  if (value == nullptr) {
    return invalid(fmt::format("The problem says nothing of {}.", what),
                   std::string(*keys.begin()));
  }
  return grid.by_cell(*value, *keys.begin(), 0);
}

/// By cell; `fallback` where the key is missing. Must be above 0.
Result<std::vector<double>> positive(const json::object& object, const CellGrid& grid,
                                     std::string_view key, double fallback) {
  std::vector<double> numbers(grid.size(), fallback);
  if (const json::value* value = find(object, {key}))
    numbers = TRY(grid.by_cell(*value, key, fallback));
  for (const double number : numbers) {
    if (!(number > 0)) {
      return invalid(fmt::format("It holds {}; every number must be above 0.", number),
                     std::string(key));
    }
  }
  return numbers;
}

Result<std::vector<CurveKind>> read_kinds(const json::object& object, const CellGrid& grid) {
  const bool has_shape = find(object, {"alpha", "shape"}) != nullptr;
  std::vector<CurveKind> kinds(grid.size(), has_shape ? CurveKind::hill : CurveKind::saturating);
  const json::value* value = find(object, {"curve"});
  if (value == nullptr) return kinds;
  const json::array list = value->is_array() ? value->as_array() : json::array{*value};
  if (list.size() != 1 && list.size() != grid.channels() && list.size() != grid.size()) {
    return invalid("Give one curve, or one for each channel or cell.", "curve");
  }
  for (std::size_t i = 0; i < grid.size(); ++i) {
    const std::size_t from = list.size() == grid.size() ? i
                             : list.size() == 1         ? 0
                                                        : i / grid.weeks() % grid.channels();
    const std::string name = TRY(text_of(list[from], "curve"));
    const auto kind = allocation::curve_kind_from(name);
    if (!kind) {
      return invalid(fmt::format("There is no curve \"{}\"; there are saturating, hill, "
                                 "logarithmic and linear.",
                                 name),
                     "curve");
    }
    kinds[grid.cell_at(i)] = *kind;
  }
  return kinds;
}

/// What of a week's effect is left on election day.
Result<double> read_decay(const json::object& object) {
  const json::value* value = find(object, {"decay"});
  if (value == nullptr) return 1.0;
  const double decay = TRY(number_of(*value, "decay"));
  if (!(decay >= 0 && decay <= 1)) {
    return invalid(fmt::format("The decay is {}; it is what a week leaves of an effect, from 0 to "
                               "1.",
                               decay),
                   "decay");
  }
  return decay;
}

/// The factor of the size by cell: the market's worth (not in a race) and the decay.
Result<std::vector<double>> factors_of(const json::object& object, const CellGrid& grid,
                                       bool race) {
  const double decay = TRY(read_decay(object));
  std::vector<double> worth(grid.markets(), 1);
  if (const json::value* v = find(object, {"v"}); v != nullptr && !race)
    worth = TRY(grid.by_market(*v, "v"));
  std::vector<double> factors(grid.size());
  for (std::size_t i = 0; i < grid.size(); ++i) {
    const std::size_t week = i % grid.weeks();
    factors[i] = worth[i / (grid.channels() * grid.weeks())] *
                 std::pow(decay, static_cast<double>(grid.weeks() - 1 - week));
  }
  return factors;
}

/// Sizes and scales: by cell as v and s; or by channel as a and kappa per person, with people n.
struct Sizes {
  std::vector<double> size;
  std::vector<double> scale;
};
Result<Sizes> read_sizes(const json::object& object, const CellGrid& grid, bool race) {
  if (find(object, {"a"}) == nullptr) {
    Sizes sizes{TRY(required(object, grid, {"v"}, "the size of the effects")),
                TRY(required(object, grid, {"s", "k"}, "the scale of the effects"))};
    const double decay = TRY(read_decay(object));
    for (std::size_t i = 0; i < grid.size(); ++i)
      sizes.size[i] *= std::pow(decay, static_cast<double>(grid.weeks() - 1 - i % grid.weeks()));
    return sizes;
  }
  Sizes sizes{TRY(required(object, grid, {"a"}, "the size of the effects")), {}};
  const std::vector<double> factors = TRY(factors_of(object, grid, race));
  for (std::size_t i = 0; i < grid.size(); ++i)
    sizes.size[i] *= factors[i];
  if (const json::value* scale = find(object, {"s", "k"})) {
    sizes.scale = TRY(grid.by_cell(*scale, "s", 0));
    return sizes;
  }
  sizes.scale = TRY(required(object, grid, {"kappa"}, "the scale of the effects"));
  const json::value* n = find(object, {"n", "people"});
  if (n == nullptr)
    return invalid("With kappa the problem needs n, the people of each market.", "n");
  const std::vector<double> people = TRY(grid.by_market(*n, "n"));
  for (std::size_t i = 0; i < grid.size(); ++i) {
    const double here = people[i / (grid.channels() * grid.weeks())];
    if (!(here > 0)) return invalid(fmt::format("A market has {} people.", here), "n");
    sizes.scale[i] *= here / static_cast<double>(grid.weeks());
  }
  return sizes;
}

}  // namespace

Result<std::vector<Cell>> read_curves(const json::object& object, const CellGrid& grid, bool race) {
  const Sizes sizes = TRY(read_sizes(object, grid, race));
  const std::vector<CurveKind> kinds = TRY(read_kinds(object, grid));
  std::vector<double> shapes(grid.size(), 1);
  if (const json::value* shape = find(object, {"alpha", "shape"}))
    shapes = TRY(grid.by_cell(*shape, "alpha", 1));
  // Money for one contact of a target person: its list price over the part that is target.
  const std::vector<double> price = TRY(positive(object, grid, "price", 1));
  const std::vector<double> reach = TRY(positive(object, grid, "reach", 1));
  double multiple = find(object, {"a"}) != nullptr ? kScalesMax : 0;
  if (const json::value* value = find(object, {"hi_mult"})) {
    multiple = TRY(number_of(*value, "hi_mult"));
    if (!(multiple > 0)) return invalid("This must be above 0.", "hi_mult");
  }
  std::vector<Cell> cells(grid.size());
  for (std::size_t i = 0; i < grid.size(); ++i) {
    if (reach[i] > 1) {
      return invalid(fmt::format("It holds {}; it is a part of the people, at most 1.", reach[i]),
                     "reach");
    }
    cells[i].curve = {kinds[i], sizes.size[i], sizes.scale[i] * price[i] / reach[i], shapes[i]};
    if (multiple > 0) cells[i].high = multiple * cells[i].curve.scale;
  }
  return cells;
}

Result<std::vector<allocation::Chain>> read_chains(const json::object& object,
                                                   const CellGrid& grid) {
  const json::value* part = find(object, {"adstock"});
  const json::value* weeks = find(object, {"half_life_weeks"});
  std::vector<allocation::Chain> chains;
  if (part == nullptr && weeks == nullptr) return chains;
  if (part != nullptr && weeks != nullptr)
    return invalid("Give either adstock or half_life_weeks, not both.", "adstock");
  const std::string key = part != nullptr ? "adstock" : "half_life_weeks";
  const std::vector<double> numbers = TRY(grid.by_cell(part != nullptr ? *part : *weeks, key, 0));
  for (std::size_t first = 0; first < grid.size(); first += grid.weeks()) {
    const double number = numbers[first];
    for (std::size_t i = first; i < first + grid.weeks(); ++i) {
      if (numbers[i] != number)
        return invalid("What is kept of a channel's contacts is the same in every week.", key);
    }
    const double kept = part != nullptr ? number : allocation::kept_of_half_life(number);
    if (!(number >= 0 && kept < 1)) {
      return invalid(fmt::format("It holds {}; adstock is a part from 0 to below 1, a half-life "
                                 "not negative.",
                                 number),
                     key);
    }
    if (kept > 0 && grid.weeks() > 1) {
      chains.push_back({.first = static_cast<std::uint32_t>(first),
                        .cells = static_cast<std::uint32_t>(grid.weeks()),
                        .kept = kept});
    }
  }
  return chains;
}

Result<std::vector<double>> read_uncertainty(const json::object& object, const CellGrid& grid,
                                             bool race) {
  const json::value* value = find(object, {"a_se"});
  if (value == nullptr) return std::vector<double>{};
  if (find(object, {"a"}) == nullptr)
    return invalid("Standard errors of sizes need the sizes in a.", "a_se");
  std::vector<double> errors = TRY(grid.by_cell(*value, "a_se", 0));
  const std::vector<double> factors = TRY(factors_of(object, grid, race));
  for (std::size_t i = 0; i < errors.size(); ++i) {
    if (!(errors[i] >= 0)) return invalid("A standard error is negative.", "a_se");
    errors[i] *= factors[i];
  }
  return errors;
}

}  // namespace hustings::cli
