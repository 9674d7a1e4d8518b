#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "forms/address_limit.h"
#include "forms/answer_file.h"
#include "forms/draft_json.h"
#include "forms/link_token.h"

namespace hustings::forms {
namespace {

using surveys::Question;
using surveys::QuestionKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const Instant kNow = std::chrono::sys_days(std::chrono::year(2026) / 10 / 20);

TEST(AddressLimit, CountsWithinAWindowAndForgetsAfterIt) {
  AddressLimit limit(2, std::chrono::seconds(60));
  EXPECT_TRUE(limit.allows("a", kNow));
  EXPECT_TRUE(limit.take("a", kNow));
  EXPECT_TRUE(limit.take("a", kNow));
  EXPECT_FALSE(limit.allows("a", kNow));
  EXPECT_FALSE(limit.take("a", kNow + std::chrono::seconds(59)));
  EXPECT_TRUE(limit.take("b", kNow));
  EXPECT_TRUE(limit.take("a", kNow + std::chrono::seconds(60)));
}

TEST(LinkToken, CarriesItsBucketAndNothingElse) {
  const std::string token = make_link_token(4095);
  const auto parts = read_link_token(token);
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->bucket, 4095);
  EXPECT_EQ(parts->hash.size(), 32U);
  EXPECT_NE(token, make_link_token(4095));
  EXPECT_EQ(read_link_token(make_link_token(7))->bucket, 7);
  for (const std::string& wrong :
       {std::string(), token.substr(1), token + "x", "zzz" + token.substr(3)})
    EXPECT_FALSE(read_link_token(wrong)) << wrong;
}

TEST(DraftJson, KeepsWhatWasAnswered) {
  const KeptDraft draft{
      .browser_hash = "ab",
      .answers = {{.question = QuestionId(1), .choice = 2, .text = {}},
                  {.question = QuestionId(2), .choice = {}, .text = "Jobs \"x\""},
                  {.question = QuestionId(3), .choice = {}, .text = {}, .declined = true}}};
  const KeptDraft back = draft_from_json(draft_to_json(draft));
  EXPECT_EQ(back.browser_hash, "ab");
  ASSERT_EQ(back.answers.size(), 3U);
  EXPECT_EQ(back.answers[0].choice, 2);
  EXPECT_EQ(back.answers[1].text, "Jobs \"x\"");
  EXPECT_TRUE(back.answers[2].declined);
  EXPECT_TRUE(draft_from_json("[]").answers.empty());
}

TEST(ReadCsv, QuotesLineFeedsAndDelimiters) {
  const auto table = read_csv("\xEF\xBB\xBFid;a;b\r\n1;\"x;\"\"y\"\"\nz\";2\r\n\r\n2;p;q");
  ASSERT_TRUE(table) << table.error().text();
  EXPECT_THAT(table->header, ElementsAre("id", "a", "b"));
  ASSERT_EQ(table->rows.size(), 2U);
  EXPECT_THAT(table->rows[0].cells, ElementsAre("1", "x;\"y\"\nz", "2"));
  EXPECT_EQ(table->rows[0].line, 2);
  EXPECT_EQ(table->rows[1].line, 5) << "lines of the file, not rows";
  EXPECT_THAT(read_csv("a\tb\n1\t2")->rows[0].cells, ElementsAre("1", "2"));
}

TEST(ReadCsv, SaysWhatIsWrong) {
  EXPECT_THAT(read_csv("").error().sentence, HasSubstr("empty"));
  EXPECT_THAT(read_csv("a,a\n1,2").error().sentence, HasSubstr("\"a\""));
  EXPECT_THAT(read_csv("a\n\xff").error().sentence, HasSubstr("UTF-8"));
  EXPECT_EQ(read_csv("a\n1\n\"x").error().where, "line 3");
  EXPECT_EQ(read_csv("a,b\n\"x\"y,1").error().where, "line 2");
}

TEST(AnswerIn, ReadsEachKindOfQuestion) {
  Question question{.id = QuestionId(4), .key = "support", .choices = {"Ours", "Other"}};
  EXPECT_EQ((*answer_in(" ours ", question))->choice, 1);
  EXPECT_EQ((*answer_in("2", question))->choice, 2);
  EXPECT_TRUE((*answer_in("Declined", question))->declined);
  EXPECT_FALSE(answer_in("", question)->has_value());
  EXPECT_THAT(answer_in("3", question).error().sentence, HasSubstr("Ours, Other"));
  question.kind = QuestionKind::multiple;
  EXPECT_EQ((*answer_in("Other; Ours", question))->text, "1 2");
  EXPECT_EQ((*answer_in("2|2", question))->text, "2");
  EXPECT_FALSE(answer_in("Ours;Nobody", question));
  question.kind = QuestionKind::number;
  EXPECT_EQ((*answer_in("-0.5", question))->text, "-0.5");
  EXPECT_FALSE(answer_in("many", question));
  EXPECT_FALSE(answer_in("nan", question));
  question.kind = QuestionKind::text;
  EXPECT_EQ((*answer_in("Jobs", question))->text, "Jobs");
  // Scales whose words are numbers mean the words.
  const Question scale{
      .id = QuestionId(5), .key = "s", .kind = QuestionKind::scale, .choices = {"0", "1", "2"}};
  EXPECT_EQ((*answer_in("1", scale))->choice, 2);
}

TEST(MomentIn, ADateIsNoonOrNow) {
  using std::chrono::hours;
  const Instant later = kNow + hours(48);
  EXPECT_EQ(moment_in("2026-10-20", later)->at, kNow + hours(12));
  EXPECT_EQ(moment_in("2026-10-20T01:00:00Z", later)->at, kNow + hours(1));
  EXPECT_FALSE(moment_in("yesterday", later));
  // On the morning of that day, in UTC and where it begins first.
  EXPECT_EQ(moment_in("2026-10-20", kNow + hours(9))->at, kNow + hours(9));
  EXPECT_EQ(moment_in("2026-10-20", kNow - hours(14))->at, kNow - hours(14));
  EXPECT_FALSE(moment_in("2026-10-20", kNow - hours(15)));
  EXPECT_FALSE(moment_in("2026-10-20T01:00:00Z", kNow));
}

TEST(MomentIn, KnowsWhatWasTakenOnTheSameDayAgain) {
  using std::chrono::hours;
  const Moment day = *moment_in("2026-10-20", kNow + hours(48));
  for (const int hour : {-14, 0, 9, 12})
    EXPECT_TRUE(is_same_moment(day, kNow + hours(hour))) << hour;
  for (const int hour : {-15, -12, 13, 36})
    EXPECT_FALSE(is_same_moment(day, kNow + hours(hour))) << hour;
  const Moment exact = *moment_in("2026-10-20T01:00:00Z", kNow + hours(48));
  EXPECT_TRUE(is_same_moment(exact, kNow + hours(1)));
  EXPECT_FALSE(is_same_moment(exact, kNow + hours(2)));
}

}  // namespace
}  // namespace hustings::forms
