#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace hustings::spending {

/// A column that a sheet may have, under any of some names.
struct Column {
  std::string_view name;
  bool needed = true;
  std::vector<std::string_view> others = {};  ///< names that mean the same
};

constexpr std::size_t kSheetRowsMax = 1'000'000;

/// A CSV text with a header (RFC 4180; comma, semicolon or tab), and its cells as numbers, money
/// and days. Every refusal names line and column. Small files: it is whole in memory.
class Sheet {
 public:
  /// Columns of other names are passed over (ignored()); but where the file has no column
  /// `others_without` they are kept under their own names (others()). invalid: not UTF-8, no
  /// header, a needed column missing, a row with more or fewer cells than the header, an open
  /// quote, no rows; over_limit.
  static Result<Sheet> read(std::string_view text, const std::vector<Column>& columns,
                            std::string_view others_without = {});

  std::size_t rows() const { return lines_.size(); }
  bool has(std::string_view column) const;
  const std::vector<std::string>& ignored() const { return ignored_; }
  const std::vector<std::string>& others() const { return others_; }
  /// Without blanks at its ends; empty if there is no such column.
  std::string_view text(std::size_t row, std::string_view column) const;
  /// "line 7, column price", for a refusal.
  std::string where(std::size_t row, std::string_view column) const;

  struct Range {
    double low;
    double high;
  };
  /// invalid: empty, or not within both ends.
  Result<std::string> name(std::size_t row, std::string_view column) const;
  Result<double> number(std::size_t row, std::string_view column, Range range) const;
  Result<std::int64_t> whole(std::size_t row, std::string_view column, Range range) const;
  /// As whole cents: "1,234.50", "$12", "12.5"; not negative unless `may_be_negative`.
  Result<std::int64_t> cents(std::size_t row, std::string_view column,
                             bool may_be_negative = false) const;
  /// "2026-11-03", "11/3/26" or "11/3/2026", as "2026-11-03".
  Result<std::string> day(std::size_t row, std::string_view column) const;
  /// The same, nothing where the cell is empty.
  Result<std::optional<double>> maybe_number(std::size_t row, std::string_view column,
                                             Range range) const;
  Result<std::optional<std::int64_t>> maybe_cents(std::size_t row, std::string_view column) const;

 private:
  Status keep_others(const std::vector<std::string>& header, std::vector<std::size_t>& places);

  std::vector<std::string> names_;               ///< of the columns, as asked for
  std::vector<std::string> ignored_;             ///< columns that nobody asked for
  std::vector<std::string> others_;              ///< the same, where they were kept
  std::vector<std::vector<std::string>> cells_;  ///< by row, by column
  std::vector<std::size_t> lines_;               ///< by row: its first line in the text
};

constexpr std::int64_t kCentsMax = 1'000'000'000'000'00;  ///< what is more is a slip of the pen

/// "1,234.50", "$12" as cents; nothing for anything else, more than two decimals, or more than
/// kCentsMax.
std::optional<std::int64_t> parse_cents(std::string_view text);
/// Days as Sheet::day reads them.
std::optional<std::string> parse_day(std::string_view text);

}  // namespace hustings::spending
