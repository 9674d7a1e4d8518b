// Dry runs.
#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "feed/feed.h"
#include "ingest/testing/history_file.h"
#include "ingest/testing/import_fixture.h"
#include "registry/digest.h"
#include "registry/likeness.h"

namespace hustings::ingest {
namespace {

using testing::history_file;
using testing::ImportTest;
using testing::nc_file;
using testing::NcRow;

class Trial : public ImportTest {
 protected:
  Import try_out(const std::filesystem::path& file, const std::string& layout = "nc") {
    const auto started = importer_.start({.file = file, .layout = layout, .dry_run = true});
    EXPECT_TRUE(started) << started.error().text();
    return importer_.wait(started->id).value();
  }
  static boost::json::object report_of(const Import& import) {
    return boost::json::parse(import.report.value_or("{}")).as_object();
  }
  /// Everything that must be as it was.
  std::string state() {
    return registry::digest(*database_.connect()) + query("select count(*) from source_record") +
           ' ' + query("select count(*) from import_raw") + ' ' +
           query("select count(*) from import_presence") + ' ' +
           query("select last_value from voter_id_single") + ' ' +
           query("select last_value from voter_id_block") + ' ' +
           query(
               "select count(*) from pg_class where relnamespace = "
               "current_schema()::regnamespace") +
           ' ' + std::to_string(feed::head(*database_.connect()));
  }
};

std::vector<NcRow> voters(int count) {
  std::vector<NcRow> rows;
  for (int i = 0; i < count; ++i) {
    rows.push_back({{"ncid", "AA" + std::to_string(100 + i)},
                    {"precinct_abbrv", i % 2 == 0 ? "01-01" : "02-02"}});
  }
  return rows;
}

TEST_F(Trial, SaysWhatItWouldChangeAndChangesNothing) {
  import_text(nc_file(voters(40)));
  const std::string before = state();
  auto rows = voters(43);
  for (NcRow& row : rows) {
    if (row["precinct_abbrv"] == "01-01") row["precinct_abbrv"] = "0101";
  }
  rows[5]["last_name"] = "JONES";
  rows[5]["full_phone_number"] = "9195550123";
  rows.erase(rows.begin() + 7, rows.begin() + 9);
  const auto file = write(nc_file(rows) + "broken\n", "next");
  const Import tried = try_out(file);
  EXPECT_EQ(tried.state, ImportState::tried) << tried.error.value_or("");
  EXPECT_EQ(counts(tried), "3 20 18 1");
  EXPECT_EQ(state(), before);
  EXPECT_EQ(importer_.rejects(tried.id, 0, 10).size(), 1U);

  const auto report = report_of(tried);
  EXPECT_EQ(report.at("absent").to_number<int>(), 2);
  EXPECT_FALSE(report.at("absent_too_many").as_bool());
  EXPECT_TRUE(report.at("duplicates").at("alike").is_null()) << "nobody was asked";
  const auto& fields = report.at("fields").as_array();
  ASSERT_EQ(fields.size(), 3U);
  EXPECT_EQ(boost::json::serialize(fields[0]),
            R"({"field":"precinct","count":19,"distinct":1,)"
            R"("same":[{"old":"01-01","new":"0101","count":19}]})");
  const auto& samples = report.at("samples").as_array();
  EXPECT_EQ(samples.size(), 20U);
  bool has_phone = false;
  for (const auto& sample : samples) {
    if (sample.at("field").as_string() != "phone") continue;
    has_phone = true;
    EXPECT_TRUE(sample.at("old").is_null());
    EXPECT_EQ(sample.at("new").as_string(), "19195550123");
    EXPECT_EQ(sample.at("external_id").as_string(), "AA105");
  }
  EXPECT_TRUE(has_phone);

  EXPECT_EQ(importer_.find(tried.id)->report, tried.report) << "it is kept";
  const Import real = import_file(file);
  EXPECT_EQ(counts(real), counts(tried)) << "and may be followed by the import";
  EXPECT_EQ(real.state, ImportState::published);
}

TEST_F(Trial, OfAFirstFileAndOfOneThatLacksTooMany) {
  const Import first = try_out(write(nc_file(voters(30'000))));
  EXPECT_EQ(counts(first), "30000 0 0 0");
  EXPECT_EQ(query("select count(*) from voter"), "0");
  import_text(nc_file(voters(100)));
  const Import second = try_out(write(nc_file(voters(50)), "short"));
  EXPECT_EQ(second.state, ImportState::tried) << "a look is not refused";
  EXPECT_TRUE(report_of(second).at("absent_too_many").as_bool());
  EXPECT_EQ(report_of(second).at("absent").to_number<int>(), 50);
}

/// Takes everybody with the last name for the voter.
class ByLastName final : public registry::LikenessFinder {
 public:
  std::vector<std::optional<registry::Likeness>> find_alike(
      pg::Connection& /*connection*/, std::span<const registry::VoterRow> rows,
      const std::function<bool()>& goes_on) override {
    EXPECT_TRUE(goes_on());
    std::vector<std::optional<registry::Likeness>> out(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].last_name == "JONES") out[i] = registry::Likeness{VoterId(1), 0.75};
    }
    return out;
  }
};

TEST_F(Trial, SaysWhichNewRowsAreProbablyOfKnownVoters) {
  import_text(nc_file(voters(2)));
  ByLastName finder;
  Importer importer(database_.pool(), registry_, clock_, log_, &finder);
  auto rows = voters(30);
  rows[1]["last_name"] = "JONES";  // known: it changes, and is no new row
  for (std::size_t i = 4; i < rows.size(); ++i)
    rows[i]["last_name"] = "JONES";
  rows[5]["confidential_ind"] = "Y";
  const auto started =
      importer.start({.file = write(nc_file(rows), "next"), .layout = "nc", .dry_run = true});
  ASSERT_TRUE(started) << started.error().text();
  const auto report = report_of(importer.wait(started->id).value());
  const auto& alike = report.at("duplicates").at("alike");
  EXPECT_EQ(alike.at("compared").to_number<int>(), 27) << "28 are new, one is protected";
  EXPECT_EQ(alike.at("found").to_number<int>(), 25);
  const auto& samples = alike.at("samples").as_array();
  ASSERT_EQ(samples.size(), 20U);
  EXPECT_EQ(boost::json::serialize(samples[0]), R"({"line":6,"external_id":"AA104","voter":")" +
                                                    VoterId(1).text() +
                                                    R"(","probability":7.5E-1})");
  EXPECT_EQ(samples[1].at("external_id").as_string(), "AA106");
}

TEST_F(Trial, OfProtectedVotersNothingIsShown) {
  import_text(nc_file(voters(1)));
  const Import tried =
      try_out(write(nc_file({{{"ncid", "AA100"}, {"confidential_ind", "Y"}}}), "b"));
  const auto report = report_of(tried);
  EXPECT_TRUE(report.at("samples").as_array().empty());
  EXPECT_FALSE(report.at("fields").as_array().empty());
  EXPECT_EQ(tried.report->find("MAIN"), std::string::npos);
}

TEST_F(Trial, OfHistoryAndScores) {
  import_text(nc_file(voters(3)));
  const std::string before = state();
  EXPECT_EQ(
      counts(try_out(write(history_file({{"AA100"}, {"AA102"}, {"ZZ1"}}), "h"), "nc-history")),
      "2 0 0 0");
  EXPECT_EQ(counts(try_out(write("ncid,support_score\nAA100,5\n", "s"), "scores")), "1 0 0 0");
  EXPECT_EQ(state(), before);
}

}  // namespace
}  // namespace hustings::ingest
