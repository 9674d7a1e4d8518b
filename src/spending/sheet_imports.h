#pragma once

#include <map>
#include <string>

#include "pg/connection.h"
#include "spending/inputs.h"
#include "spending/sheet.h"

/// One function a kind of sheet: checks every row against what is there, then writes all.
namespace hustings::spending {

/// What the database knows by name.
struct KnownNames {
  std::map<std::string, std::int64_t, std::less<>> contests;
  std::map<std::string, std::int64_t, std::less<>> markets;
  std::map<std::string, std::int64_t, std::less<>> channels;
  std::string currency;
  std::int64_t weeks = 1;
  std::string actor;
  Instant now;
  bool repair = false;  ///< a correlation matrix that cannot be
};

struct SheetImport {
  std::vector<Column> columns;
  /// Rows that were changed; what else there is to say goes into the ImportedSheet.
  Result<std::int64_t> (*run)(pg::Transaction&, const Sheet&, const KnownNames&,
                              ImportedSheet& done);
  std::string_view others_without = {};  ///< as Sheet::read takes it
};

SheetImport contests_import();
SheetImport markets_import();
SheetImport reach_import();
SheetImport counties_import();
SheetImport channels_import();
SheetImport rates_import();
SheetImport responses_import();
SheetImport measures_import();
SheetImport polls_import();
SheetImport poll_errors_import();
SheetImport correlations_import();
SheetImport limits_import();
SheetImport opponent_import();
SheetImport live_import();

using NameMap = std::map<std::string, std::int64_t, std::less<>>;
/// The id of what a cell names; invalid if nothing is called so.
Result<std::int64_t> known(const Sheet& sheet, std::size_t row, std::string_view column,
                           const NameMap& names);
/// The same; nothing for an empty cell.
Result<std::optional<std::int64_t>> maybe_known(const Sheet& sheet, std::size_t row,
                                                std::string_view column, const NameMap& names);
/// invalid where a row's currency is not the ledger's.
Status check_currency(const Sheet& sheet, const std::string& currency);

/// Refuses rows that say something of the same thing twice.
class SeenKeys {
 public:
  Status add(const Sheet& sheet, std::size_t row, std::string_view column, const std::string& key);

 private:
  std::map<std::string, std::size_t> rows_;
};

}  // namespace hustings::spending
