#include "model/disposition.h"

#include <gtest/gtest.h>

namespace hustings {
namespace {

TEST(Disposition, EveryNameReadsBack) {
  for (const Disposition disposition : all_dispositions()) {
    EXPECT_EQ(disposition_from(to_string(disposition)), disposition);
  }
  EXPECT_EQ(all_dispositions().size(), 14U);
  EXPECT_EQ(disposition_from("canvassed"), std::nullopt);
  EXPECT_EQ(disposition_from(""), std::nullopt);
}

TEST(Disposition, NobodyIsTriedAgainWhoSaidAWord) {
  for (const Disposition d : {Disposition::reached, Disposition::refused, Disposition::language,
                              Disposition::voted_already}) {
    EXPECT_TRUE(effect_of(d).ends_target);
    EXPECT_TRUE(effect_of(d).spoken);
    EXPECT_EQ(effect_of(d).bars, Bars::nobody);
  }
}

TEST(Disposition, BarsActOnNumberOrVoter) {
  for (const Disposition d :
       {Disposition::do_not_call, Disposition::wrong_number, Disposition::disconnected}) {
    EXPECT_EQ(effect_of(d).bars, Bars::number);
    EXPECT_TRUE(effect_of(d).ends_target);
  }
  for (const Disposition d : {Disposition::deceased, Disposition::moved}) {
    EXPECT_EQ(effect_of(d).bars, Bars::voter);
    EXPECT_TRUE(effect_of(d).ends_target);
  }
}

TEST(Disposition, TriesThatFailedComeAgain) {
  EXPECT_EQ(effect_of(Disposition::no_answer).retry, Retry::usual);
  EXPECT_EQ(effect_of(Disposition::busy).retry, Retry::soon);
  EXPECT_EQ(effect_of(Disposition::left_message).retry, Retry::next_day);
  EXPECT_EQ(effect_of(Disposition::callback).retry, Retry::promised);
  for (const Disposition d : {Disposition::no_answer, Disposition::busy, Disposition::left_message,
                              Disposition::callback, Disposition::not_home}) {
    EXPECT_FALSE(effect_of(d).ends_target);
  }
}

}  // namespace
}  // namespace hustings
