#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "cli/analysis/data_table.h"
#include "statistics/calibration.h"

namespace hustings::cli {

/// What is known of the population. The file has the columns variable, category, total (by these
/// names or in this order); a line without a category is the total of a column of numbers, and the
/// variable
/// `*` is everybody. Totals of a variable that add up to 1 or to 100 are shares.
struct Margins {
  std::vector<statistics::Margin> categorical;
  struct Number {
    std::string column;
    double total;
  };
  std::vector<Number> numbers;
  double everybody = 0;  ///< 0: not said
  bool shares = false;   ///< totals are shares of the sum of weights
};
/// invalid: a missing column, a total that is no number, a category twice, one that the margin
/// lacks or that no respondent has (by name).
Result<Margins> read_margins(const std::filesystem::path& file, const DataTable& data,
                             const std::vector<bool>& in);

}  // namespace hustings::cli
