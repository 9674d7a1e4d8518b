// Vote history and scores.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/testing/history_file.h"
#include "ingest/testing/import_fixture.h"

namespace hustings::ingest {
namespace {

using testing::history_file;
using testing::ImportTest;
using testing::nc_file;
using testing::Vote;

class Staged : public ImportTest {
 protected:
  Staged() {
    const Import voters =
        import_text(nc_file({{{"ncid", "AA1"}}, {{"ncid", "AA2"}}, {{"ncid", "AA3"}}}));
    EXPECT_EQ(voters.state, ImportState::published) << voters.error.value_or("");
  }
  Import import_history(const std::vector<Vote>& votes) {
    return import_file(write(history_file(votes), "ncvhis.txt"), "nc-history");
  }
  std::string vote(const std::string& column, const std::string& ncid) {
    return query("select " + column +
                 " from vote join voter using (bucket, voter_id) where external_id = '" + ncid +
                 "'");
  }
};

TEST_F(Staged, VotesAreKeyedByVoterAndElectionAndTheLastRowWins) {
  const Import import =
      import_history({{"AA1", "IN-PERSON"},
                      {"AA2", "ABSENTEE ONESTOP"},
                      {"AA1", "EARLY VOTING IN-PERSON"},
                      {"AA3", "ABSENTEE BY MAIL", "05/17/2022", "05/17/2022 PRIMARY"}});
  EXPECT_EQ(import.state, ImportState::published) << import.error.value_or("");
  EXPECT_EQ(counts(import), "3 0 1 0");
  EXPECT_EQ(vote("method", "AA1"), "early");
  EXPECT_EQ(vote("method || ' ' || vote.party || ' ' || vote.county", "AA3"), "mail DEM WAKE");
  EXPECT_EQ(query("select string_agg(held_on || ' ' || kind, ', ' order by held_on) from election"),
            "2022-05-17 primary, 2022-11-08 general");
}

TEST_F(Staged, TheSameHistoryUnderNewLabelsIsNoSecondVote) {
  import_history({{"AA1", "IN-PERSON"}, {"AA2", "ABSENTEE ONESTOP"}});
  const Import second = import_history(
      {{"AA1", "ELECTION DAY IN-PERSON"}, {"AA2", "EARLY VOTING IN-PERSON"}, {"AA3", "CURBSIDE"}});
  EXPECT_EQ(counts(second), "1 0 2 0");
  EXPECT_EQ(query("select count(*) from vote"), "3");
  EXPECT_EQ(query("select count(*) from election"), "1");
}

TEST_F(Staged, AVoteInAnotherCountyAndAnUnknownLabelAreKept) {
  import_history({{"AA1", "TELEPATHY", "11/08/2022", "11/08/2022 GENERAL", "DURHAM"}});
  EXPECT_EQ(vote("method || ' ' || vote.county", "AA1"), "other DURHAM");
}

TEST_F(Staged, RowsOfUnknownVotersAreAWarning) {
  const Import import = import_history({{"AA1"}, {"ZZ9"}, {"ZZ8"}});
  EXPECT_EQ(import.state, ImportState::published);
  EXPECT_EQ(counts(import), "1 0 0 0");
  EXPECT_EQ(warned(import, "orphans"), 2);
}

TEST_F(Staged, AFileThatLeftRowsOfUnknownVotersMayComeAgainAfterTheVoters) {
  const auto file = write(history_file({{"AA1"}, {"AA9"}}), "ncvhis.txt");
  const Import first = import_file(file, "nc-history");
  EXPECT_EQ(warned(first, "orphans"), 1);
  const auto again = [&] {
    return importer_.start({.file = file, .layout = "nc-history"}).value();
  };
  EXPECT_TRUE(again().is_repeat) << "no voters have come since: nothing more to take";

  import_text(nc_file({{{"ncid", "AA1"}}, {{"ncid", "AA9"}}}));
  const Import second = import_file(file, "nc-history");
  EXPECT_EQ(second.state, ImportState::published) << second.error.value_or("");
  EXPECT_NE(second.id, first.id);
  EXPECT_EQ(counts(second), "1 0 1 0");
  EXPECT_EQ(warned(second, "orphans"), 0);
  EXPECT_EQ(vote("method", "AA9"), "election_day");
  EXPECT_EQ(query("select count(*) from vote"), "2");

  import_text(nc_file({{{"ncid", "AA7"}}}));
  const auto third = again();
  EXPECT_TRUE(third.is_repeat);
  EXPECT_EQ(third.id, second.id);
}

TEST_F(Staged, ScoresAreWrittenOverOlderOnes) {
  const Import first = import_file(
      write("ncid,support_score,turnout_score,persuadability\nAA1,70,55,20\nAA2,10,,\nZZ1,1,1,1\n",
            "a.csv"),
      "scores");
  EXPECT_EQ(first.state, ImportState::published) << first.error.value_or("");
  EXPECT_EQ(counts(first), "2 0 0 0");
  EXPECT_EQ(warned(first, "orphans"), 1);
  const Import second = import_file(
      write(
          "ncid,support_score,turnout_score,persuadability\nAA1,71,55,20\nAA2,10,,\nAA3,101,5,x\n",
          "b.csv"),
      "scores");
  EXPECT_EQ(counts(second), "1 1 1 0");
  EXPECT_EQ(warned(second, "number_unusable"), 2);
  EXPECT_EQ(query("select support from voter_score join voter using (bucket, voter_id) "
                  "where external_id = 'AA1'"),
            "71");
  EXPECT_EQ(query("select coalesce(support, -1) || ' ' || turnout from voter_score "
                  "join voter using (bucket, voter_id) where external_id = 'AA3'"),
            "-1 5");
}

}  // namespace
}  // namespace hustings::ingest
