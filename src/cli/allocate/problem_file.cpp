#include "cli/allocate/problem_file.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "allocation/hold_out.h"
#include "base/text.h"
#include "cli/allocate/cell_lists.h"
#include "cli/allocate/curve_reading.h"
#include "cli/allocate/json_reading.h"
#include "cli/allocate/limit_reading.h"
#include "cli/allocate/race_file.h"
#include "cli/backtest/election.h"

namespace hustings::cli {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using allocation::Campaign;
using allocation::kNoLimit;

constexpr std::size_t kWeeksMax = 520;

const std::vector<std::string_view> kKnown = {"budget",
                                              "currency",
                                              "price_currency",
                                              "market",
                                              "markets",
                                              "dma",
                                              "state",
                                              "states",
                                              "n",
                                              "people",
                                              "channel",
                                              "channels",
                                              "weeks",
                                              "decay",
                                              "adstock",
                                              "half_life_weeks",
                                              "v",
                                              "s",
                                              "a",
                                              "kappa",
                                              "curve",
                                              "alpha",
                                              "shape",
                                              "k",
                                              "price",
                                              "reach",
                                              "a_se",
                                              "lo",
                                              "floor",
                                              "hi",
                                              "cap",
                                              "hi_mult",
                                              "min_buy",
                                              "committed",
                                              "spent",
                                              "channel_cap",
                                              "channel_floor",
                                              "week_cap",
                                              "week_floor",
                                              "market_cap",
                                              "market_floor",
                                              "state_cap",
                                              "state_floor",
                                              "dma_cap",
                                              "dma_floor",
                                              "groups",
                                              "group_caps",
                                              "limits",
                                              "pairs",
                                              "race",
                                              "outcome",
                                              "objective",
                                              "votes",
                                              "poll_errors",
                                              "opponent",
                                              "explore",
                                              "formula",
                                              "note",
                                              "comment",
                                              "name",
                                              "source",
                                              "title"};

Result<std::vector<std::string>> read_channels(const json::object& object) {
  const json::value* value = find(object, {"channel", "channels"});
  if (value == nullptr) return std::vector<std::string>{"all"};
  if (value->is_array()) return texts_of(*value, "channel");
  const double count = TRY(number_of(*value, "channels"));
  if (!(count >= 1 && count <= 1000) || count != std::floor(count))
    return invalid("This must be a list of names or a number from 1.", "channels");
  std::vector<std::string> names;
  for (int i = 1; i <= static_cast<int>(count); ++i)
    names.push_back(fmt::format("{:0{}}", i, count < 100 ? 2 : 4));
  return names;
}

Result<CellGrid> read_grid(const json::object& object) {
  const json::value* markets = find(object, {"market", "markets", "dma", "state", "states"});
  if (markets == nullptr) return invalid("The problem names no markets.", "market");
  double weeks = 1;
  if (const json::value* value = find(object, {"weeks"})) weeks = TRY(number_of(*value, "weeks"));
  if (!(weeks >= 1 && weeks <= kWeeksMax) || weeks != std::floor(weeks)) {
    return invalid(fmt::format("The number of weeks is {}; it must be a whole number from 1 to {}.",
                               weeks, kWeeksMax),
                   "weeks");
  }
  std::vector<std::string> names = TRY(texts_of(*markets, "market"));
  if (names.empty()) return invalid("The problem names no markets.", "market");
  std::vector<std::string> channels = TRY(read_channels(object));
  if (channels.empty()) return invalid("The problem names no channels.", "channel");
  return CellGrid::make(std::move(names), std::move(channels), static_cast<std::size_t>(weeks));
}

/// One currency for all money. Names of currencies may be one text or a list.
Result<std::string> read_currency(const json::object& object) {
  std::set<std::string> names;
  for (const char* key : {"currency", "price_currency"}) {
    const json::value* value = find(object, {key});
    if (value == nullptr) continue;
    if (value->is_array()) {
      for (const std::string& name : TRY(texts_of(*value, key)))
        names.insert(to_upper(name));
    } else {
      names.insert(to_upper(TRY(text_of(*value, key))));
    }
  }
  if (names.size() > 1) {
    return invalid(fmt::format("Amounts are mixed in {}; bring them all into one currency first.",
                               fmt::join(names, " and ")),
                   "currency");
  }
  return names.empty() ? std::string("USD") : *names.begin();
}

class Reader {
 public:
  Reader(const json::object& object, fs::path folder, const AllocationOptions& options)
      : object_(object), folder_(std::move(folder)), options_(options) {}

  Result<AllocationInput> read() {
    TRY(check_keys(object_, kKnown, "problem"));
    const CellGrid grid = TRY(read_grid(object_));
    input_.markets = grid.market_names();
    input_.channels = grid.channel_names();
    input_.weeks = grid.weeks();
    input_.currency = TRY(read_currency(object_));
    input_.file_place.resize(grid.size());
    for (std::size_t i = 0; i < grid.size(); ++i)
      input_.file_place[grid.cell_at(i)] = static_cast<std::uint32_t>(i);
    TRY(read_budget());
    const bool race = is_race();
    input_.problem.cells = TRY(read_curves(object_, grid, race));
    input_.problem.chains = TRY(read_chains(object_, grid));
    TRY(read_bounds(grid));
    name_cells(grid);
    input_.gain_se = TRY(read_uncertainty(object_, grid, race));
    if (!options_.ignore_limits) input_.problem.limits = TRY(read_limits(object_, grid));
    TRY(hold_out(grid));
    if (race)
      TRY(read_campaign(grid));
    else if (const json::value* objective = find(object_, {"objective"})) {
      if (TRY(text_of(*objective, "objective")) != "value" || !options_.objective.empty())
        return invalid("This objective needs \"pairs\": which markets reach which contests.",
                       "objective");
    } else if (!options_.objective.empty()) {
      return invalid("This objective needs \"pairs\": which markets reach which contests.",
                     "--objective");
    }
    TRY(allocation::check_problem(input_.problem));
    return std::move(input_);
  }

 private:
  bool is_race() const { return find(object_, {"pairs"}) != nullptr; }

  Status read_budget() {
    if (options_.budget) {
      input_.problem.budget = *options_.budget;
      return {};
    }
    const json::value* budget = find(object_, {"budget"});
    if (budget == nullptr) return invalid("The problem has no budget.", "budget");
    input_.problem.budget = TRY(number_of(*budget, "budget"));
    return {};
  }

  Status read_bounds(const CellGrid& grid) {
    std::vector<allocation::Cell>& cells = input_.problem.cells;
    const auto each = [&](std::initializer_list<std::string_view> keys, double absent,
                          auto set) -> Status {
      const json::value* value = find(object_, keys);
      if (value == nullptr) return {};
      const std::vector<double> numbers = TRY(grid.by_cell(*value, *keys.begin(), absent));
      for (std::size_t i = 0; i < cells.size(); ++i) {
        if (!(numbers[i] >= 0)) {
          return invalid(fmt::format("The amount {} is negative.", numbers[i]),
                         std::string(*keys.begin()));
        }
        set(cells[i], numbers[i]);
      }
      return {};
    };
    using allocation::Cell;
    TRY(each({"hi", "cap"}, kNoLimit, [](Cell& cell, double x) { cell.high = x; }));
    TRY(each({"lo", "floor"}, 0, [](Cell& cell, double x) { cell.low = x; }));
    TRY(each({"min_buy"}, 0, [](Cell& cell, double x) { cell.minimum = x; }));
    std::vector<double> gone(cells.size());
    for (const char* key : {"committed", "spent"}) {
      std::size_t i = 0;
      TRY(each({key}, 0, [&](Cell&, double x) { gone[i++] += x; }));
    }
    for (std::size_t i = 0; i < cells.size(); ++i)
      cells[i].low = std::max(cells[i].low, gone[i]);
    return {};
  }

  void name_cells(const CellGrid& grid) {
    for (std::size_t i = 0; i < grid.size(); ++i) {
      std::string name = input_.markets[input_.market_of(i)];
      if (grid.channels() > 1) name += " " + input_.channels[input_.channel_of(i)];
      if (grid.weeks() > 1) name += fmt::format(" week {}", input_.week_of(i) + 1);
      input_.problem.names.push_back(std::move(name));
      input_.problem.cells[i].key = i;
    }
  }

  Status hold_out(const CellGrid& grid) {
    const json::value* value = find(object_, {"explore"});
    if (value == nullptr) return {};
    if (!value->is_object()) return invalid("This must be an object with a share.", "explore");
    const json::object& explore = value->as_object();
    TRY(check_keys(explore, {"share", "seed"}, "explore"));
    const json::value* part = find(explore, {"share"});
    const double share = part == nullptr ? 0 : TRY(number_of(*part, "explore.share"));
    if (!(share >= 0 && share <= 0.5))
      return invalid("The share held out must be from 0 to 0.5.", "explore.share");
    const json::value* seed = find(explore, {"seed"});
    const double drawn_by = seed == nullptr ? 1 : TRY(number_of(*seed, "explore.seed"));
    std::vector<double> people(grid.markets(), 1);
    if (const json::value* n = find(object_, {"n", "people"}))
      people = TRY(grid.by_market(*n, "n"));
    std::vector<allocation::Sized> markets;
    for (std::size_t i = 0; i < grid.markets(); ++i)
      markets.push_back({input_.markets[i], people[i]});
    const allocation::HoldOut drawn =
        allocation::draw_hold_out(markets, share, static_cast<std::uint64_t>(drawn_by));
    for (const std::uint32_t market : drawn.held) {
      input_.held_out.push_back(input_.markets[market]);
      for (std::size_t i = 0; i < grid.size(); ++i) {
        if (input_.market_of(i) == market)
          input_.problem.cells[i].high = input_.problem.cells[i].low;
      }
    }
    for (const std::uint32_t market : drawn.compared)
      input_.compared.push_back(input_.markets[market]);
    return {};
  }

  Result<RaceInput> race() {
    const CorrelationChoice choice{options_.correlation, options_.repair_correlation};
    if (!options_.race.empty())
      return read_race(TRY(read_json(options_.race)), options_.race.parent_path(), choice);
    const json::value* value = find(object_, {"race", "outcome"});
    if (value != nullptr && value->is_object())
      return read_race(value->as_object(), folder_, choice);
    if (value != nullptr && value->is_string()) {
      const fs::path file = folder_ / std::string(value->as_string());
      return read_race(TRY(read_json(file)), file.parent_path(), choice);
    }
    if (value != nullptr) return invalid("This must be an object or a file's name.", "race");
    const Election election = TRY(election_2012());
    RaceInput input;
    input.race = TRY(race_on(election, election.day, {}, {}));
    input.votes = election.votes;
    for (std::size_t i = 0; i < election.contests.size(); ++i)
      input.file_place.push_back(i);
    if (!choice.file.empty()) {
      const std::vector<double> matrix = TRY(read_matrix(choice.file));
      TRY(set_correlation(input, matrix, choice.repair));
    }
    input.notes.push_back(
        "The problem names no race; that of 2012 is taken, as its polls stood on "
        "election day, contests by the states' letters.");
    return input;
  }

  Result<std::uint32_t> find_contest(const RaceInput& race, const json::value& value) {
    const std::vector<allocation::Contest>& contests = race.race.contests;
    for (std::size_t i = 0; i < contests.size(); ++i) {
      if (value.is_string() ? contests[i].name == std::string_view(value.as_string())
                            : value.is_number() && value.to_number<double>() ==
                                                       static_cast<double>(race.file_place[i]))
        return static_cast<std::uint32_t>(i);
    }
    return invalid(fmt::format("There is no contest {}.", json::serialize(value)), "pairs");
  }

  Status read_pairs(const CellGrid& grid, const RaceInput& race, Campaign& campaign) {
    const json::value* pairs = find(object_, {"pairs"});
    if (!pairs->is_array())
      return invalid("This must be a list of [market, contest, share].", "pairs");
    for (const json::value& pair : pairs->as_array()) {
      if (!pair.is_array() || pair.as_array().size() != 3)
        return invalid("Every entry must be [market, contest, share of the contest's voters].",
                       "pairs");
      const json::array& parts = pair.as_array();
      campaign.reaches.push_back(
          {static_cast<std::uint32_t>(TRY(grid.find_market(parts[0], "pairs"))),
           TRY(find_contest(race, parts[1])), TRY(number_of(parts[2], "pairs"))});
    }
    std::sort(campaign.reaches.begin(), campaign.reaches.end(),
              [](const allocation::Reach& a, const allocation::Reach& b) {
                return std::tuple(a.market, a.contest, a.share) <
                       std::tuple(b.market, b.contest, b.share);
              });
    return {};
  }

  /// A list by contest, or an object of contests, regions or "all" with numbers that add up.
  Result<std::vector<double>> read_poll_error(const json::value& value, const RaceInput& race) {
    const std::vector<allocation::Contest>& contests = race.race.contests;
    std::vector<double> error(contests.size());
    if (value.is_object()) {
      for (const auto& item : value.as_object()) {
        const std::string_view name(item.key().data(), item.key().size());
        const double shift = TRY(number_of(item.value(), "poll_errors"));
        bool found = false;
        for (std::size_t i = 0; i < contests.size(); ++i) {
          if (name != "all" && name != contests[i].name && name != contests[i].region) continue;
          error[i] += shift;
          found = true;
        }
        if (!found)
          return invalid(fmt::format("\"{}\" is no contest and no region.", name), "poll_errors");
      }
      return error;
    }
    if (value.is_number())
      return std::vector<double>(contests.size(), TRY(number_of(value, "poll_errors")));
    const std::vector<double> list = TRY(numbers_of(value, "poll_errors"));
    if (list.size() != contests.size())
      return invalid("A poll error needs a number for each contest.", "poll_errors");
    for (std::size_t i = 0; i < contests.size(); ++i)
      error[i] = list[race.file_place[i]];
    return error;
  }

  Status read_objective(const RaceInput& race, Campaign& campaign) {
    std::string name = options_.objective;
    if (const json::value* value = find(object_, {"objective"}); name.empty() && value != nullptr)
      name = TRY(text_of(*value, "objective"));
    if (!name.empty()) {
      const auto objective = allocation::objective_from(name);
      if (!objective) {
        return invalid(fmt::format("There is no objective \"{}\"; there are win_probability, "
                                   "expected_weight, net_votes and robust_win_probability.",
                                   name),
                       "objective");
      }
      campaign.objective = *objective;
    }
    campaign.votes = race.votes;
    if (const json::value* votes = find(object_, {"votes"})) {
      const std::vector<double> list = TRY(numbers_of(*votes, "votes"));
      if (list.size() != race.race.contests.size())
        return invalid("There must be a number of votes for each contest.", "votes");
      for (std::size_t i = 0; i < list.size(); ++i)
        campaign.votes[i] = list[race.file_place[i]];
    }
    const json::value* errors = find(object_, {"poll_errors"});
    if (errors == nullptr) return {};
    if (!errors->is_array()) return invalid("This must be a list.", "poll_errors");
    for (const json::value& error : errors->as_array())
      campaign.poll_errors.push_back(TRY(read_poll_error(error, race)));
    return {};
  }

  /// What the opponent spends in our cells moves the vote the other way, by the same curves.
  Status read_opponent(const CellGrid& grid, Campaign& campaign) {
    const json::value* value = find(object_, {"opponent"});
    if (value == nullptr) return {};
    const std::vector<double> spend = TRY(grid.by_cell(*value, "opponent", 0));
    for (const double amount : spend) {
      if (!(amount >= 0)) return invalid("The opponent's spending is negative.", "opponent");
    }
    const std::vector<double> moved = means_after(campaign, spend);
    for (std::size_t i = 0; i < moved.size(); ++i) {
      allocation::Contest& contest = campaign.race.contests[i];
      contest.mean -= moved[i] - contest.mean;
    }
    input_.notes.push_back("The opponent's spending is counted against us, by our own curves.");
    return {};
  }

  Status read_campaign(const CellGrid& grid) {
    const RaceInput found = TRY(race());
    input_.notes.insert(input_.notes.end(), found.notes.begin(), found.notes.end());
    Campaign campaign;
    campaign.race = found.race;
    campaign.problem = input_.problem;
    campaign.markets = grid.markets();
    for (std::size_t i = 0; i < grid.size(); ++i)
      campaign.market_of.push_back(static_cast<std::uint32_t>(input_.market_of(i)));
    TRY(read_pairs(grid, found, campaign));
    TRY(read_objective(found, campaign));
    TRY(read_opponent(grid, campaign));
    input_.campaign = std::move(campaign);
    return {};
  }

  const json::object& object_;
  const fs::path folder_;
  const AllocationOptions& options_;
  AllocationInput input_;
};

}  // namespace

Result<AllocationInput> read_allocation(const fs::path& file, const AllocationOptions& options) {
  const json::object object = TRY(read_json(file));
  return Reader(object, file.parent_path(), options).read();
}

}  // namespace hustings::cli
