#include "cli/allocate/race_file.h"

#include <algorithm>
#include <fstream>
#include <numeric>
#include <sstream>

#include <fmt/format.h>

#include "allocation/correlation.h"
#include "base/text.h"
#include "cli/allocate/json_reading.h"

namespace hustings::cli {
namespace {

namespace json = boost::json;

const std::vector<std::string_view> kKnown = {"contest",
                                              "contests",
                                              "state",
                                              "states",
                                              "ev",
                                              "weight",
                                              "weights",
                                              "seats",
                                              "region",
                                              "regions",
                                              "mu",
                                              "mean",
                                              "means",
                                              "sigma",
                                              "need",
                                              "needed",
                                              "threshold",
                                              "scales",
                                              "chances",
                                              "correlation",
                                              "correlation_file",
                                              "repair_correlation",
                                              "votes",
                                              "spec",
                                              "pwin",
                                              "evmean",
                                              "p269",
                                              "pstate",
                                              "Q",
                                              "pmf",
                                              "note",
                                              "comment",
                                              "source",
                                              "name"};

Status read_errors(const json::object& object, allocation::Race& race) {
  const std::size_t n = race.contests.size();
  const json::value* sigma = find(object, {"sigma"});
  if (sigma == nullptr || !sigma->is_object()) {
    return invalid(
        "The race needs sigma, an object with N (national), R (regional) and S "
        "(contest) as standard deviations of a share.",
        "sigma");
  }
  const json::object& parts = sigma->as_object();
  TRY(check_keys(parts, {"N", "R", "S", "national", "regional", "contest"}, "sigma"));
  if (const json::value* national = find(parts, {"N", "national"}))
    race.errors.national = TRY(number_of(*national, "sigma.N"));
  if (const json::value* regional = find(parts, {"R", "regional"}))
    race.errors.regional = TRY(number_of(*regional, "sigma.R"));
  const json::value* own = find(parts, {"S", "contest"});
  if (own == nullptr) return invalid("The contests' own errors are missing.", "sigma.S");
  if (own->is_array()) {
    race.errors.contest = TRY(numbers_of(*own, "sigma.S"));
  } else {
    race.errors.contest.assign(n, TRY(number_of(*own, "sigma.S")));
  }
  if (const json::value* scales = find(object, {"scales"}))
    race.errors.scales = TRY(numbers_of(*scales, "scales"));
  if (const json::value* chances = find(object, {"chances"}))
    race.errors.chances = TRY(numbers_of(*chances, "chances"));
  return {};
}

Status read_contests(const json::object& object, RaceInput& input) {
  const json::value* names = find(object, {"contest", "contests", "state", "states"});
  if (names == nullptr) return invalid("The race names no contests.", "contest");
  const std::vector<std::string> contests = TRY(texts_of(*names, "contest"));
  const json::value* means = find(object, {"mu", "mean", "means"});
  if (means == nullptr) return invalid("The race has no means.", "mean");
  const std::vector<double> mean = TRY(numbers_of(*means, "mean"));
  std::vector<double> weight(contests.size(), 1);
  if (const json::value* weights = find(object, {"ev", "weight", "weights", "seats"}))
    weight = TRY(numbers_of(*weights, "weight"));
  std::vector<std::string> region(contests.size());
  if (const json::value* regions = find(object, {"region", "regions"}))
    region = TRY(texts_of(*regions, "region"));
  if (mean.size() != contests.size() || weight.size() != contests.size() ||
      region.size() != contests.size()) {
    return invalid(
        fmt::format("The race has {} contests, {} means, {} weights and {} regions; "
                    "they must be as many.",
                    contests.size(), mean.size(), weight.size(), region.size()));
  }
  for (std::size_t i = 0; i < contests.size(); ++i) {
    if (weight[i] != static_cast<int>(weight[i])) {
      return invalid(fmt::format("The weight is {}; it must be a whole number.", weight[i]),
                     contests[i]);
    }
    input.race.contests.push_back({contests[i], region[i], static_cast<int>(weight[i]), mean[i]});
  }
  return {};
}

void sort_by_name(RaceInput& input) {
  const std::size_t n = input.race.contests.size();
  input.file_place.resize(n);
  std::iota(input.file_place.begin(), input.file_place.end(), 0U);
  std::sort(input.file_place.begin(), input.file_place.end(), [&](std::size_t a, std::size_t b) {
    return input.race.contests[a].name < input.race.contests[b].name;
  });
  const allocation::Race before = input.race;
  const std::vector<double> votes = input.votes;
  for (std::size_t i = 0; i < n; ++i) {
    input.race.contests[i] = before.contests[input.file_place[i]];
    input.race.errors.contest[i] = before.errors.contest[input.file_place[i]];
    if (!votes.empty()) input.votes[i] = votes[input.file_place[i]];
  }
}

Result<std::vector<double>> matrix_of(const json::value& value) {
  if (!value.is_array()) return invalid("This must be a list of rows.", "correlation");
  std::vector<double> matrix;
  for (const json::value& row : value.as_array()) {
    if (!row.is_array()) {
      matrix.push_back(TRY(number_of(row, "correlation")));
      continue;
    }
    const std::vector<double> numbers = TRY(numbers_of(row, "correlation"));
    matrix.insert(matrix.end(), numbers.begin(), numbers.end());
  }
  return matrix;
}

}  // namespace

Result<std::vector<double>> read_matrix(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream) return invalid("There is no such file, or it cannot be opened.", file.string());
  std::stringstream all;
  all << stream.rdbuf();
  const std::string text = all.str();
  if (trim(text).starts_with("[")) {
    json::error_code problem;
    const json::value value = json::parse(trim(text), problem);
    if (problem) return invalid("This is no JSON.", file.string());
    return matrix_of(value);
  }
  std::vector<double> matrix;
  for (const std::string_view line : split(text, '\n')) {
    if (trim(line).empty()) continue;
    for (const std::string_view cell : split(line, ',')) {
      const std::optional<double> number = parse_double(trim(cell));
      if (!number) {
        return invalid(
            fmt::format("\"{}\" is no number; the matrix is CSV without a header.", trim(cell)),
            file.string());
      }
      matrix.push_back(*number);
    }
  }
  return matrix;
}

Status set_correlation(RaceInput& input, const std::vector<double>& by_file_order, bool repair) {
  const std::size_t n = input.race.contests.size();
  std::vector<double> matrix = by_file_order;
  if (matrix.size() == n * n) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j)
        matrix[i * n + j] = by_file_order[input.file_place[i] * n + input.file_place[j]];
    }
  }
  const auto checked = allocation::check_correlation(matrix, n);
  if (!checked) {
    const bool repairable = allocation::check_correlation_entries(matrix, n).has_value();
    if (!repair || !repairable) return std::unexpected(checked.error());
    const allocation::Repaired repaired = allocation::nearest_correlation(matrix, n);
    input.notes.push_back(
        fmt::format("The correlation matrix was not positive semi-definite; as "
                    "asked, the nearest one that is was taken. No entry changed "
                    "by more than {:.3g}.",
                    repaired.largest_change));
    matrix = repaired.matrix;
  }
  input.race.errors.correlation = std::move(matrix);
  return {};
}

Result<RaceInput> read_race(const json::object& object, const std::filesystem::path& folder,
                            const CorrelationChoice& correlation) {
  TRY(check_keys(object, kKnown, "race"));
  RaceInput input;
  TRY(read_contests(object, input));
  TRY(read_errors(object, input.race));
  if (const json::value* needed = find(object, {"need", "needed", "threshold"}))
    input.race.needed = static_cast<int>(TRY(number_of(*needed, "needed")));
  if (const json::value* votes = find(object, {"votes"}))
    input.votes = TRY(numbers_of(*votes, "votes"));
  if (!input.votes.empty() && input.votes.size() != input.race.contests.size())
    return invalid("There must be a number of votes for each contest.", "votes");
  TRY(check_race(input.race));
  sort_by_name(input);
  bool repair = correlation.repair;
  if (const json::value* asked = find(object, {"repair_correlation"}))
    repair = repair || TRY(truth_of(*asked, "repair_correlation"));
  std::vector<double> matrix;
  if (!correlation.file.empty()) {
    matrix = TRY(read_matrix(correlation.file));
  } else if (const json::value* given = find(object, {"correlation"})) {
    matrix = TRY(matrix_of(*given));
  } else if (const json::value* file = find(object, {"correlation_file"})) {
    const std::string name = TRY(text_of(*file, "correlation_file"));
    matrix = TRY(read_matrix(folder / name));
  } else {
    return input;
  }
  TRY(set_correlation(input, matrix, repair));
  return input;
}

}  // namespace hustings::cli
