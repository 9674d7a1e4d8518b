#include "identity/identities.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "base/text.h"
#include "identity/copy_text.h"
#include "identity/person_reader.h"
#include "identity/sql.h"

namespace hustings::identity {
namespace {

constexpr std::size_t kColumns = 17;
constexpr std::int64_t kTellEvery = 16'384;

linkage::BirthDate birth_of(std::string_view date, std::int64_t year, std::int64_t month) {
  linkage::BirthDate birth;
  if (date.size() == 10) {
    birth.year = static_cast<std::uint16_t>(parse_int(date.substr(0, 4)).value_or(0));
    birth.month = static_cast<std::uint8_t>(parse_int(date.substr(5, 2)).value_or(0));
    birth.day = static_cast<std::uint8_t>(parse_int(date.substr(8, 2)).value_or(0));
  } else {
    birth.year = static_cast<std::uint16_t>(std::clamp<std::int64_t>(year, 0, 4095));
    birth.month = static_cast<std::uint8_t>(std::clamp<std::int64_t>(month, 0, 12));
  }
  return birth;
}

/// `text(i)` and `number(i)` give the columns behind the first four.
template <class Row>
PersonFields fields_of(const Row& row) {
  return {.first = row.text(4),
          .middle = row.text(5),
          .last = row.text(6),
          .suffix = row.text(7),
          .gender = row.text(8),
          .birth = birth_of(row.text(11), row.number(9), row.number(10)),
          .street = row.text(12),
          .city = row.text(13),
          .zip = row.text(14),
          .phone = static_cast<std::uint64_t>(row.number(15)),
          .email = row.text(16)};
}

template <class Row>
Identity identity_of(const Row& row, Sources& sources) {
  return {.home = VoterId(row.number(0)),
          .voter = VoterId(row.number(1)),
          .source = sources.number_of(row.text(2)),
          .is_official = row.flag(3)};
}

/// A row of an ordinary answer, read as a row of a COPY is.
struct AnswerRow {
  pg::Row row;
  std::string_view text(int column) const { return row.text(column); }
  std::int64_t number(int column) const { return parse_int(row.text(column)).value_or(0); }
  bool flag(int column) const { return row.text(column) == "t"; }
};

}  // namespace

std::uint16_t Sources::number_of(std::string_view name) {
  const auto found = std::ranges::find(names_, name);
  if (found == names_.end()) {
    CHECK(names_.size() < std::numeric_limits<std::uint16_t>::max());
    names_.emplace_back(name);
    return static_cast<std::uint16_t>(names_.size() - 1);
  }
  return static_cast<std::uint16_t>(found - names_.begin());
}

std::int64_t load_identities(pg::Connection& connection, Sources& sources, const Place& place,
                             const Tell& tell) {
  CopyTextRow row(kColumns);
  PersonReader reader;
  std::int64_t count = 0;
  connection.copy_out(sql::kIdentitiesCopy, [&](std::string_view line) {
    CHECK(row.read(line));
    const Identity identity = identity_of(row, sources);
    if (++count % kTellEvery == 0) tell(count);
    Identities* into = place(identity.home, identity.source);
    if (into == nullptr) return;
    into->rows.push_back(identity);
    into->records.append(reader.read(fields_of(row)));
  });
  return count;
}

void each_identity(pg::Connection& connection, Sources& sources, const Use& use) {
  CopyTextRow row(kColumns);
  PersonReader reader;
  connection.copy_out(sql::kIdentitiesCopy, [&](std::string_view line) {
    CHECK(row.read(line));
    use(identity_of(row, sources), reader.read(fields_of(row)));
  });
}

void read_homes(pg::Connection& connection, const std::vector<std::int64_t>& homes,
                Sources& sources, const Use& use) {
  std::vector<std::int16_t> buckets;
  buckets.reserve(homes.size());
  for (const std::int64_t home : homes)
    buckets.push_back(bucket_of(VoterId(home)));
  PersonReader reader;
  for (const pg::Row answer : connection.run(sql::kIdentitiesOfHomes, homes, buckets)) {
    const AnswerRow row{answer};
    use(identity_of(row, sources), reader.read(fields_of(row)));
  }
}

std::vector<std::int64_t> homes_of_imports(pg::Connection& connection,
                                           const std::vector<ImportId>& imports) {
  std::vector<std::int64_t> numbers;
  for (const ImportId import : imports)
    numbers.push_back(import.value());
  constexpr std::string_view kPlace = "{imports}";
  std::string statement(sql::kHomesOfImportsCopy.text);
  statement.replace(statement.find(kPlace), kPlace.size(),
                    fmt::format("{}", fmt::join(numbers, ",")));
  std::vector<std::int64_t> homes;
  CopyTextRow row(1);
  connection.copy_out(statement, sql::kHomesOfImportsCopy.name, [&](std::string_view line) {
    CHECK(row.read(line));
    homes.push_back(row.number(0));
  });
  std::ranges::sort(homes);
  return homes;
}

}  // namespace hustings::identity
