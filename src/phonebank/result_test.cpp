#include "phonebank/result.h"

#include <gtest/gtest.h>

#include "phonebank/phonebank.h"

namespace hustings::phonebank {
namespace {

const Instant kNow = from_iso("2026-10-20T16:00:00Z").value();

CallResult good() {
  CallResult result;
  result.key = "0190a0b0-1234-4abc-8def-0123456789AB";
  result.voters = {{.voter = VoterId(1), .disposition = Disposition::reached}};
  return result;
}

std::string where_refused(const CallResult& result) {
  const auto status = check_result(result, kNow);
  return status ? "" : status.error().where;
}

TEST(CheckResult, TakesAGoodOne) { EXPECT_EQ(where_refused(good()), ""); }

TEST(CheckResult, KeyMustBeAUuid) {
  auto result = good();
  for (const char* key :
       {"", "1", "0190a0b0-1234-4abc-8def-0123456789A", "x190a0b0-1234-4abc-8def-0123456789ab",
        "0190a0b0_1234-4abc-8def-0123456789ab"}) {
    result.key = key;
    EXPECT_EQ(where_refused(result), "key") << key;
  }
}

TEST(CheckResult, Voters) {
  auto result = good();
  result.voters.clear();
  EXPECT_EQ(where_refused(result), "voters");
  result = good();
  result.voters.push_back(result.voters[0]);
  EXPECT_EQ(where_refused(result), "voters[1].voter");
  result = good();
  result.voters.resize(kResultVotersMax + 1);
  EXPECT_EQ(where_refused(result), "voters");
  result = good();
  result.voters[0].note = std::string(kResultNoteMax + 1, 'x');
  EXPECT_EQ(where_refused(result), "voters[0].note");
}

TEST(CheckResult, AnswersNeedAConversation) {
  auto result = good();
  result.voters[0].answers = {{.question = QuestionId(1), .choice = 1}};
  EXPECT_EQ(where_refused(result), "");
  result.voters[0].disposition = Disposition::no_answer;
  EXPECT_EQ(where_refused(result), "voters[0].answers");
  result = good();
  result.voters[0].answers = {{.question = QuestionId(1), .choice = 1},
                              {.question = QuestionId(1), .choice = 2}};
  EXPECT_EQ(where_refused(result), "voters[0].answers[1].question");
}

TEST(CheckResult, CallbackNeedsItsTime) {
  auto result = good();
  result.callback_at = kNow;
  EXPECT_EQ(where_refused(result), "callback_at");
  result.voters[0].disposition = Disposition::callback;
  EXPECT_EQ(where_refused(result), "");
  result.callback_at = kNow + std::chrono::days(61);
  EXPECT_EQ(where_refused(result), "callback_at");
  result.callback_at.reset();
  EXPECT_EQ(where_refused(result), "callback_at");
}

TEST(CheckDraft, Limits) {
  const auto where = [](const PhonebankDraft& draft) {
    const auto status = check_draft(draft);
    return status ? std::string() : status.error().where;
  };
  PhonebankDraft draft{.name = "Wake", .list = ListId(1), .script = ScriptId(1), .rules = {}};
  EXPECT_EQ(where(draft), "");
  draft.name = "";
  EXPECT_EQ(where(draft), "name");
  draft.name = "Wake";
  draft.rules.retry = std::chrono::seconds(-1);
  EXPECT_EQ(where(draft), "retry_minutes");
  draft.rules = {};
  draft.rules.lease = std::chrono::seconds(29);
  EXPECT_EQ(where(draft), "lease_seconds");
  draft.rules = {};
  draft.rules.attempts_max = 0;
  EXPECT_EQ(where(draft), "attempts_max");
  draft.rules = {};
  draft.rules.window = {std::chrono::hours(21), std::chrono::hours(9)};
  EXPECT_EQ(where(draft), "opens");
  draft.rules.window = {std::chrono::hours(9), std::chrono::hours(25)};
  EXPECT_EQ(where(draft), "opens");
}

TEST(PhonebankState, NamesReadBack) {
  for (const auto state : {PhonebankState::open, PhonebankState::paused, PhonebankState::closed}) {
    EXPECT_EQ(phonebank_state_from(to_string(state)), state);
  }
  EXPECT_EQ(phonebank_state_from("shut"), std::nullopt);
}

}  // namespace
}  // namespace hustings::phonebank
