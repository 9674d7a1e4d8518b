// Many voters barred at once by the ids of a file; search by what leads to a voter.
#include "registry/already_voted.h"

#include <fstream>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "feed/feed.h"
#include "pg/testing/database.h"

namespace hustings::registry {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Told final : public SuppressionListener {
 public:
  void on_suppressed(pg::Transaction&, std::optional<PhoneNumber>, std::optional<VoterId>,
                     SuppressionReason) override {}
  void on_numbers_suppressed(pg::Transaction&, std::span<const PhoneNumber>,
                             SuppressionReason) override {}
  void on_voters_suppressed(pg::Transaction&, std::span<const VoterId> some,
                            SuppressionReason reason) override {
    EXPECT_EQ(reason, SuppressionReason::already_voted);
    for (const VoterId voter : some)
      voters.push_back(voter.value());
  }
  void on_ended(pg::Transaction&, std::optional<PhoneNumber>, std::optional<VoterId>,
                SuppressionReason) override {}
  void on_consent_given(pg::Transaction&, VoterId) override {}
  std::vector<std::int64_t> voters;
};

class AlreadyVotedTest : public ::testing::Test {
 protected:
  AlreadyVotedTest()
      : clock_(*from_iso("2026-10-21T12:00:00Z")),
        log_(Log::to_nowhere()),
        registry_(database_.pool(), clock_, log_) {
    registry_.set_suppression_listener(&told_);
    run("create table source_record_i1 partition of source_record for values in (1)");
    for (int n = 1; n <= 5; ++n)
      add_voter(n, n == 5);
  }
  ~AlreadyVotedTest() override { std::filesystem::remove(file_); }

  void add_voter(int number, bool is_protected) {
    const std::string id = std::to_string(number);
    const std::string bucket = std::to_string(bucket_of(VoterId(number)));
    run("insert into voter (bucket, voter_id, import_id, source, external_id, status, protected, "
        "last_name, first_name, state, county, phone, email) values (" +
        bucket + ", " + id + ", 1, 'nc', 'AA" + id + "', 'active', " +
        (is_protected ? "true" : "false") + ", 'DOE', 'JO" + id + "', 'NC', 'WAKE', " +
        "1919555010" + id + ", 'jo" + id + "@ourmail.net')");
    run("insert into source_record (import_id, bucket, record_id, source, external_id, line, "
        "voter_id, fingerprint) values (1, " +
        bucket + ", " + id + ", 'nc', 'AA" + id + "', " + id + ", " + id + ", 0)");
  }
  void link(int home, int to) {
    run("delete from voter where voter_id = " + std::to_string(home));
    run("insert into link (bucket, home_id, home_bucket, voter_id, decided_by, at) values (" +
        std::to_string(bucket_of(VoterId(to))) + ", " + std::to_string(home) + ", " +
        std::to_string(bucket_of(VoterId(home))) + ", " + std::to_string(to) +
        ", 'system', now())");
  }
  void run(const std::string& sql) { database_.connect()->run_text(sql, "test"); }
  Result<AlreadyVotedResult> bring(std::string_view text) {
    std::ofstream(file_, std::ios::binary) << text;
    return import_already_voted(
        registry_,
        {.file = file_, .source = "nc", .column = "", .from = "county list", .actor = "person:1"});
  }
  std::vector<std::int64_t> found(const std::string& text) {
    std::vector<std::int64_t> out;
    for (const VoterSummary& voter : registry_.search({.text = text})->items)
      out.push_back(voter.id.value());
    return out;
  }

  pg::testing::Database database_;
  ManualClock clock_;
  Log log_;
  Registry registry_;
  Told told_;
  const std::filesystem::path file_ =
      std::filesystem::temp_directory_path() / ("hustings-voted-pg-" + std::to_string(getpid()));
};

TEST_F(AlreadyVotedTest, TakesThoseOfTheFileOutOnceAndTellsWhoIsUnknown) {
  const auto result = bring("ncid\nAA1\nAA3\n" + VoterId(4).text() + "\nZZ8\nZZ9\nback\\slash\n");
  ASSERT_TRUE(result) << result.error().text();
  EXPECT_EQ(result->ids, 6);
  EXPECT_EQ(result->added, 3);
  EXPECT_EQ(result->before, 0);
  EXPECT_EQ(result->unknown, 3);
  EXPECT_THAT(result->unknown_first, ElementsAre("ZZ8", "ZZ9", "back\\slash"));
  EXPECT_THAT(told_.voters, ElementsAre(1, 3, 4));
  const auto profile = registry_.profile(VoterId(3));
  ASSERT_EQ(profile->suppressions.size(), 1U);
  EXPECT_EQ(profile->suppressions[0].reason, SuppressionReason::already_voted);
  EXPECT_EQ(profile->suppressions[0].source, "county list");
  const auto entries = feed::read(*database_.connect(), 0, 10);
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_THAT(entries[0].payload, HasSubstr(R"("voters": [1, 3, 4])"));

  const auto again = bring("AA1\nAA2\nAA3\n");
  EXPECT_EQ(again->added, 1);
  EXPECT_EQ(again->before, 2);
  EXPECT_THAT(told_.voters, ElementsAre(1, 3, 4, 2));
}

TEST_F(AlreadyVotedTest, AnIdOfAJoinedIdentityIsThePerson) {
  link(2, 1);
  const auto result = bring("AA2\n" + VoterId(2).text() + "\nAA1\n");
  EXPECT_EQ(result->added, 1);
  EXPECT_EQ(result->unknown, 0);
  EXPECT_THAT(told_.voters, ElementsAre(1));
}

TEST_F(AlreadyVotedTest, AFileOfAnotherSourceChangesNothing) {
  const auto refused = bring("ncid\nOH1\nOH2\n");
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().sentence, HasSubstr("Check the source"));
  EXPECT_THAT(told_.voters, IsEmpty());
  EXPECT_TRUE(feed::read(*database_.connect(), 0, 10).empty());
}

TEST_F(AlreadyVotedTest, VotersAreFoundByEmailAndByOldIds) {
  EXPECT_THAT(found("JO3@OurMail.net "), ElementsAre(3));
  EXPECT_THAT(found("mailto:jo3@ourmail.net"), ElementsAre(3));
  EXPECT_THAT(found("jo5@ourmail.net"), IsEmpty()) << "protected";
  EXPECT_THAT(found("jo@"), IsEmpty());
  link(2, 1);
  EXPECT_THAT(found(VoterId(2).text()), ElementsAre(1));
  run("insert into record_value (home_id, bucket, voter_id, import_id, source, external_id, "
      "status, protected, last_name, first_name, state, county) values (2, " +
      std::to_string(bucket_of(VoterId(1))) +
      ", 1, 1, 'nc', 'AA2', 'active', false, 'DOE', 'JO', 'NC', 'WAKE')");
  EXPECT_THAT(found("aa2"), ElementsAre(1));
  EXPECT_THAT(found("AA1"), ElementsAre(1));
}

}  // namespace
}  // namespace hustings::registry
