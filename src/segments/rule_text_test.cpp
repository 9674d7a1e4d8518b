#include "segments/rule_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hustings::segments {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

const RuleNames& names() {
  static const RuleNames kNames{
      .segments = {{7, "Base"}, {8, "Two"}, {9, "Two"}, {10, "Say \"hi\""}},
      .lists = {{3, "GOTV wave 1"}},
      .phonebanks = {{5, "Evening bank"}},
      .questions = std::vector<std::string>{"support", "climate issue"},
      .scores = std::vector<std::string>{"climate"}};
  return kNames;
}

struct Reading {
  std::string text;
  std::string json;
};

TEST(RuleText, IsRead) {
  const std::string base = SegmentId(7).text();
  const std::vector<Reading> readings = {
      {"state in (NC, OH) and age 30..44 and support >= 40 and not contacted within 7d",
       R"({"all":[{"field":"state","in":["NC","OH"]},{"field":"age","between":[30,44]},)"
       R"({"field":"support_score","at_least":40},)"
       R"({"not":{"field":"contacts","within_days":7}}]})"},
      {"called 2.. times and never reached",
       R"({"all":[{"field":"contacts","at_least":2},)"
       R"({"not":{"field":"contacts","results":["reached"]}}]})"},
      {"voted in 2018 and not voted in 2022",
       R"({"all":[{"field":"voted","in":["2018"]},{"not":{"field":"voted","in":["2022"]}}]})"},
      {"answer:support in (4, 5) within 14d",
       R"({"field":"answer:support","in":[4,5],"within_days":14})"},
      {R"(answered:"climate issue" = 2)", R"({"field":"answered:climate issue","in":[2]})"},
      {R"(in list "GOTV wave 1" arm holdout or in segment Base)",
       R"({"any":[{"list":")" + ListId(3).text() + R"(","arm":"holdout"},{"segment":")" + base +
           R"("}]})"},
      {"in segment " + base, R"({"segment":")" + base + R"("})"},
      {"voted 2.. of last 4 general",
       R"({"field":"votes_count","at_least":2,"of_last":4,"of_kind":"general"})"},
      {"contacted", R"({"field":"contacted","is":true})"},
      {"NOT Contacted", R"({"field":"contacted","is":false})"},
      {"not not has_phone", R"({"not":{"field":"has_phone","is":false}})"},
      {"party = DEM or party != REP and age > 30",
       R"({"any":[{"field":"party","in":["DEM"]},)"
       R"({"all":[{"field":"party","none_of":["REP"]},{"field":"age","at_least":31}]}]})"},
      {"state = OR or state in (AND)",
       R"({"any":[{"field":"state","in":["OR"]},{"field":"state","in":["AND"]}]})"},
      {"age < 30", R"({"field":"age","at_most":29})"},
      {"age = 30", R"({"field":"age","between":[30,30]})"},
      {"age 30..", R"({"field":"age","at_least":30})"},
      {"age ..30", R"({"field":"age","at_most":30})"},
      {"last_contacted_at 2026-09-01.. within 2w",
       R"({"field":"last_contacted_at","at_least":"2026-09-01","within_days":14})"},
      {R"(contacted 2..5 times with busy by "Evening bank" within 90m)",
       R"({"field":"contacts","at_least":2,"at_most":5,"results":["busy"],"phonebanks":[")" +
           PhonebankId(5).text() + R"("],"within":"90m"})"},
      {"((everybody))\n and (nobody)", R"({"all":[{"all":[]},{"any":[]}]})"},
      {R"(city in ("A \"B\" \\ C"))", R"({"field":"city","in":["A \"B\" \\ C"]})"},
      {"consent:campaign:phone not in withdrawn",
       R"({"field":"consent:campaign:phone","none_of":["withdrawn"]})"},
  };
  for (const Reading& one : readings) {
    const auto rule = rule_from_text(one.text, names());
    ASSERT_TRUE(rule) << one.text << ": " << rule.error().sentence;
    EXPECT_EQ(to_json(*rule), one.json) << one.text;
  }
}

TEST(RuleText, NamesOfOneThingAreWrittenAndOthersAsIds) {
  EXPECT_EQ(to_text(Rule{SegmentIs{SegmentId(7)}}, names()), "in segment Base");
  EXPECT_EQ(to_text(Rule{SegmentIs{SegmentId(8)}}, names()), "in segment " + SegmentId(8).text());
  EXPECT_EQ(to_text(Rule{SegmentIs{SegmentId(99)}}, names()), "in segment " + SegmentId(99).text());
  EXPECT_EQ(to_text(Rule{SegmentIs{SegmentId(10)}}, names()), R"(in segment "Say \"hi\"")");
  EXPECT_EQ(to_text(Rule{ListIs{ListId(3), "a"}}, names()), R"(in list "GOTV wave 1" arm a)");
}

struct Problem {
  std::string text;
  int line;
  int column;
  std::string sentence;
};

TEST(RuleText, SaysWhereItIsWrongWhatWasExpectedAndWhatMayHaveBeenMeant) {
  const std::vector<Problem> problems = {
      {"", 1, 1, "Expected a statement such as \"age 30..44\""},
      {"stat in (NC)", 1, 1, R"(There is no field "stat". Did you mean "state"?)"},
      {"state in (NC OH)", 1, 14, "Expected \",\" or \")\", found OH."},
      {"age 30..44\n  adn party = DEM", 2, 3,
       R"(Expected the end, "and" or "or", found adn. Did you mean "and"?)"},
      {"city = \"É\" andd", 1, 12, "Did you mean \"and\"?"},
      {"age 44..30", 1, 5, "swap them"},
      {"age 200", 1, 5, "\"age\" is a whole number from 0 to 150."},
      {"age > 150", 1, 5, "0 to 150"},
      {"age 3", 1, 6, "Expected \"..\", but the text ends here."},
      {"age >", 1, 6, "Expected a whole number from 0 to 150, but the text ends here."},
      {"answer:suport in 4", 1, 1, R"(Did you mean "support"?)"},
      {"score:climat > 3", 1, 1, R"(Did you mean "climate"?)"},
      {"answer:support in Yes", 1, 19, "the number of a choice"},
      {"answer in (3)", 1, 1, "takes a colon and a key"},
      {"contacted with busyy", 1, 16, R"(Did you mean "busy"?)"},
      {"contacted 2", 1, 12, "Expected \"..\", \"times\" or \"time\""},
      {"reached within 0d", 1, 16, "7d, 36h, 90m or 2w"},
      {"consent:campaing:phone = given", 1, 1, R"(Did you mean "campaign"?)"},
      {"votes_count of last 4 primry >= 2", 1, 23, R"(Did you mean "primary"?)"},
      {"votes_count of lst 4 >= 2", 1, 16, R"(Did you mean "last"?)"},
      {"last_contacted_at >= yesterday", 1, 22, "2026-10-01T09:00:00Z"},
      {"last_contacted_at 2026-10-02..2026-10-01", 1, 19, "swap them"},
      {"county in (\"NEW", 1, 12, "found a quote without its end"},
      {"voted in 20180", 1, 10, "2022 general"},
      {"in segment Bass", 1, 12, R"(There is no segment "Bass". Did you mean "Base"?)"},
      {"in segment Two", 1, 12, "2 segments have the name \"Two\""},
      {"in lst x", 1, 4, R"(Did you mean "list"?)"},
      {"list \"x\"", 1, 1, "Write `in list \"its name\"`."},
      {"(age 30..44", 1, 12, "Expected \"and\", \"or\" or \")\", but the text ends here."},
      {"age 30..44)", 1, 11, "Expected the end"},
      {"county in (WAKE) and ($)", 1, 23, "found $"},
      {"not", 1, 4, "Expected a statement"},
  };
  for (const Problem& one : problems) {
    const auto rule = rule_from_text(one.text, names());
    ASSERT_FALSE(rule) << one.text;
    EXPECT_EQ(rule.error().line, one.line) << one.text;
    EXPECT_EQ(rule.error().column, one.column) << one.text;
    EXPECT_THAT(rule.error().sentence, HasSubstr(one.sentence)) << one.text;
    EXPECT_FALSE(rule.error().is_over_limit) << one.text;
  }
}

TEST(RuleText, HasLimits) {
  const auto is_over = [](const std::string& text) {
    const auto rule = rule_from_text(text);
    return !rule && rule.error().is_over_limit;
  };
  EXPECT_TRUE(is_over(std::string(kRuleBytesMax + 1, ' ')));
  EXPECT_TRUE(is_over(std::string(100'000, '(')));
  std::string nots = "has_phone";
  for (int i = 0; i <= kRuleDepthMax; ++i)
    nots.insert(0, "not ");
  EXPECT_TRUE(is_over(nots));
  std::string wide = "has_phone";
  for (int i = 0; i < kRuleNodesMax; ++i)
    wide += " or has_phone";
  EXPECT_TRUE(is_over(wide));
  std::string values = "county in (A";
  for (std::size_t i = 0; i < kRuleValuesMax; ++i)
    values += ",A";
  EXPECT_TRUE(is_over(values + ")"));
  std::string brackets = "has_phone";
  for (int i = 0; i < 40; ++i)
    brackets.insert(0, "(").push_back(')');
  EXPECT_TRUE(rule_from_text(brackets));  // they nest nothing
}

TEST(RuleText, KnowsWhatMayFollow) {
  const auto words = [](std::string_view text) {
    std::vector<std::string> all;
    for (const Expectation& one : expected_after(text, names()))
      all.push_back(one.text);
    return all;
  };
  EXPECT_THAT(words("age 30..44 "), Contains("and"));
  EXPECT_THAT(words("county "), Contains("in"));
  EXPECT_THAT(words("county in ("), Contains("a value of \"county\""));
  EXPECT_THAT(words("reached "), Contains("within"));
  EXPECT_THAT(words("in "), Contains("segment"));
  EXPECT_TRUE(words("county in (WAKE $ ").empty());  // wrong before its end
  const auto fields = expected_after("age 30..44 and ", names());
  EXPECT_THAT(fields, Contains(::testing::Field(&Expectation::kind, Expectation::Kind::field)));

  EXPECT_EQ(word_start("county in (WA", 13), 11U);
  EXPECT_EQ(word_start("county in (\"NEW B", 17), 11U);
  EXPECT_EQ(word_start("county in (\"A\", WA", 18), 16U);
  EXPECT_EQ(word_start("age ", 4), 4U);
  EXPECT_EQ(word_start("age", 99), 0U);
}

TEST(RuleText, CountsCharactersAsEditorsDo) {
  constexpr std::string_view kText = "É → x";
  EXPECT_EQ(characters_before(kText, kText.size()), 5U);
  for (std::size_t i = 0; i <= 5; ++i)
    EXPECT_EQ(characters_before(kText, offset_of(kText, i)), i);
  EXPECT_EQ(offset_of(kText, 99), kText.size());
}

}  // namespace
}  // namespace hustings::segments
