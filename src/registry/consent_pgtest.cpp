// Consent, and bars by the file: what is recorded holds at once and stays on record.
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "feed/feed.h"
#include "pg/testing/database.h"
#include "registry/registry.h"
#include "registry/suppression_file.h"

namespace hustings::registry {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Listener final : public SuppressionListener {
 public:
  void on_suppressed(pg::Transaction&, std::optional<PhoneNumber>, std::optional<VoterId> voter,
                     SuppressionReason reason) override {
    told.push_back("+" + std::to_string(voter->value()) + " " + std::string(to_string(reason)));
  }
  void on_numbers_suppressed(pg::Transaction&, std::span<const PhoneNumber> some,
                             SuppressionReason) override {
    numbers.insert(numbers.end(), some.begin(), some.end());
  }
  void on_voters_suppressed(pg::Transaction&, std::span<const VoterId>,
                            SuppressionReason) override {}
  void on_ended(pg::Transaction&, std::optional<PhoneNumber>, std::optional<VoterId> voter,
                SuppressionReason reason) override {
    told.push_back("-" + std::to_string(voter->value()) + " " + std::string(to_string(reason)));
  }
  void on_consent_given(pg::Transaction&, VoterId voter) override {
    told.push_back("given " + std::to_string(voter.value()));
  }
  std::vector<std::string> told;
  std::vector<PhoneNumber> numbers;
};

class ConsentTest : public ::testing::Test {
 protected:
  ConsentTest()
      : clock_(*from_iso("2026-03-01T12:00:00Z")),
        log_(Log::to_nowhere()),
        registry_(database_.pool(), clock_, log_) {
    registry_.set_suppression_listener(&listener_);
    for (int n = 1; n <= 3; ++n)
      add_voter(VoterId(n), 19195550100 + n);
  }

  void add_voter(VoterId id, PhoneNumber number) {
    const auto connection = database_.connect();
    const std::string key =
        std::to_string(bucket_of(id)) + ", " + std::to_string(id.value()) + ", ";
    connection->run_text(
        "insert into voter (bucket, voter_id, import_id, source, external_id, status, protected,"
        " last_name, first_name, state, county, phone) values (" +
            key +
            "1, 'nc', 'A', 'active',"
            " false, 'DOE', 'JO', 'NC', 'WAKE', " +
            std::to_string(number) + ")",
        "test");
    connection->run_text("insert into phone (bucket, voter_id, number, import_id) values (" + key +
                             std::to_string(number) + ", 1)",
                         "test");
  }
  Consent word(ConsentState state, const char* at = nullptr,
               ConsentChannel channel = ConsentChannel::phone) {
    Consent consent{.purpose = ConsentPurpose::campaign,
                    .channel = channel,
                    .state = state,
                    .source = "web form",
                    .evidence = "form 17",
                    .at = std::nullopt,
                    .actor = "person:3"};
    if (at != nullptr) consent.at = *from_iso(at);
    return consent;
  }
  std::optional<SuppressionReason> reason(VoterId voter) {
    const auto connection = database_.connect();
    pg::Transaction transaction(*connection);
    return registry_.reason_for(transaction, 19195550100 + voter.value(), voter);
  }
  std::string file_of(const std::string& text) {
    const std::string path = ::testing::TempDir() + "numbers-" + std::to_string(++files_) + ".csv";
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  Result<SuppressionFileResult> bring(const std::string& text,
                                      SuppressionReason why = SuppressionReason::do_not_call) {
    return import_suppressions(
        registry_, {.file = file_of(text), .reason = why, .source = "list", .actor = "person:1"});
  }

  pg::testing::Database database_;
  ManualClock clock_;
  Log log_;
  Registry registry_;
  Listener listener_;
  int files_ = 0;
};

TEST_F(ConsentTest, AWithdrawalBarsCallsAtOnceAndAWordGivenLaterEndsIt) {
  ASSERT_TRUE(registry_.record_consent(VoterId(1), word(ConsentState::given)));
  ASSERT_TRUE(registry_.record_consent(VoterId(1), word(ConsentState::given)));
  EXPECT_THAT(listener_.told, ElementsAre("given 1")) << "told once";
  clock_.advance(std::chrono::hours(1));
  ASSERT_TRUE(registry_.record_consent(VoterId(1), word(ConsentState::withdrawn)));
  EXPECT_THAT(listener_.told, ElementsAre("given 1", "+1 consent_withdrawn"));
  EXPECT_EQ(reason(VoterId(1)), SuppressionReason::consent_withdrawn);
  EXPECT_EQ(reason(VoterId(2)), std::nullopt);
  clock_.advance(std::chrono::hours(1));
  ASSERT_TRUE(registry_.record_consent(VoterId(1), word(ConsentState::given)));
  EXPECT_THAT(listener_.told,
              ElementsAre("given 1", "+1 consent_withdrawn", "-1 consent_withdrawn", "given 1"));
  EXPECT_EQ(reason(VoterId(1)), std::nullopt);

  const auto words = registry_.consents(VoterId(1));
  ASSERT_EQ(words.size(), 4U) << "every word stays on record";
  EXPECT_TRUE(words[0].counts);
  EXPECT_FALSE(words[1].counts || words[2].counts || words[3].counts);
  EXPECT_EQ(words[1].consent.evidence, "form 17");
  EXPECT_EQ(registry_.history(VoterId(1), 10).at(0).kind, ChangeKind::consent_recorded);
}

TEST_F(ConsentTest, AnOlderWordIsKeptAndDoesNotCount) {
  ASSERT_TRUE(registry_.record_consent(VoterId(1), word(ConsentState::withdrawn)));
  ASSERT_TRUE(
      registry_.record_consent(VoterId(1), word(ConsentState::given, "2026-02-01T00:00:00Z")));
  EXPECT_EQ(reason(VoterId(1)), SuppressionReason::consent_withdrawn);
  EXPECT_EQ(registry_.consents(VoterId(1)).size(), 2U);
}

TEST_F(ConsentTest, OfTwoWordsAtOneMomentTheWithdrawalCounts) {
  const char* at = "2026-02-01T00:00:00Z";
  ASSERT_TRUE(registry_.record_consent(VoterId(1), word(ConsentState::withdrawn, at)));
  ASSERT_TRUE(registry_.record_consent(VoterId(1), word(ConsentState::given, at)));
  EXPECT_EQ(reason(VoterId(1)), SuppressionReason::consent_withdrawn);
  const auto words = registry_.consents(VoterId(1));
  for (const ConsentShown& shown : words) {
    EXPECT_EQ(shown.counts, shown.consent.state == ConsentState::withdrawn);
  }
}

TEST_F(ConsentTest, OtherChannelsAndPurposesBarNoCall) {
  ASSERT_TRUE(registry_.record_consent(
      VoterId(1), word(ConsentState::withdrawn, nullptr, ConsentChannel::email)));
  Consent money = word(ConsentState::withdrawn);
  money.purpose = ConsentPurpose::fundraising;
  ASSERT_TRUE(registry_.record_consent(VoterId(1), money));
  EXPECT_THAT(listener_.told, IsEmpty());
  EXPECT_EQ(reason(VoterId(1)), std::nullopt);
}

TEST_F(ConsentTest, WhatCannotBeIsRefused) {
  EXPECT_EQ(registry_.record_consent(VoterId(99), word(ConsentState::given)).error().code,
            ErrorCode::not_found);
  Consent nowhere = word(ConsentState::given);
  nowhere.source.clear();
  EXPECT_EQ(registry_.record_consent(VoterId(1), nowhere).error().where, "source");
  EXPECT_EQ(registry_.record_consent(VoterId(1), word(ConsentState::given, "2027-01-01T00:00:00Z"))
                .error()
                .where,
            "at");
  EXPECT_THAT(registry_.consents(VoterId(1)), IsEmpty());
}

TEST_F(ConsentTest, AFileOfNumbersBarsThemAllAndTellsWhomItHits) {
  const auto first = bring(
      "phone\r\n# a remark\r\n(919) 555-0101\r\n9195550102\r\n\r\n"
      "919,5550101\r\n2125550199\r\n");
  ASSERT_TRUE(first) << first.error().text();
  EXPECT_EQ(first->lines, 4);
  EXPECT_EQ(first->numbers, 3);
  EXPECT_EQ(first->added, 3);
  EXPECT_EQ(first->voters, 2);
  EXPECT_THAT(listener_.numbers, ElementsAre(12125550199, 19195550101, 19195550102));
  EXPECT_EQ(reason(VoterId(1)), SuppressionReason::do_not_call);
  EXPECT_EQ(reason(VoterId(3)), std::nullopt);
  const auto connection = database_.connect();
  const auto entries = feed::read(*connection, 0, 10);
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_THAT(entries[0].payload, HasSubstr("\"voters\": [1, 2]"));

  const auto again = bring("9195550102\n9195550103\n");
  EXPECT_EQ(again->added, 1) << "what is barred already is left as it is";
  EXPECT_THAT(registry_.suppressed_numbers(SuppressionReason::do_not_call, 0, 10),
              ElementsAre(12125550199, 19195550101, 19195550102, 19195550103));
  EXPECT_THAT(registry_.suppressed_numbers(SuppressionReason::do_not_call, 19195550101, 1),
              ElementsAre(19195550102));
}

TEST_F(ConsentTest, AFileOfDisconnectedNumbersMarksThem) {
  ASSERT_TRUE(bring("9195550101\n", SuppressionReason::disconnected));
  EXPECT_EQ(registry_.profile(VoterId(1))->phones.at(0).status, "disconnected");
}

TEST_F(ConsentTest, AnotherKindOfFileChangesNothing) {
  EXPECT_THAT(bring("").error().sentence, HasSubstr("no telephone number"));
  EXPECT_THAT(bring("9195550101\nhello\n").error().sentence, HasSubstr("line 2: 'hello'"));
  EXPECT_THAT(bring("9195550101\n", SuppressionReason::moved).error().sentence,
              HasSubstr("about a person"));
  EXPECT_EQ(import_suppressions(registry_, {.file = "/nowhere/x.csv", .source = "l", .actor = "a"})
                .error()
                .code,
            ErrorCode::not_found);
  EXPECT_THAT(
      import_suppressions(registry_, {.file = ::testing::TempDir(), .source = "l", .actor = "a"})
          .error()
          .sentence,
      HasSubstr("folder"));
  EXPECT_THAT(registry_.suppressed_numbers(SuppressionReason::do_not_call, 0, 10), IsEmpty());
}

}  // namespace
}  // namespace hustings::registry
