// Scores in runs, and votes that come with new voters: what has a table of the import's own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/testing/state_files.h"
#include "registry/digest.h"

namespace hustings::ingest {
namespace {

using namespace hustings::ingest::testing;

constexpr int kMany = 25'000;  // above what goes into the common tables

class Scores : public ImportTest {
 protected:
  std::string digest() { return registry::digest(*database_.connect()); }
  Import taken(const ImportRequest& request) {
    const auto started = importer_.start(request);
    if (!started) {
      ADD_FAILURE() << started.error().text();
      return {};
    }
    const Import import = importer_.wait(started->id).value();
    EXPECT_EQ(import.state, ImportState::published) << import.error.value_or("");
    return import;
  }
  void import_voters(int count) {
    std::string text = nc_header();
    for (int i = 0; i < count; ++i)
      text += nc_line({{"ncid", "AA" + std::to_string(i)}});
    ASSERT_EQ(import_text(text).state, ImportState::published);
  }
  std::string scores_of(const std::string& id) {
    return query(
        "select coalesce(s.support::text, '-') || ' ' || coalesce(s.turnout::text, '-') || ' ' || "
        "coalesce(s.other::text, '-') from voter_score s join voter v using (bucket, voter_id) "
        "where v.external_id = '" +
        id + "'");
  }
  std::string many_scores(int support) {
    std::string text = "ncid,support_score,turnout_score\n";
    for (int i = 0; i < kMany; ++i) {
      text += "AA" + std::to_string(i) + ',' + std::to_string((support + i) % 101) + ",\n";
    }
    return text;
  }
  void undo(ImportId id) {
    ASSERT_TRUE(importer_.undo(id, "person:1"));
    ASSERT_EQ(importer_.wait(id).value().state, ImportState::undone);
  }
};

TEST_F(Scores, AreNamedByTheLayoutOrByMapping) {
  import_voters(3);
  const auto file = write("Id;Klima;Sport\nAA0;71.5;3\nAA1;;x\nAA2;12;\n", "klima.csv");
  Layout layout = find_layout("scores").value();
  std::string text = std::string("name = \"own\"\nversion = 1\nkind = \"scores\"\n") +
                     "source = \"nc\"\nstate = \"NC\"\ntitle = \"Own\"\nheader = \"present\"\n" +
                     "delimiter = \"semicolon\"\nquotes = \"strict\"\nencoding = \"auto\"\n" +
                     "[columns]\nexternal_id = {name = \"Id\", required = true}\n" +
                     "support = {name = \"Nobody\"}\n[scores]\nclimate = \"Klima\"\n";
  const auto own = write(text, "own.toml");
  taken({.file = file,
         .mapping = {{"score.sport_2", "Sport"}},
         .layout = own.string(),
         .run_name = "spring"});
  EXPECT_EQ(scores_of("AA0"), "- - {\"climate\": 71.5, \"sport_2\": 3}");
  EXPECT_EQ(scores_of("AA1"), "- - -");
  EXPECT_EQ(scores_of("AA2"), "- - {\"climate\": 12}");
  EXPECT_EQ(query("select run_name from import_run where kind = 'scores'"), "spring");
}

TEST_F(Scores, ANewerRunWritesOverOlderOnesScoreByScore) {
  import_voters(2);
  taken({.file = write("ncid,support,turnout\nAA0,10,20\n", "a.csv"), .layout = "scores"});
  const auto second = taken({.file = write("ncid,support,k\nAA0,30,5\nAA1,1,\n", "b.csv"),
                             .mapping = {{"score.k", "k"}},
                             .layout = "scores"});
  EXPECT_EQ(counts(second), "1 1 0 0");
  EXPECT_EQ(scores_of("AA0"), "30 20 {\"k\": 5}");
  const VoterId voter(std::stoll(query("select voter_id from voter where external_id = 'AA0'")));
  const auto profile = registry_.profile(voter, Deadline::never()).value();
  EXPECT_THAT(profile.scores->runs,
              ::testing::HasSubstr("\"support\": " + std::to_string(second.id.value())));
  EXPECT_THAT(profile.scores->runs,
              ::testing::HasSubstr("\"turnout\": " + std::to_string(second.id.value() - 1)));
}

TEST_F(Scores, ALargeRunHasATableOfItsOwnAndIsUndone) {
  import_voters(kMany);
  const std::string none = digest();
  const Import first = taken({.file = write(many_scores(1), "a.csv"), .layout = "scores"});
  EXPECT_EQ(counts(first), "25000 0 0 0");
  const std::string one = digest();
  // Every row twice but the first: the last one counts.
  const std::string twice =
      many_scores(2) + many_scores(3).substr(many_scores(3).find("\nAA1,") + 1);
  const Import second = taken({.file = write(twice, "b.csv"), .layout = "scores"});
  EXPECT_EQ(second.counts.rows_changed, kMany);
  EXPECT_EQ(query("select count(*) from score_run"), "50000");
  EXPECT_EQ(query("select count(*) from score_run_few"), "0");
  EXPECT_EQ(scores_of("AA0"), "2 - -");
  EXPECT_EQ(scores_of("AA1"), "4 - -");
  undo(second.id);
  EXPECT_EQ(digest(), one);
  undo(first.id);
  EXPECT_EQ(digest(), none);
  EXPECT_EQ(query("select count(*) from pg_tables where tablename ~ '^score_run_i'"), "0");
}

TEST_F(Scores, ADryRunOfALargeRunLeavesNothing) {
  import_voters(kMany);
  const std::string none = digest();
  const auto file = write(many_scores(1), "a.csv");
  const auto started = importer_.start({.file = file, .layout = "scores", .dry_run = true});
  ASSERT_TRUE(started);
  const Import tried = importer_.wait(started->id).value();
  EXPECT_EQ(tried.state, ImportState::tried) << tried.error.value_or("");
  EXPECT_EQ(counts(tried), "25000 0 0 0");
  EXPECT_EQ(digest(), none);
  EXPECT_EQ(query("select count(*) from pg_tables where tablename ~ '^score_run_i'"), "0");
}

TEST_F(Scores, VotesOfManyNewVotersGetATableOfTheirOwn) {
  const std::vector<std::string> elections = {"PRIMARY-03/15/2022", "GENERAL-11/08/2022"};
  const auto file = [&](int count, const std::string& ballot) {
    std::vector<StateRow> rows;
    for (int i = 0; i < count; ++i) {
      rows.push_back(oh_row("OH" + std::to_string(i),
                            {{elections[0], i % 2 == 0 ? "D" : ""}, {elections[1], ballot}}));
    }
    return write(state_file("oh", "", rows, elections), "SWVF_1_22.TXT");
  };
  const auto import = [&](const std::filesystem::path& path) {
    return taken({.file = path, .parts_may_be_missing = true, .layout = "oh"});
  };
  const std::string none = digest();
  const Import first = import(file(kMany, "X"));
  EXPECT_EQ(warned(first, "votes"), kMany + kMany / 2);
  const std::string own = "vote_i" + std::to_string(first.id.value());
  EXPECT_EQ(query("select count(*) from " + own), std::to_string(kMany + kMany / 2));
  EXPECT_EQ(query("select count(*) from vote_single"), "0");
  const std::string one = digest();
  const Import second = import(file(kMany, ""));
  EXPECT_EQ(counts(second), "0 0 25000 0");
  EXPECT_EQ(warned(second, "votes"), 0) << "a vote that is not in the file any more stays";
  undo(second.id);
  EXPECT_EQ(digest(), one);
  undo(first.id);
  EXPECT_EQ(digest(), none);
}

}  // namespace
}  // namespace hustings::ingest
