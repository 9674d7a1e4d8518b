#include <fmt/format.h>

#include "phonebank/testing/bank.h"

namespace hustings::phonebank::testing {
namespace {

using std::chrono::hours;

Instant at(const char* iso) { return from_iso(iso).value(); }

class CallingRulesTest : public Bank {
 protected:
  static Rules of(const std::string& country, ConsentNeed consent = ConsentNeed::none) {
    Rules rules = Bank::rules();
    rules.country = country;
    rules.consent = consent;
    return rules;
  }
};

TEST_F(CallingRulesTest, AStateClosesEarlierThanItsCountry) {
  const auto phonebank =
      open_bank(list_of({{.id = 1, .number = 13055550101, .state = "FL", .county = "MIAMI-DADE"},
                         {.id = 2, .number = number(2)}}),
                of("us"));
  clock_.set(at("2026-10-21T00:00:00Z"));  // 20:00 in both
  EXPECT_EQ(claim(caller(phonebank, 1)).number, number(2));
  EXPECT_EQ(claim_nothing(caller(phonebank, 2)).next_at, at("2026-10-21T13:00:00Z"));
  Rules without = of("us");
  without.state_hours = false;
  clock_.set(kNoon);
  const auto other = open_bank(list_of({{.id = 1, .number = 13055550101}}), without);
  clock_.set(at("2026-10-21T00:00:00Z"));
  EXPECT_EQ(claim(caller(other, 3)).number, 13055550101);
}

TEST_F(CallingRulesTest, ALineOfTwoStatesKeepsBoth) {
  const auto phonebank =
      open_bank(list_of({{.id = 1, .number = number(1), .state = "KY", .county = "FAYETTE"},
                         {.id = 2, .number = number(1), .state = "FL", .county = "MIAMI-DADE"}}),
                of("us"));
  EXPECT_EQ(value("select array_to_string(rules, ',') from zone_set natural join queue_line"),
            "us,us:FL,us:KY");
  clock_.set(at("2026-10-20T13:30:00Z"));  // 9:30: Kentucky begins at ten
  EXPECT_EQ(claim_nothing(caller(phonebank)).next_at, at("2026-10-20T14:00:00Z"));
  clock_.set(at("2026-10-21T00:00:00Z"));  // 20:00: Florida has ended
  claim_nothing(caller(phonebank));
}

TEST_F(CallingRulesTest, NobodyCallsAlabamaOnSunday) {
  const auto phonebank = open_bank(
      list_of({{.id = 1, .number = 12055550101, .state = "AL", .county = "JEFFERSON"}}), of("us"));
  clock_.set(at("2026-10-25T18:00:00Z"));
  EXPECT_EQ(claim_nothing(caller(phonebank)).next_at, at("2026-10-26T14:00:00Z"));
}

TEST_F(CallingRulesTest, NumbersAbroadAreCalledInTheirTime) {
  const auto phonebank =
      open_bank(list_of({{.id = 1, .number = 447911123456, .state = "UK", .county = "?"},
                         {.id = 2, .number = 33612345678, .state = "UK", .county = "?"}}),
                of("uk"));
  EXPECT_EQ(line_reason(phonebank, 33612345678), "unknown_zone");
  clock_.set(at("2026-10-20T20:00:00Z"));  // 21:00 in London
  EXPECT_EQ(claim_nothing(caller(phonebank)).next_at, at("2026-10-21T08:00:00Z"));
  clock_.set(at("2026-10-26T08:59:00Z"));  // the clocks went back on the 25th
  EXPECT_EQ(claim_nothing(caller(phonebank)).next_at, at("2026-10-26T09:00:00Z"));
}

TEST_F(CallingRulesTest, ConsentByNumberType) {
  const ListId list =
      list_of({{.id = 1, .number = 4915112345678}, {.id = 2, .number = 493012345678}});
  const std::string given =
      "insert into consent (bucket, voter_id, purpose, channel, state, source, at)"
      " values ({}, {}, 'campaign', 'phone', 'given', 'form', now())";
  const auto all = open_bank(list, of("de", ConsentNeed::all));
  EXPECT_EQ(line_reason(all, 4915112345678), "no_consent");
  EXPECT_EQ(line_reason(all, 493012345678), "no_consent");
  const auto mobile = open_bank(list, of("de", ConsentNeed::mobile));
  EXPECT_EQ(line_reason(mobile, 4915112345678), "no_consent");
  EXPECT_EQ(line_state(mobile, 493012345678), "ready");
  run(fmt::format(fmt::runtime(given), bucket_of(VoterId(1)), 1));
  const auto later = open_bank(list, of("de", ConsentNeed::all));
  EXPECT_EQ(line_state(later, 4915112345678), "ready");
  EXPECT_EQ(line_reason(later, 493012345678), "no_consent");
}

TEST_F(CallingRulesTest, ALateConsentCountsAtOnce) {
  const ListId list = list_of({{.id = 1, .number = 493012345678},
                               {.id = 2, .number = 493012345678},
                               {.id = 3, .number = 493087654321}});
  ASSERT_TRUE(registry_.suppress({.voter = VoterId(1),
                                  .reason = registry::SuppressionReason::deceased,
                                  .source = "test",
                                  .actor = "person:1"}));
  const auto bank = open_bank(list, of("de", ConsentNeed::all));
  ASSERT_EQ(line_reason(bank, 493012345678), "deceased") << "the first of its voters' reasons";
  clock_.set(at("2026-10-20T10:00:00Z"));
  registry::Consent word{.state = ConsentState::given, .source = "web", .actor = "person:1"};
  ASSERT_TRUE(registry_.record_consent(VoterId(2), word).has_value());
  const Lease lease = claim(caller(bank));
  EXPECT_EQ(lease.number, 493012345678);
  ASSERT_EQ(lease.voters.size(), 1U) << "whoever lives there and has not consented is not shown";
  EXPECT_EQ(lease.voters.front().id, VoterId(2));
  EXPECT_EQ(line_reason(bank, 493087654321), "no_consent");
  clock_.advance(std::chrono::minutes(1));
  word.channel = ConsentChannel::email;
  ASSERT_TRUE(registry_.record_consent(VoterId(3), word).has_value());
  EXPECT_EQ(line_reason(bank, 493087654321), "no_consent") << "another channel says nothing";
}

TEST_F(CallingRulesTest, AConsentAfterAWithdrawalBringsBackWhoHadNoneBefore) {
  const auto bank =
      open_bank(list_of({{.id = 1, .number = 493012345678}}), of("de", ConsentNeed::all));
  clock_.set(at("2026-10-20T10:00:00Z"));
  registry::Consent word{.state = ConsentState::withdrawn, .source = "web", .actor = "person:1"};
  ASSERT_TRUE(registry_.record_consent(VoterId(1), word).has_value());
  claim_nothing(caller(bank));
  clock_.advance(std::chrono::minutes(1));
  word.state = ConsentState::given;
  ASSERT_TRUE(registry_.record_consent(VoterId(1), word).has_value());
  EXPECT_EQ(claim(caller(bank)).number, 493012345678);
}

TEST_F(CallingRulesTest, ConsentThatIsGoneAtTheShowingBars) {
  const ListId list = list_of({{.id = 1, .number = 493012345678}});
  run(
      fmt::format("insert into consent (bucket, voter_id, purpose, channel, state, source, at)"
                  " values ({}, 1, 'campaign', 'phone', 'given', 'form', now())",
                  bucket_of(VoterId(1))));
  const auto phonebank = open_bank(list, of("de", ConsentNeed::all));
  run("delete from consent");
  clock_.set(at("2026-10-20T10:00:00Z"));
  claim_nothing(caller(phonebank));
  EXPECT_EQ(line_reason(phonebank, 493012345678), "no_consent");
}

TEST_F(CallingRulesTest, NumbersWhoseTypeNobodyKnowsCountAsMobile) {
  const auto phonebank = open_bank(list_of(1), of("us", ConsentNeed::mobile));
  EXPECT_EQ(line_reason(phonebank, number(1)), "no_consent");
}

TEST_F(CallingRulesTest, TheCampaignChoosesACountry) {
  EXPECT_EQ(service_.calling_choice().country, "");
  EXPECT_EQ(service_.choose_calling_rules("fr", true, "person:1").error().code, ErrorCode::invalid);
  ASSERT_TRUE(service_.choose_calling_rules("us", true, "person:1").has_value());
  ASSERT_TRUE(service_.choose_calling_rules("at", false, "person:2").has_value());
  const campaign::CallingChoice choice = service_.calling_choice();
  EXPECT_EQ(choice.country, "at");
  EXPECT_FALSE(choice.state_hours);
  EXPECT_EQ(choice.chosen_by, "person:2");
  EXPECT_EQ(choice.chosen_at, kNoon);
  EXPECT_EQ(count("select count(*) from change where kind = 'calling_rules_chosen'"), 2);
}

TEST_F(CallingRulesTest, ACountryWithoutRulesIsRefused) {
  const auto made = service_.create({"Bank", list_of(1), script_.id, of("fr")}, "person:1");
  EXPECT_EQ(made.error().where, "country");
  const auto known = open_bank(list_of(1), of("us"));
  EXPECT_EQ(service_.get(known)->rules.country, "us");
}

}  // namespace
}  // namespace hustings::phonebank::testing
