#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pg/connection.h"
#include "rights/erasure.h"

namespace hustings::ingest {

/// Rows of files as received: those of a person, for the person, and their removal. A row is the
/// person's if the registry read it from there, or if it holds an id of the person in the source's
/// files together with a last name: that also finds the rows that said nothing new, and rejected
/// ones. A rejected row is erased by the id alone as well, since its name may be what it lacks, and
/// rows of votes and scores have none. Every kept piece of the sources' files is read: a second for
/// a gigabyte of text.
class KeptRows final : public rights::RawRows {
 public:
  std::vector<Row> rows_of(pg::Connection& connection, const rights::ErasedPerson& person) override;
  std::int64_t erase(pg::Transaction& transaction, const rights::ErasedPerson& person) override;
};

/// Whether a row holds `id` as a word of its own, and one of the names (upper case) in any case,
/// with any blanks and marks between its letters.
bool names_person(std::string_view row, std::string_view id,
                  std::span<const std::string> last_names);
/// Whether `is` holds of one of a row's fields, whatever sign stands between them.
bool any_field(std::string_view row, const std::function<bool(std::string_view)>& is);

/// Empties these lines (numbers from `first` on, ascending); their ends stay, so that the lines
/// behind them keep their numbers.
void blank_lines(std::string& lines, std::int64_t first, std::span<const std::int64_t> numbers);

}  // namespace hustings::ingest
