#include "cli/allocate/limit_reading.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "cli/allocate/json_reading.h"

namespace hustings::cli {
namespace {

namespace json = boost::json;
using allocation::Limit;

enum class Side : std::uint8_t { market, channel, week };

std::size_t count_of(const CellGrid& grid, Side side) {
  return side == Side::market    ? grid.markets()
         : side == Side::channel ? grid.channels()
                                 : grid.weeks();
}

std::string name_of(const CellGrid& grid, Side side, std::size_t at) {
  if (side == Side::market) return "market " + grid.market_names()[at];
  if (side == Side::channel) return "channel " + grid.channel_names()[at];
  return fmt::format("week {}", at + 1);
}

std::vector<std::uint32_t> cells_of(const CellGrid& grid, Side side, std::size_t at) {
  std::vector<std::uint32_t> cells;
  for (std::size_t i = 0; i < grid.size(); ++i) {
    const std::size_t here = side == Side::market    ? i / (grid.channels() * grid.weeks())
                             : side == Side::channel ? i / grid.weeks() % grid.channels()
                                                     : i % grid.weeks();
    if (here == at) cells.push_back(static_cast<std::uint32_t>(i));
  }
  return cells;
}

/// Amounts of one side, by our places; a place without one is not in the map.
Result<std::map<std::size_t, double>> amounts_of(const json::value& value, const CellGrid& grid,
                                                 Side side, std::string_view key) {
  std::map<std::size_t, double> amounts;
  const std::size_t count = count_of(grid, side);
  const auto place = [&](std::size_t in_file) {
    return side == Side::market    ? grid.market_at(in_file)
           : side == Side::channel ? grid.channel_at(in_file)
                                   : in_file;
  };
  if (value.is_object()) {
    for (const auto& item : value.as_object()) {
      const json::value name(item.key());
      const double amount = TRY(number_of(item.value(), key));
      if (side == Side::week) {
        const double week = std::atof(std::string(item.key()).c_str());
        if (!(week >= 1 && week <= static_cast<double>(count)))
          return invalid(fmt::format("There is no week \"{}\".", std::string(item.key())),
                         std::string(key));
        amounts[static_cast<std::size_t>(week) - 1] = amount;
      } else {
        amounts[side == Side::market ? TRY(grid.find_market(name, key))
                                     : TRY(grid.find_channel(name, key))] = amount;
      }
    }
    return amounts;
  }
  if (!value.is_array()) {
    const double amount = TRY(number_of(value, key));
    for (std::size_t i = 0; i < count; ++i)
      amounts[i] = amount;
    return amounts;
  }
  const std::vector<double> list = TRY(numbers_of(value, key, NAN));
  if (list.size() != count) {
    return invalid(fmt::format("It has {} amounts for {}.", list.size(), count), std::string(key));
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (!std::isnan(list[i])) amounts[place(i)] = list[i];
  }
  return amounts;
}

Status check_amount(double amount, std::string_view key) {
  if (amount >= 0) return {};
  return invalid(fmt::format("The amount {} is negative.", amount), std::string(key));
}

struct SideKeys {
  Side side;
  std::vector<std::string> caps;
  std::vector<std::string> floors;
};

Status read_side(const json::object& object, const CellGrid& grid, const SideKeys& keys,
                 std::vector<Limit>& limits) {
  std::map<std::size_t, Limit> found;
  const auto read = [&](const std::vector<std::string>& names, bool cap) -> Status {
    for (const std::string& key : names) {
      const json::value* value = find(object, {key});
      if (value == nullptr) continue;
      const std::map<std::size_t, double> amounts = TRY(amounts_of(*value, grid, keys.side, key));
      for (const auto& [at, amount] : amounts) {
        TRY(check_amount(amount, key));
        (cap ? found[at].cap : found[at].floor) = amount;
      }
    }
    return {};
  };
  TRY(read(keys.caps, true));
  TRY(read(keys.floors, false));
  for (auto& [at, limit] : found) {
    limit.name = name_of(grid, keys.side, at);
    limit.cells = cells_of(grid, keys.side, at);
    limits.push_back(std::move(limit));
  }
  return {};
}

/// Places named by a list or a single value; all if the key is missing.
Result<std::set<std::size_t>> places_of(const json::object& group, const CellGrid& grid, Side side,
                                        std::initializer_list<std::string_view> keys) {
  std::set<std::size_t> places;
  const json::value* value = find(group, keys);
  if (value == nullptr) {
    for (std::size_t i = 0; i < count_of(grid, side); ++i)
      places.insert(i);
    return places;
  }
  const std::string key(*keys.begin());
  const json::array list = value->is_array() ? value->as_array() : json::array{*value};
  for (const json::value& item : list) {
    if (side == Side::market) {
      places.insert(TRY(grid.find_market(item, key)));
    } else if (side == Side::channel) {
      places.insert(TRY(grid.find_channel(item, key)));
    } else {
      const double week = TRY(number_of(item, key));
      if (!(week >= 1 && week <= static_cast<double>(grid.weeks())))
        return invalid(
            fmt::format("There is no week {}; the first is 1, the last {}.", week, grid.weeks()),
            key);
      places.insert(static_cast<std::size_t>(week) - 1);
    }
  }
  return places;
}

Result<std::vector<std::uint32_t>> group_cells(const json::object& group, const CellGrid& grid) {
  std::set<std::uint32_t> cells;
  if (const json::value* list = find(group, {"cells", "members", "indices"})) {
    for (const double index : TRY(numbers_of(*list, "groups.cells"))) {
      if (!(index >= 0 && index < static_cast<double>(grid.size()))) {
        return invalid(fmt::format("There is no cell number {}; the first is 0, there are {}.",
                                   index, grid.size()),
                       "groups.cells");
      }
      cells.insert(static_cast<std::uint32_t>(grid.cell_at(static_cast<std::size_t>(index))));
    }
    return std::vector<std::uint32_t>(cells.begin(), cells.end());
  }
  const std::set<std::size_t> markets = TRY(places_of(
      group, grid, Side::market, {"market", "markets", "state", "states", "dma", "dmas"}));
  const std::set<std::size_t> channels =
      TRY(places_of(group, grid, Side::channel, {"channel", "channels"}));
  const std::set<std::size_t> weeks = TRY(places_of(group, grid, Side::week, {"week", "weeks"}));
  for (const std::size_t market : markets) {
    for (const std::size_t channel : channels) {
      for (const std::size_t week : weeks)
        cells.insert(static_cast<std::uint32_t>(grid.cell(market, channel, week)));
    }
  }
  return std::vector<std::uint32_t>(cells.begin(), cells.end());
}

Status read_groups(const json::value& value, const CellGrid& grid, std::vector<Limit>& limits) {
  if (!value.is_array()) return invalid("This must be a list of objects.", "groups");
  for (const json::value& item : value.as_array()) {
    if (!item.is_object()) return invalid("This must be a list of objects.", "groups");
    const json::object& group = item.as_object();
    TRY(check_keys(
        group,
        {"name", "cap", "floor", "max", "min", "cells", "members", "indices", "market", "markets",
         "state", "states", "dma", "dmas", "channel", "channels", "week", "weeks"},
        "groups"));
    Limit limit;
    limit.name = fmt::format("group {}", limits.size() + 1);
    if (const json::value* name = find(group, {"name"})) limit.name = TRY(text_of(*name, "name"));
    if (const json::value* cap = find(group, {"cap", "max"}))
      limit.cap = TRY(number_of(*cap, limit.name));
    if (const json::value* floor = find(group, {"floor", "min"}))
      limit.floor = TRY(number_of(*floor, limit.name));
    TRY(check_amount(limit.cap, limit.name));
    TRY(check_amount(limit.floor, limit.name));
    limit.cells = TRY(group_cells(group, grid));
    limits.push_back(std::move(limit));
  }
  return {};
}

}  // namespace

Result<std::vector<Limit>> read_limits(const json::object& object, const CellGrid& grid) {
  std::vector<Limit> limits;
  TRY(read_side(object, grid,
                {Side::market,
                 {"market_cap", "state_cap", "dma_cap"},
                 {"market_floor", "state_floor", "dma_floor"}},
                limits));
  TRY(read_side(object, grid, {Side::channel, {"channel_cap"}, {"channel_floor"}}, limits));
  TRY(read_side(object, grid, {Side::week, {"week_cap"}, {"week_floor"}}, limits));
  for (const char* key : {"groups", "group_caps", "limits"}) {
    if (const json::value* value = find(object, {key})) TRY(read_groups(*value, grid, limits));
  }
  std::sort(limits.begin(), limits.end(), [](const Limit& a, const Limit& b) {
    return std::pair(a.name, a.cells) < std::pair(b.name, b.cells);
  });
  return limits;
}

}  // namespace hustings::cli
