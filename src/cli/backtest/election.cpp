#include "cli/backtest/election.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "cli/backtest/election_2012.h"
#include "cli/link/csv_table.h"

namespace hustings::cli {
namespace {

namespace chr = std::chrono;

struct Tables {
  CsvTable polls;
  CsvTable results;
  std::optional<CsvTable> regions;
  std::optional<CsvTable> events;
};

std::optional<std::size_t> column(const CsvTable& table,
                                  std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    for (std::size_t i = 0; i < table.columns().size(); ++i) {
      if (to_lower(table.columns()[i]) == name) return i;
    }
  }
  return std::nullopt;
}

Result<std::size_t> needed_column(const CsvTable& table,
                                  std::initializer_list<std::string_view> names,
                                  std::string_view where) {
  if (const auto at = column(table, names)) return *at;
  return invalid(fmt::format("There is no column \"{}\".", *names.begin()), std::string(where));
}

/// Row and column as people count them.
std::string place(std::string_view where, std::size_t row) {
  return fmt::format("{}, row {}", where, row + 2);
}

std::string contest_name(std::string_view cell) { return std::string(trim(cell)); }

struct ResultRow {
  double ours;
  double theirs;
  std::optional<double> weight;
};

/// The two columns of votes: by name, else the first two numbers behind the contest's.
struct Pair {
  std::size_t ours;
  std::size_t theirs;
};
Result<Pair> pair_columns(const CsvTable& table, std::size_t after, std::string_view where) {
  const auto ours = column(table, {"ours", "dem", "obama", "clinton", "biden"});
  const auto theirs = column(table, {"theirs", "rep", "mccain", "romney", "trump"});
  if (ours && theirs) return Pair{*ours, *theirs};
  if (after + 2 < table.columns().size() && parse_double(table.cell(0, after + 1)) &&
      parse_double(table.cell(0, after + 2)))
    return Pair{after + 1, after + 2};
  return invalid("The columns of the two sides were not found; name them ours and theirs.",
                 std::string(where));
}

using ResultsByYear = std::map<int, std::map<std::string, ResultRow>>;

Result<ResultsByYear> read_results(const CsvTable& table, std::string_view where) {
  const std::size_t contest =
      TRY(needed_column(table, {"contest", "state", "district", "ward"}, where));
  const auto year = column(table, {"year"});
  const auto weight = column(table, {"ev", "weight", "seats"});
  const Pair sides = TRY(pair_columns(table, contest, where));
  ResultsByYear results;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto ours = parse_double(table.cell(row, sides.ours));
    const auto theirs = parse_double(table.cell(row, sides.theirs));
    const auto when = year ? parse_int(table.cell(row, *year)) : std::optional<std::int64_t>(0);
    if (!ours || !theirs || !when || !(*ours >= 0 && *theirs >= 0 && *ours + *theirs > 0)) {
      return invalid("The year or the votes are no numbers of 0 or more.", place(where, row));
    }
    ResultRow read{*ours, *theirs, std::nullopt};
    if (weight) read.weight = parse_double(table.cell(row, *weight));
    const std::string name = contest_name(table.cell(row, contest));
    if (!results[static_cast<int>(*when)].emplace(name, read).second) {
      return invalid(fmt::format("\"{}\" is there twice.", name), place(where, row));
    }
  }
  return results;
}

struct PollRow {
  std::string contest;
  std::int64_t end_day;
  std::optional<double> people;
  double share;
};

Result<std::vector<PollRow>> read_polls(const CsvTable& table, std::string_view where) {
  const std::size_t contest =
      TRY(needed_column(table, {"contest", "state", "district", "ward"}, where));
  const std::size_t people = TRY(needed_column(
      table, {"n", "number.of.observations", "observations", "sample_size", "people"}, where));
  const std::size_t end = TRY(needed_column(table, {"end_date", "end.date", "end", "date"}, where));
  const Pair sides = TRY(pair_columns(table, end, where));
  std::vector<PollRow> polls;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto day = read_date(table.cell(row, end));
    const auto ours = parse_double(table.cell(row, sides.ours));
    const auto theirs = parse_double(table.cell(row, sides.theirs));
    if (!day) {
      return invalid(
          fmt::format("\"{}\" is no date; write 2012-11-06 or 11/6/12.", table.cell(row, end)),
          place(where, row));
    }
    if (!ours || !theirs || !(*ours >= 0 && *theirs >= 0 && *ours + *theirs > 0)) {
      return invalid("The shares of the two sides are no numbers of 0 or more.", place(where, row));
    }
    const auto count = parse_double(table.cell(row, people));
    polls.push_back(
        {contest_name(table.cell(row, contest)), *day, count, *ours / (*ours + *theirs)});
  }
  return polls;
}

Result<std::map<std::string, std::string>> read_pairs(
    const CsvTable& table, std::initializer_list<std::string_view> values, std::string_view where) {
  const std::size_t contest =
      TRY(needed_column(table, {"contest", "state", "state_abb", "district", "ward"}, where));
  const std::size_t value = TRY(needed_column(table, values, where));
  std::map<std::string, std::string> pairs;
  for (std::size_t row = 0; row < table.rows(); ++row)
    pairs[contest_name(table.cell(row, contest))] = contest_name(table.cell(row, value));
  return pairs;
}

/// Contests are those of this election's results; without them, those of the last one before.
Status add_contests(const ResultsByYear& results, int year, Election& election) {
  const auto now = results.contains(year) ? results.find(year) : results.find(0);
  const std::map<std::string, ResultRow>* actual = now == results.end() ? nullptr : &now->second;
  const std::map<std::string, ResultRow>* before = nullptr;
  for (const auto& [when, rows] : results) {
    if (when > 0 && when < year) before = &rows;
  }
  const std::map<std::string, ResultRow>* names = actual != nullptr ? actual : before;
  if (names == nullptr) {
    return invalid(fmt::format("The results hold neither {} nor an election before it.", year));
  }
  const auto share = [](const ResultRow& row) { return row.ours / (row.ours + row.theirs); };
  for (const auto& [name, row] : *names) {
    const ResultRow* previous = nullptr;
    if (before != nullptr && before->contains(name)) previous = &before->at(name);
    std::optional<double> weight = row.weight;
    if (!weight && previous != nullptr) weight = previous->weight;
    election.contests.push_back(name);
    election.weights.push_back(static_cast<int>(weight.value_or(1)));
    election.votes.push_back(previous != nullptr ? previous->ours + previous->theirs
                                                 : row.ours + row.theirs);
    election.previous.push_back(previous != nullptr ? std::optional(share(*previous))
                                                    : std::nullopt);
    election.actual.push_back(actual != nullptr ? std::optional(share(row)) : std::nullopt);
  }
  return {};
}

void add_polls(const std::vector<PollRow>& rows, Election& election) {
  int without_people = 0;
  std::set<std::string> unknown;
  for (const PollRow& row : rows) {
    const auto at =
        std::lower_bound(election.contests.begin(), election.contests.end(), row.contest);
    if (at == election.contests.end() || *at != row.contest) {
      unknown.insert(row.contest);
    } else if (!row.people || !(*row.people > 0)) {
      ++without_people;
    } else {
      election.polls.push_back({static_cast<std::uint32_t>(at - election.contests.begin()),
                                row.end_day, *row.people, row.share});
    }
  }
  if (without_people > 0) {
    election.notes.push_back(
        fmt::format("{} polls say not how many people were asked; left out.", without_people));
  }
  if (!unknown.empty()) {
    election.notes.push_back(fmt::format(
        "Polls of what is no contest of the results were left out: {}.", fmt::join(unknown, ", ")));
  }
}

Status add_regions_and_events(const Tables& tables, Election& election) {
  std::map<std::string, std::string> regions;
  if (tables.regions) {
    regions = TRY(read_pairs(*tables.regions, {"region", "division"}, "regions"));
  }
  std::map<std::string, std::string> events;
  if (tables.events)
    events = TRY(read_pairs(*tables.events, {"events", "total", "number"}, "events"));
  for (const std::string& contest : election.contests) {
    const auto region = regions.find(contest);
    election.regions.push_back(region == regions.end() ? "" : region->second);
    const auto event = events.find(contest);
    const double number = event == events.end() ? 0 : parse_double(event->second).value_or(0);
    election.events.push_back(tables.events ? std::optional(number) : std::nullopt);
  }
  return {};
}

Result<Election> build(const Tables& tables, std::string_view election_day) {
  const std::vector<PollRow> polls = TRY(read_polls(tables.polls, "polls"));
  std::int64_t last = polls.front().end_day;
  for (const PollRow& poll : polls)
    last = std::max(last, poll.end_day);
  const chr::year_month_day date{chr::sys_days{chr::days{last}}};
  Election election;
  int year = static_cast<int>(date.year());
  election.day = american_election_day(year);
  if (!election_day.empty()) {
    const auto day = read_date(election_day);
    if (!day) return invalid(fmt::format("\"{}\" is no date; write 2012-11-06.", election_day));
    election.day = *day;
    year = static_cast<int>(chr::year_month_day{chr::sys_days{chr::days{*day}}}.year());
  }
  const ResultsByYear results = TRY(read_results(tables.results, "results"));
  TRY(add_contests(results, year, election));
  TRY(add_regions_and_events(tables, election));
  add_polls(polls, election);
  return election;
}

}  // namespace

Result<Election> read_election(const ElectionFiles& files) {
  Tables tables{TRY(CsvTable::read(files.polls)), TRY(CsvTable::read(files.results)), {}, {}};
  if (files.regions.empty()) {
    tables.regions = TRY(CsvTable::of_text(std::string(election_2012_files().regions), "regions"));
  } else {
    tables.regions = TRY(CsvTable::read(files.regions));
  }
  if (!files.events.empty()) tables.events = TRY(CsvTable::read(files.events));
  return build(tables, files.election_day);
}

Result<Election> election_2012() {
  const Election2012Files files = election_2012_files();
  return build({TRY(CsvTable::of_text(std::string(files.polls), "polls")),
                TRY(CsvTable::of_text(std::string(files.results), "results")),
                TRY(CsvTable::of_text(std::string(files.regions), "regions")),
                TRY(CsvTable::of_text(std::string(files.events), "events"))},
               "");
}

Result<allocation::Race> race_on(const Election& election, std::int64_t day, const Sigma& sigma,
                                 const allocation::PollRule& rule) {
  const allocation::PollMeans means =
      TRY(allocation::poll_means(election.contests, election.previous, election.polls, day, rule));
  allocation::Race race;
  for (std::size_t i = 0; i < election.contests.size(); ++i) {
    race.contests.push_back(
        {election.contests[i], election.regions[i], election.weights[i], means.shares[i] - 0.5});
  }
  race.errors.national = sigma.national;
  race.errors.regional = sigma.regional;
  race.errors.contest.assign(election.contests.size(), sigma.contest);
  TRY(allocation::check_race(race));
  return race;
}

std::string date_text(std::int64_t day) {
  const chr::year_month_day date{chr::sys_days{chr::days{day}}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::optional<std::int64_t> read_date(std::string_view text) {
  const bool dashes = text.find('-') != std::string_view::npos;
  const std::vector<std::string_view> parts = split(trim(text), dashes ? '-' : '/');
  if (parts.size() != 3) return std::nullopt;
  const auto first = parse_int(parts[0]);
  const auto second = parse_int(parts[1]);
  const auto third = parse_int(parts[2]);
  if (!first || !second || !third) return std::nullopt;
  std::int64_t year = dashes ? *first : *third;
  if (!dashes && year < 100) year += 2000;
  if (year < 1900 || year > 2200) return std::nullopt;
  const chr::year_month_day date{chr::year{static_cast<int>(year)},
                                 chr::month{static_cast<unsigned>(dashes ? *second : *first)},
                                 chr::day{static_cast<unsigned>(dashes ? *third : *second)}};
  if (!date.ok()) return std::nullopt;
  return chr::sys_days{date}.time_since_epoch().count();
}

std::int64_t american_election_day(int year) {
  const chr::sys_days monday{chr::year{year} / chr::November / chr::Monday[1]};
  return (monday + chr::days{1}).time_since_epoch().count();
}

}  // namespace hustings::cli
