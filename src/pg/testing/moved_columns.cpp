#include "pg/testing/moved_columns.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"

namespace hustings::pg::testing {

std::vector<std::string> columns_not_moved(Connection& connection, const Statement& statement) {
  constexpr std::string_view kInsert = "insert into ";
  const std::string_view text = statement.text;
  const std::size_t insert = text.find(kInsert);
  const std::size_t open = text.find('(', insert);
  const std::size_t close = text.find(')', open);
  if (insert == std::string_view::npos || close == std::string_view::npos) {
    throw Failure(fmt::format("{} inserts into no named columns.", statement.name));
  }
  const std::size_t name = insert + kInsert.size();
  const std::string_view table = trim(text.substr(name, open - name));
  std::vector<std::string> named;
  for (const std::string_view column : split(text.substr(open + 1, close - open - 1), ','))
    named.emplace_back(trim(column));
  std::vector<std::string> left;
  for (const Row row : connection.run_text(
           fmt::format("select column_name from information_schema.columns"
                       " where table_schema = current_schema() and table_name = '{}'"
                       " order by ordinal_position",
                       table),
           "columns_not_moved")) {
    if (std::ranges::find(named, row.text(0)) == named.end()) left.emplace_back(row.text(0));
  }
  return left;
}

}  // namespace hustings::pg::testing
