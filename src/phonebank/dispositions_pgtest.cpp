#include "phonebank/dispositions.h"

#include <algorithm>

#include "phonebank/result_changes.h"
#include "phonebank/testing/bank.h"

namespace hustings::phonebank::testing {
namespace {

class DispositionsTest : public Bank {
 protected:
  Dispositions& named() { return service_.dispositions(); }
  NamedDisposition find(const std::string& key) {
    const auto all = named().all(Deadline::never());
    const auto found = std::ranges::find(all, key, &NamedDisposition::key);
    EXPECT_NE(found, all.end());
    return found == all.end() ? NamedDisposition{} : *found;
  }
  Result<NamedDisposition> save(const NamedDisposition& draft) {
    return named().save(draft, "person:1", Deadline::never());
  }
};

TEST_F(DispositionsTest, BuiltInOnesHaveTheirCodesInVan) {
  EXPECT_EQ(find("no_answer").van_code, 1);
  EXPECT_EQ(find("do_not_call").van_code, 22);
  EXPECT_EQ(find("language").van_code, std::nullopt);
  ASSERT_TRUE(save({.key = "language", .van_code = 12}).has_value());
  EXPECT_EQ(find("language").van_code, 12);
  EXPECT_FALSE(find("language").own);
}

TEST_F(DispositionsTest, OfTheCampaignHaveTheEffectsOfTheirBase) {
  ASSERT_TRUE(save({.key = "has_ballot",
                    .title = "Has the ballot at home",
                    .base = Disposition::reached,
                    .van_code = 301})
                  .has_value());
  const auto phonebank = open_bank(list_of(1));
  const Lease lease = claim(caller(phonebank));
  CallResult saved = result(caller(phonebank), lease, Disposition::reached);
  saved.voters.front().own = "has_ballot";
  ASSERT_TRUE(service_.record(saved).has_value());
  EXPECT_EQ(value("select own_disposition from contact_attempt"), "has_ballot");
  EXPECT_EQ(line_state(phonebank, number(1)), "done");
  EXPECT_EQ(service_.attempts_of(VoterId(1), 5).front().own, "Has the ballot at home");
}

TEST_F(DispositionsTest, ChangeWithTheResult) {
  ASSERT_TRUE(save({.key = "has_ballot", .title = "Ballot", .base = Disposition::reached}));
  ASSERT_TRUE(save({.key = "later", .title = "Later", .base = Disposition::not_home}));
  const auto phonebank = open_bank(list_of(1));
  CallResult saved = result(caller(phonebank), claim(caller(phonebank)), Disposition::reached);
  saved.voters.front().own = "has_ballot";
  record(saved);
  ResultChange change{.key = new_key(),
                      .of = saved.key,
                      .caller = saved.caller,
                      .voters = {{.voter = VoterId(1), .disposition = Disposition::not_home}}};
  change.voters.front().own = "later";
  ASSERT_TRUE(service_.change_result(change).has_value());
  EXPECT_EQ(value("select own_disposition from contact_attempt"), "later");
  change.key = new_key();
  change.voters.front().own.reset();
  ASSERT_TRUE(service_.change_result(change).has_value());
  EXPECT_EQ(value("select own_disposition from contact_attempt"), "");
}

TEST_F(DispositionsTest, AreGivenOtherWordsButNoOtherBase) {
  ASSERT_TRUE(save({.key = "later", .title = "Later", .base = Disposition::not_home}).has_value());
  ASSERT_TRUE(
      save({.key = "later", .title = "Not now", .base = Disposition::not_home, .offered = false})
          .has_value());
  EXPECT_EQ(find("later").title, "Not now");
  EXPECT_FALSE(find("later").offered);
  EXPECT_EQ(save({.key = "later", .title = "L", .base = Disposition::refused}).error().code,
            ErrorCode::conflict);
  EXPECT_EQ(count("select count(*) from change where kind = 'disposition_saved'"), 2);
}

TEST_F(DispositionsTest, RefusesWhatCallersCouldNotUse) {
  EXPECT_EQ(save({.key = "Has Ballot", .title = "x"}).error().where, "key");
  EXPECT_EQ(save({.key = "has_ballot", .title = " "}).error().where, "title");
  EXPECT_EQ(save({.key = "ring", .title = "Ring", .base = Disposition::callback}).error().where,
            "base");
  EXPECT_EQ(save({.key = "busy", .van_code = 0}).error().where, "van_code");
  EXPECT_EQ(named().base_of("nothing", "own", Deadline::never()).error().where, "own");
  EXPECT_EQ(named().base_of("busy", "own", Deadline::never()).error().where, "own");
  for (std::size_t i = 0; i < Dispositions::kOwnMax; ++i) {
    ASSERT_TRUE(save({.key = "own_" + std::to_string(i), .title = "x"}).has_value());
  }
  EXPECT_EQ(save({.key = "one_more", .title = "x"}).error().code, ErrorCode::over_limit);
}

}  // namespace
}  // namespace hustings::phonebank::testing
