#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "cli/link/csv_table.h"
#include "statistics/matrix.h"

namespace hustings::cli {

/// The categories of a column: a number for each row, UINT32_MAX where it is missing.
struct Categories {
  std::vector<std::string> levels;  ///< by size where all are numbers, else by the alphabet
  std::vector<std::uint32_t> code;
};

/// Columns of a regression, with their names. A missing value is NaN.
struct ModelColumns {
  std::vector<std::string> names;
  std::vector<std::vector<double>> columns;
};
struct Formula {
  std::string outcome;
  ModelColumns right;
};

/// A CSV file whose columns are read as numbers or as categories. A column may be named with what
/// is made of it: `a+b` (their sum), `a^2`, `a=Yes` (1 or 0), `a:b` (their product).
class DataTable {
 public:
  static Result<DataTable> read(const std::filesystem::path& file);

  std::size_t rows() const { return table_.rows(); }
  const std::filesystem::path& file() const { return file_; }

  /// invalid: no such column (with the nearest name), or a cell that is no number (with its row).
  Result<std::vector<double>> numbers(std::string_view expression) const;
  /// invalid: no such column, or more than kLevelsMax categories.
  Result<Categories> categories(std::string_view name) const;
  static constexpr std::size_t kLevelsMax = 10'000'000;
  /// Are all its cells numbers (or missing)? invalid: no such column.
  Result<bool> is_numeric(std::string_view expression) const;
  /// The rows for which all of `column=value`, `column!=value`, `column<number`, `column>number`
  /// hold.
  Result<std::vector<bool>> where(const std::vector<std::string>& conditions) const;

  /// "y ~ a + b + c:d": a constant first; a column of categories becomes one of 0 and 1 for each
  /// but the first. `0 +` leaves the constant out.
  Result<Formula> formula(std::string_view text) const;
  Result<ModelColumns> model(const std::vector<std::string>& terms) const;

 private:
  Result<std::size_t> column_of(std::string_view name) const;
  bool has(std::string_view name) const;
  Result<ModelColumns> term(std::string_view text) const;
  Result<std::vector<bool>> holds(std::string_view condition) const;

  std::filesystem::path file_;
  CsvTable table_;
};

}  // namespace hustings::cli
