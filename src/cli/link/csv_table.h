#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace hustings::cli {

/// A delimited file with a header, whole in memory: its text as UTF-8 and 16 bytes a cell.
///
/// Found out by itself: the delimiter (comma, semicolon, tab, bar), the encoding (UTF-8 and UTF-16
/// with or without mark, else Windows-1252), quotes with line ends inside, CR LF. Cells are without
/// blanks around them. A short row is filled up with empty cells, a long one is cut; both are
/// counted. Lines without any text are passed over. The order of rows is the file's.
class CsvTable {
 public:
  static constexpr std::size_t kColumnsMax = 1000;
  static constexpr std::uint64_t kBytesMax = (1ULL << 31) - 1;

  /// invalid: no such file, a folder, empty, no header, no rows, too many columns; over_limit.
  static Result<CsvTable> read(const std::filesystem::path& file);
  /// The same for a text at hand; `where` names it in sentences.
  static Result<CsvTable> of_text(std::string text, const std::string& where);

  const std::vector<std::string>& columns() const { return columns_; }
  std::size_t rows() const { return columns_.empty() ? 0 : cells_.size() / columns_.size(); }
  std::string_view cell(std::size_t row, std::size_t column) const {
    return cells_[row * columns_.size() + column];
  }
  std::size_t uneven_rows() const { return uneven_rows_; }
  char delimiter() const { return delimiter_; }

 private:
  Result<void> parse(const std::string& where);

  std::string text_;  ///< the cells point into it; undone quotes are written over the original
  std::vector<std::string> columns_;
  std::vector<std::string_view> cells_;
  std::size_t uneven_rows_ = 0;
  char delimiter_ = ',';
};

}  // namespace hustings::cli
