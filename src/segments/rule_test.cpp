#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "segments/birth.h"
#include "segments/rule_text.h"

namespace hustings::segments {
namespace {

using ::testing::HasSubstr;

struct Case {
  std::string json;
  std::string text;
};

TEST(Rule, IsReadWrittenAndShown) {
  const std::vector<Case> cases = {
      {R"({"all":[]})", "everybody"},
      {R"({"any":[]})", "nobody"},
      {R"({"field":"county","in":["WAKE","DURHAM"]})", "county in (WAKE, DURHAM)"},
      {R"({"field":"city","none_of":["NEW BERN"]})", R"(city not in ("NEW BERN"))"},
      {R"({"field":"city","in":["A \"B\""]})", R"(city in ("A \"B\""))"},
      {R"({"field":"age","between":[30,44]})", "age 30..44"},
      {R"({"field":"support_score","at_least":40})", "support_score >= 40"},
      {R"({"field":"support_score","at_most":60})", "support_score <= 60"},
      {R"({"field":"votes_count","at_least":2,"of_last":4})", "votes_count of last 4 >= 2"},
      {R"({"field":"has_phone","is":true})", "has_phone"},
      {R"({"field":"contacted","is":false})", "not contacted"},
      {R"({"field":"voted","in":["2022-11-08 general"]})", R"(voted in ("2022-11-08 general"))"},
      {R"({"field":"answer:support","in":[1,2]})", "answer:support in (1, 2)"},
      {R"({"field":"last_contacted_at","within_days":7})", "last_contacted_at within 7d"},
      {R"({"field":"last_contacted_at","at_most":"2026-10-01"})",
       "last_contacted_at <= 2026-10-01"},
      {R"({"field":"last_contacted_at","between":["2026-09-01","2026-10-01T09:30:00Z"]})",
       "last_contacted_at 2026-09-01..2026-10-01T09:30:00Z"},
      {R"({"field":"last_contacted_at","within":"36h"})", "last_contacted_at within 36h"},
      {R"({"field":"answer:q","in":[4,5],"since":"2026-10-01","within_days":14})",
       "answer:q in (4, 5) since 2026-10-01 within 14d"},
      {R"({"field":"answered:q","none_of":[1],"until":"2026-10-01"})",
       "answered:q not in (1) until 2026-10-01"},
      {R"({"field":"contacts"})", "contacts"},
      {R"({"field":"contacts","at_least":2,"results":["busy","no_answer"]})",
       "contacted 2.. times with (busy, no_answer)"},
      {R"({"field":"contacts","at_least":1,"at_most":1,"results":["reached"],"within_days":7})",
       "reached 1 times within 7d"},
      {R"({"field":"contacts","at_most":3,"phonebanks":["phb_c0arct4787w8b"]})",
       "contacted ..3 times by (phb_c0arct4787w8b)"},
      {R"({"field":"consent:campaign:phone","in":["given"]})", "consent:campaign:phone in (given)"},
      {R"({"field":"score:climate","at_least":60})", "score:climate >= 60"},
      {R"({"field":"votes_count","at_least":2,"of_last":4,"of_kind":"general"})",
       "votes_count of last 4 general >= 2"},
      {R"({"field":"voted","in":["2018","2022 general"]})", R"(voted in (2018, "2022 general"))"},
      {R"({"list":"lst_1zrzc6qqm0h4w","arm":"holdout"})", "in list lst_1zrzc6qqm0h4w arm holdout"},
      {R"({"segment":"seg_dzf59g4pwf7bt"})", "in segment seg_dzf59g4pwf7bt"},
      {R"({"not":{"any":[{"field":"age","at_most":20},{"field":"protected","is":true}]}})",
       "not (age <= 20 or protected)"},
      {R"({"all":[{"field":"age","at_most":20},{"any":[{"field":"protected","is":true},)"
       R"({"field":"party","in":["DEM"]}]}]})",
       "age <= 20 and (protected or party in (DEM))"},
  };
  for (const Case& one : cases) {
    const auto rule = rule_from_json(one.json);
    ASSERT_TRUE(rule) << one.json << ": " << rule.error().text();
    EXPECT_EQ(to_json(*rule), one.json);
    EXPECT_EQ(to_text(*rule), one.text);
  }
  EXPECT_EQ(to_json(*rule_from_json("{}")), R"({"all":[]})");
}

struct Refusal {
  std::string json;
  std::string where;
  std::string sentence;
};

TEST(Rule, SaysWhatIsWrongAndWhere) {
  const std::vector<Refusal> refusals = {
      {"[", "rule", "not valid JSON"},
      {"[]", "rule", "JSON object"},
      {R"({"al":[]})", "rule", R"(Did you mean "all"?)"},
      {R"({"all":{}})", "rule.all", "list of rules"},
      {R"({"all":[{"field":"countyy","in":["A"]}]})", "rule.all[0].field",
       R"(Did you mean "county"?)"},
      {R"({"field":"county"})", "rule", R"(add "in", "none_of")"},
      {R"({"field":"county","at_least":3})", "rule.at_least", "does not go with the category"},
      {R"({"field":"county","in":[]})", "rule.in", "1 to 5000"},
      {R"({"field":"county","in":[7]})", "rule.in", "Each value is a text"},
      {R"({"field":"county","in":["A"],"none_of":["B"]})", "rule", "not both"},
      {R"({"field":"age","between":[44,30]})", "rule", "swap them"},
      {R"({"field":"age","between":[44]})", "rule.between", "[30, 44]"},
      {R"({"field":"age","at_least":-1})", "rule.at_least", "0 to 150"},
      {R"({"field":"age","at_least":1.5})", "rule.at_least", "whole number"},
      {R"({"field":"age","at_least":1,"of_last":2})", "rule.of_last", "does not go with"},
      {R"({"field":"votes_count","of_last":2})", "rule", "beside it"},
      {R"({"field":"votes_count","at_least":1,"of_kind":"general"})", "rule", "of_last"},
      {R"({"field":"votes_count","at_least":1,"of_last":2,"of_kind":"genral"})", "rule.of_kind",
       R"(Did you mean "general"?)"},
      {R"({"field":"has_phone","is":"yes"})", "rule.is", "true or false"},
      {R"({"field":"voted","in":["general 2022"]})", "rule.in", "2022-11-08 general"},
      {R"({"field":"answer:support","in":["Yes"]})", "rule.in", "whole number"},
      {R"({"field":"last_contacted_at","at_least":"yesterday"})", "rule.at_least", "2026-10-01"},
      {R"({"not":[]})", "rule.not", "JSON object"},
      {R"({"field":"answer"})", "rule.field", "takes a colon"},
      {R"({"field":"age:x","at_least":3})", "rule.field", "takes no colon"},
      {R"({"field":"answer:q","in":[1],"within":"3"})", "rule.within", "36h"},
      {R"({"field":"answer:q","in":[1],"within":"3d","within_days":3})", "rule", "not both"},
      {R"({"field":"answer:q","in":[1],"since":"2026-10-02","until":"2026-10-01"})", "rule",
       "swap them"},
      {R"({"field":"answer:q","within_days":3})", "rule", R"("in" or "none_of")"},
      {R"({"field":"contacts","results":["busyy"]})", "rule.results", R"(Did you mean "busy"?)"},
      {R"({"field":"contacts","phonebanks":["5"]})", "rule.phonebanks", "phb_"},
      {R"({"field":"contacts","at_least":3,"at_most":2})", "rule", "swap them"},
      {R"({"field":"consent:campaing:phone","in":["given"]})", "rule.field",
       R"(Did you mean "campaign"?)"},
      {R"({"field":"consent:campaign:phon","in":["given"]})", "rule.field",
       R"(Did you mean "phone"?)"},
      {R"({"field":"consent:campaign:phone","in":["yes"]})", "rule.in", "withdrawn"},
      {R"({"list":"7"})", "rule.list", "lst_"},
      {R"({"list":"lst_1zrzc6qqm0h4w","arm":""})", "rule.arm", "holdout"},
      {R"({"segment":"seg_dzf59g4pwf7bt","is":true})", "rule", "alone"},
      {R"({"field":"list","in":["x"]})", "rule", R"({"list": "…"})"},
  };
  for (const Refusal& one : refusals) {
    const auto rule = rule_from_json(one.json);
    ASSERT_FALSE(rule) << one.json;
    EXPECT_EQ(rule.error().where, one.where) << one.json << rule.error().text();
    EXPECT_THAT(rule.error().sentence, HasSubstr(one.sentence)) << one.json;
  }
}

TEST(Rule, HasLimits) {
  std::string deep = R"({"all":[]})";
  for (int i = 0; i < kRuleDepthMax; ++i)
    deep = fmt::format(R"({{"not":{}}})", deep);
  const auto too_deep = rule_from_json(deep);
  ASSERT_FALSE(too_deep);
  EXPECT_EQ(too_deep.error().code, ErrorCode::over_limit);

  std::string wide = R"({"all":[{})";
  for (int i = 0; i < kRuleNodesMax; ++i)
    wide += ",{}";
  const auto too_wide = rule_from_json(wide + "]}");
  ASSERT_FALSE(too_wide);
  EXPECT_EQ(too_wide.error().code, ErrorCode::over_limit);

  const auto too_long = rule_from_json(std::string(kRuleBytesMax + 1, ' '));
  ASSERT_FALSE(too_long);
  EXPECT_EQ(too_long.error().code, ErrorCode::over_limit);
  EXPECT_FALSE(rule_from_json(std::string(100'000, '[')));
}

TEST(Birth, AgesTurnOnTheBirthday) {
  using namespace std::chrono;
  const auto born = birth::of_date(2000y / 2 / 29);
  const auto is_aged = [&](std::int64_t age, year_month_day today) {
    const birth::Range range = birth::of_ages(age, age, today);
    return !range.is_empty() && range.lo <= born && born <= range.hi;
  };
  EXPECT_TRUE(is_aged(22, 2023y / 2 / 28));
  EXPECT_TRUE(is_aged(23, 2023y / 3 / 1));
  EXPECT_TRUE(is_aged(24, 2024y / 2 / 29));
  EXPECT_FALSE(is_aged(23, 2024y / 2 / 29));
  EXPECT_TRUE(is_aged(0, 2000y / 2 / 29));
  EXPECT_FALSE(is_aged(0, 2000y / 2 / 28));  // not born yet
  EXPECT_EQ(birth::of_year(1879), birth::kUnknown);
  EXPECT_EQ(birth::of_year(2055), birth::kUnknown);
  EXPECT_LT(birth::of_date(2000y / 12 / 31), birth::of_year(2001));
  EXPECT_GT(birth::of_date(2001y / 1 / 1), birth::of_year(2001));
}

}  // namespace
}  // namespace hustings::segments
