#include "model/consent.h"

#include <gtest/gtest.h>

namespace hustings {
namespace {

TEST(Consent, WordsComeBackAsTheValuesTheyWere) {
  for (int i = 0; i < 4; ++i) {
    const auto purpose = static_cast<ConsentPurpose>(i);
    EXPECT_EQ(consent_purpose_from(to_string(purpose)), purpose);
  }
  for (int i = 0; i < 6; ++i) {
    const auto channel = static_cast<ConsentChannel>(i);
    EXPECT_EQ(consent_channel_from(to_string(channel)), channel);
  }
  EXPECT_EQ(consent_state_from("given"), ConsentState::given);
  EXPECT_EQ(consent_state_from("withdrawn"), ConsentState::withdrawn);
}

TEST(Consent, OtherWordsAreNone) {
  EXPECT_FALSE(consent_purpose_from("Campaign"));
  EXPECT_FALSE(consent_channel_from(""));
  EXPECT_FALSE(consent_state_from("perhaps"));
}

}  // namespace
}  // namespace hustings
