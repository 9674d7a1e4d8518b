#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace hustings::forms {

/// The words of one sheet of an .xlsx workbook (ECMA-376): no formats, formulas as their last
/// result.
struct SheetRow {
  std::int64_t row = 0;  ///< as the program shows it, from 1
  std::vector<std::string> cells;
};
using Workbook = std::map<std::string, std::vector<SheetRow>>;  ///< by the sheet's name, in small

inline constexpr std::size_t kWorkbookBytesMax = 32 << 20;  ///< unpacked
inline constexpr std::size_t kSheetRowsMax = 5000;
inline constexpr std::size_t kSheetColumnsMax = 200;
inline constexpr std::size_t kSheetsMax = 50;
inline constexpr std::size_t kCellBytesMax = 64 << 20;  ///< of all cells, the empty ones too

/// invalid: no workbook; over_limit.
Result<Workbook> read_workbook(std::string_view bytes);

}  // namespace hustings::forms
