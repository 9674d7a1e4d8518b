#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "allocation/correlation.h"
#include "base/text.h"
#include "spending/sheet_imports.h"
#include "spending/sql.h"
#include "spending/stored.h"

namespace hustings::spending {
namespace {

constexpr double kSame = 1e-9;

/// A matrix of the contests that is filled by rows that say something of a pair, of two regions, or
/// of all others: what is said of less counts more.
class Draft {
 public:
  explicit Draft(pg::Transaction& transaction) {
    for (const pg::Row row : transaction.run(sql::kContests)) {
      places_.emplace(row.get<std::string>(1), ids_.size());
      ids_.push_back(row.get<std::int64_t>(0));
      names_.push_back(row.get<std::string>(1));
      regions_.push_back(row.get<std::string>(2));
    }
    matrix_.assign(size() * size(), 0);
    said_.assign(size() * size(), Said::nothing);
    for (std::size_t i = 0; i < size(); ++i)
      matrix_[i * size() + i] = 1;
  }

  std::size_t size() const { return ids_.size(); }
  Status read(const Sheet& sheet);
  Status read_matrix(const Sheet& sheet);
  /// invalid: no errors can be correlated so; over_limit: too large to be repaired.
  Status check(bool repair, std::vector<std::string>& notes);
  /// Pairs that are not zero, by ids: the lower one first.
  std::map<std::pair<std::int64_t, std::int64_t>, double> pairs() const;

 private:
  enum class Said : std::uint8_t { nothing, of_all, of_regions, of_pair };

  void put(std::size_t a, std::size_t b, double value, Said said) {
    if (a == b || said_[a * size() + b] > said) return;
    for (const std::size_t at : {a * size() + b, b * size() + a}) {
      matrix_[at] = value;
      said_[at] = said;
    }
  }
  void put_regions(std::string_view a, std::string_view b, double value) {
    for (std::size_t i = 0; i < size(); ++i) {
      for (std::size_t j = 0; j < size(); ++j) {
        if (regions_[i] == a && regions_[j] == b) put(i, j, value, Said::of_regions);
      }
    }
  }
  void put_all(double value) {
    for (std::size_t i = 0; i < size(); ++i) {
      for (std::size_t j = 0; j < i; ++j)
        put(i, j, value, Said::of_all);
    }
  }
  Result<std::size_t> contest(const Sheet& sheet, std::size_t row, std::string_view column) const;
  Status known_region(const Sheet& sheet, std::size_t row, std::string_view column) const;
  Status read_cell(const Sheet& sheet, std::size_t row, const std::string& column, std::size_t a);
  std::string strangest() const;

  std::vector<std::int64_t> ids_;
  std::vector<std::string> names_;
  std::vector<std::string> regions_;
  std::map<std::string, std::size_t, std::less<>> places_;
  std::vector<double> matrix_;
  std::vector<Said> said_;
};

Result<std::size_t> Draft::contest(const Sheet& sheet, std::size_t row,
                                   std::string_view column) const {
  const std::string name = TRY(sheet.name(row, column));
  const auto found = places_.find(name);
  if (found != places_.end()) return found->second;
  return invalid(fmt::format("No contest is called \"{}\".", name), sheet.where(row, column));
}

Status Draft::known_region(const Sheet& sheet, std::size_t row, std::string_view column) const {
  const std::string name = TRY(sheet.name(row, column));
  if (std::find(regions_.begin(), regions_.end(), name) != regions_.end()) return {};
  return invalid(fmt::format("No contest lies in a region called \"{}\".", name),
                 sheet.where(row, column));
}

Status Draft::read(const Sheet& sheet) {
  SeenKeys seen;
  for (std::size_t row = 0; row < sheet.rows(); ++row) {
    const double value = TRY(sheet.number(row, "correlation", {-1, 1}));
    const bool of_contests = !sheet.text(row, "contest").empty();
    const bool of_regions = !sheet.text(row, "region").empty();
    if (of_contests && of_regions)
      return invalid("A row is of two contests or of two regions, not of both.",
                     sheet.where(row, "region"));
    if (of_contests) {
      const std::size_t a = TRY(contest(sheet, row, "contest"));
      const std::size_t b = TRY(contest(sheet, row, "other"));
      if (a == b)
        return invalid("A contest's correlation with itself is 1.", sheet.where(row, "other"));
      TRY(seen.add(sheet, row, "contest", fmt::format("c {} {}", std::min(a, b), std::max(a, b))));
      put(a, b, value, Said::of_pair);
    } else if (of_regions) {
      TRY(known_region(sheet, row, "region"));
      const std::string a(sheet.text(row, "region"));
      if (!sheet.text(row, "other_region").empty()) TRY(known_region(sheet, row, "other_region"));
      const std::string b(sheet.text(row, "other_region").empty()
                              ? std::string_view(a)
                              : sheet.text(row, "other_region"));
      TRY(seen.add(sheet, row, "region", fmt::format("r {}\n{}", std::min(a, b), std::max(a, b))));
      put_regions(a, b, value);
    } else {
      if (!sheet.text(row, "other").empty() || !sheet.text(row, "other_region").empty())
        return invalid("A row is of two; here only one is named.", sheet.where(row, "contest"));
      TRY(seen.add(sheet, row, "contest", "all"));
      put_all(value);
    }
  }
  return {};
}

/// One cell of a square table; empty ones leave it to the other half to say.
Status Draft::read_cell(const Sheet& sheet, std::size_t row, const std::string& column,
                        std::size_t a) {
  const auto other = places_.find(column);
  if (other == places_.end())
    return invalid(
        fmt::format("No contest is called \"{}\"; a file has a column \"correlation\", or "
                    "one for each contest.",
                    column),
        "line 1");
  const auto cell = TRY(sheet.maybe_number(row, column, {-1, 1}));
  if (!cell) return {};
  const std::size_t b = other->second;
  if (a == b) {
    if (std::abs(*cell - 1) <= kSame) return {};
    return invalid("A contest's correlation with itself is 1.", sheet.where(row, column));
  }
  const std::size_t at = a * size() + b;
  if (said_[at] == Said::of_pair && std::abs(matrix_[at] - *cell) > kSame) {
    return invalid(fmt::format("{} with {} is {} here and {} the other way round.", names_[a],
                               names_[b], *cell, matrix_[at]),
                   sheet.where(row, column));
  }
  put(a, b, *cell, Said::of_pair);
  return {};
}

Status Draft::read_matrix(const Sheet& sheet) {
  SeenKeys seen;
  for (std::size_t row = 0; row < sheet.rows(); ++row) {
    const std::size_t a = TRY(contest(sheet, row, "contest"));
    TRY(seen.add(sheet, row, "contest", names_[a]));
    for (const std::string& column : sheet.others())
      TRY(read_cell(sheet, row, column, a));
  }
  return {};
}

/// The contests that fit least: the largest parts of the direction in which the variance would be
/// negative.
std::string Draft::strangest() const {
  const allocation::Eigen eigen = allocation::eigen_of(matrix_, size());
  std::vector<std::size_t> order(size());
  for (std::size_t i = 0; i < order.size(); ++i)
    order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(-std::abs(eigen.vectors[a]), a) < std::pair(-std::abs(eigen.vectors[b]), b);
  });
  std::vector<std::string> worst;
  for (std::size_t i = 0; i < std::min<std::size_t>(3, order.size()); ++i)
    worst.push_back(names_[order[i]]);
  return join(worst, ", ");
}

Status Draft::check(bool repair, std::vector<std::string>& notes) {
  if (allocation::check_correlation(matrix_, size())) return {};
  if (!repair) {
    return invalid(
        fmt::format("No errors can be correlated like this: the matrix is not positive "
                    "semi-definite. {} fit least. Mend them, or ask for the nearest matrix that "
                    "can be.",
                    strangest()));
  }
  if (size() > kRepairedMax) {
    return refuse(ErrorCode::over_limit,
                  fmt::format("A matrix of more than {} contests is not repaired here; mend it "
                              "before it is imported.",
                              kRepairedMax));
  }
  const allocation::Repaired repaired = allocation::nearest_correlation(matrix_, size());
  notes.push_back(
      fmt::format("The correlations could not be like this (not positive semi-definite); as asked, "
                  "the nearest ones that can were taken. None changed by more than {:.3g}.",
                  repaired.largest_change));
  matrix_ = repaired.matrix;
  return {};
}

std::map<std::pair<std::int64_t, std::int64_t>, double> Draft::pairs() const {
  std::map<std::pair<std::int64_t, std::int64_t>, double> all;
  for (std::size_t i = 0; i < size(); ++i) {
    for (std::size_t j = 0; j < size(); ++j) {
      const double value = matrix_[i * size() + j];
      if (ids_[i] < ids_[j] && std::abs(value) > kSame)
        all.emplace(std::pair(ids_[i], ids_[j]), std::clamp(value, -1.0, 1.0));
    }
  }
  return all;
}

/// Writes the pairs in place of what was there; how many are new or other than before.
std::int64_t replace(pg::Transaction& transaction, const Draft& draft, const std::string& note) {
  auto before = std::map<std::pair<std::int64_t, std::int64_t>, double>();
  for (const pg::Row row : transaction.run(sql::kCorrelations)) {
    before.emplace(std::pair(row.get<std::int64_t>(0), row.get<std::int64_t>(1)),
                   row.get<double>(2));
  }
  std::vector<std::int64_t> contests;
  std::vector<std::int64_t> others;
  std::vector<double> values;
  std::int64_t changed = 0;
  for (const auto& [pair, value] : draft.pairs()) {
    const auto old = before.find(pair);
    changed += old == before.end() || old->second != value ? 1 : 0;
    if (old != before.end()) before.erase(old);
    contests.push_back(pair.first);
    others.push_back(pair.second);
    values.push_back(value);
  }
  changed += static_cast<std::int64_t>(before.size());  // those that are gone
  if (changed == 0) return 0;
  transaction.run(sql::kCorrelationsRemove);
  transaction.run(sql::kCorrelationsAdd, contests, others, values);
  transaction.run(sql::kCorrelationNote, note);
  return changed;
}

Result<std::int64_t> save_correlations(pg::Transaction& transaction, const Sheet& sheet,
                                       const KnownNames& names, ImportedSheet& done) {
  if (names.contests.size() > kCorrelatedMax) {
    return refuse(ErrorCode::over_limit,
                  fmt::format("The errors of more than {} contests are not correlated here.",
                              kCorrelatedMax));
  }
  Draft draft(transaction);
  TRY(sheet.has("correlation") ? draft.read(sheet) : draft.read_matrix(sheet));
  TRY(draft.check(names.repair, done.notes));
  return replace(transaction, draft, join(done.notes, " "));
}

}  // namespace

SheetImport correlations_import() {
  return {.columns = {{.name = "contest", .needed = false, .others = {"state", ""}},
                      {.name = "other", .needed = false, .others = {"other_contest", "with"}},
                      {.name = "region", .needed = false},
                      {.name = "other_region", .needed = false},
                      {.name = "correlation", .needed = false}},
          .run = &save_correlations,
          .others_without = "correlation"};
}

}  // namespace hustings::spending
