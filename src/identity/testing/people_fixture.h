#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/rng.h"
#include "identity/decisions.h"
#include "identity/resolver.h"
#include "identity/review.h"
#include "pg/testing/database.h"
#include "registry/registry.h"

namespace hustings::identity::testing {

/// A voter as a file gives it; what is not named is left empty.
struct Row {
  std::int64_t id = 0;
  std::string last;
  std::string first;
  std::string middle;
  std::string street;
  std::string zip = "27601";
  std::string birth_date;  ///< "1970-03-05"
  std::string phone;
  std::string email;
  bool is_protected = false;
};

/// A registry that is filled source by source, without files.
class PeopleTest : public ::testing::Test {
 protected:
  PeopleTest()
      : clock_(*from_iso("2026-03-01T12:00:00Z")),
        log_(Log::to_nowhere()),
        registry_(database_.pool(), clock_, log_),
        decisions_(database_.pool(), registry_, clock_, log_),
        review_(database_.pool(), decisions_, clock_),
        resolver_(database_.pool(), registry_, clock_, log_) {}

  void run(const std::string& sql) { database_.connect()->run_text(sql, "test"); }
  std::string query(const std::string& sql) {
    const auto connection = database_.connect();
    return std::string(connection->run_text(sql, "test").only().text(0));
  }

  /// A published voter file of a source.
  ImportId import(const std::string& source, const std::vector<Row>& rows) {
    const auto id = query(fmt::format(
        "insert into import_run (layout, layout_version, kind, source, file_name, file_bytes, "
        "state, started_by, started_at) values ('{0}', 1, 'voters', '{0}', 'f', 1, 'running', "
        "'system', now()) returning import_id",
        source));
    run(fmt::format(
        "create table source_record_i{0} partition of source_record for values in ({0})", id));
    std::string sql;
    for (const Row& row : rows)
      sql += statements_of(id, source, row);
    sql += fmt::format("update import_run set state = 'published' where import_id = {};", id);
    run(sql + fmt::format("insert into change (position, kind, subject, actor, payload) values "
                          "(nextval('change_position'), 'import_published', 'import:{}', 'system', "
                          "'{{\"kind\":\"voters\",\"rows\":{},\"new\":{},\"changed\":0}}')",
                          id, rows.size(), rows.size()));
    return ImportId(std::stoll(id));
  }

  identity::Run resolve(RunScope scope = RunScope::registry) {
    const auto id = resolver_.start({.scope = scope, .actor = "person:1", .threads = 2});
    EXPECT_TRUE(id.has_value()) << (id ? "" : id.error().text());
    return resolver_.wait(*id).value();
  }
  /// Whose identity this home is now.
  std::int64_t person(std::int64_t home) {
    return registry::person_of(*database_.connect(), VoterId(home)).value();
  }

  /// Invented people without relatives, so that what is true is plain; ids from `first` on.
  static std::vector<Row> people(std::int64_t first, int count, std::uint64_t seed = 7) {
    Rng rng(seed);
    std::vector<Row> rows;
    for (int i = 0; i < count; ++i) {
      Row row{.id = first + i};
      row.last = word(rng, 3);
      row.first = word(rng, 2);
      row.middle = word(rng, 2);
      row.street = fmt::format("{} {} ST", 1 + rng.below(999), word(rng, 3));
      row.zip = fmt::format("27{:03}", 500 + rng.below(40));
      row.birth_date =
          fmt::format("{}-{:02}-{:02}", 1930 + rng.below(75), 1 + rng.below(12), 1 + rng.below(28));
      row.phone = fmt::format("1919{}", 2'000'000 + rng.below(7'000'000));
      rows.push_back(std::move(row));
    }
    return rows;
  }

  pg::testing::Database database_;
  ManualClock clock_;
  Log log_;
  registry::Registry registry_;
  Decisions decisions_;
  Review review_;
  Resolver resolver_;

 private:
  static std::string word(Rng& rng, int syllables) {
    constexpr std::array<std::string_view, 20> kSyllables = {
        "BA",  "CO", "DEN", "FER", "GAR", "HOL", "JI",  "KEN", "LU", "MAR",
        "NOR", "PE", "QUI", "RO",  "SAN", "TER", "VIN", "WEL", "XA", "ZIM"};
    std::string out;
    for (int i = 0; i < syllables; ++i)
      out += kSyllables.at(rng.below(kSyllables.size()));
    return out;
  }
  static std::string quoted(const std::string& text) {
    return text.empty() ? "null" : "'" + text + "'";
  }
  static std::string statements_of(const std::string& import, const std::string& source,
                                   const Row& row) {
    const auto bucket = bucket_of(VoterId(row.id));
    std::string sql = fmt::format(
        "insert into voter (bucket, voter_id, import_id, source, external_id, status, protected, "
        "last_name, first_name, middle_name, state, county, street, city, zip5, birth_date, phone, "
        "email) values ({}, {}, {}, '{}', 'X{}', 'active', {}, '{}', '{}', {}, 'NC', 'WAKE', {}, "
        "'RALEIGH', {}, {}, {}, {}); "
        "insert into source_record values ({}, {}, {}, '{}', 'X{}', 2, {}, 9);",
        bucket, row.id, import, source, row.id, row.is_protected, row.last, row.first,
        quoted(row.middle), quoted(row.street), quoted(row.zip), quoted(row.birth_date),
        quoted(row.phone), quoted(row.email), import, bucket, row.id, source, row.id, row.id);
    if (row.phone.empty()) return sql;
    return sql + fmt::format(
                     "insert into phone (bucket, voter_id, number, import_id) values "
                     "({}, {}, {}, {});",
                     bucket, row.id, row.phone, import);
  }
};

}  // namespace hustings::identity::testing
