#include "spending/correlations.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include <fmt/format.h>

#include "base/csv.h"

namespace hustings::spending {

std::vector<double> correlation_matrix(const Stored& stored) {
  if (stored.correlations.empty()) return {};
  const std::size_t n = stored.contests.size();
  std::vector<double> matrix(n * n);
  for (std::size_t i = 0; i < n; ++i)
    matrix[i * n + i] = 1;
  for (const StoredCorrelation& pair : stored.correlations) {
    matrix[pair.first * n + pair.second] = pair.value;
    matrix[pair.second * n + pair.first] = pair.value;
  }
  return matrix;
}

std::string correlations_csv(const Stored& stored) {
  std::string text = "contest";
  for (const StoredContest& contest : stored.contests) {
    text += ',';
    append_csv_cell(text, contest.name);
  }
  text += '\n';
  const std::vector<double> matrix = correlation_matrix(stored);
  const std::size_t n = stored.contests.size();
  for (std::size_t i = 0; i < n; ++i) {
    append_csv_cell(text, stored.contests[i].name);
    for (std::size_t j = 0; j < n; ++j)
      fmt::format_to(std::back_inserter(text), ",{}",
                     matrix.empty() ? static_cast<double>(i == j) : matrix[i * n + j]);
    text += '\n';
  }
  return text;
}

SharedErrors shared_errors(const Settings& settings) {
  const double national = settings.error_national * settings.error_national;
  const double regional = settings.error_regional * settings.error_regional;
  const double whole = national + regional + settings.error_contest * settings.error_contest;
  if (whole <= 0) return {};
  return {.within_region = (national + regional) / whole, .between_regions = national / whole};
}

std::vector<StoredCorrelation> strongest(const Stored& stored, std::size_t count) {
  std::vector<StoredCorrelation> pairs = stored.correlations;
  std::sort(pairs.begin(), pairs.end(), [](const StoredCorrelation& a, const StoredCorrelation& b) {
    return std::tuple(-std::abs(a.value), a.first, a.second) <
           std::tuple(-std::abs(b.value), b.first, b.second);
  });
  pairs.resize(std::min(count, pairs.size()));
  return pairs;
}

}  // namespace hustings::spending
