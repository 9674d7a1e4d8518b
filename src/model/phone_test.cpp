#include "model/phone.h"

#include <gtest/gtest.h>

namespace hustings {
namespace {

TEST(Phone, ReadsWhatFilesAndPeopleWrite) {
  for (const std::string_view text :
       {"9195550123",        "(919) 555-0123",       "919-555-0123",
        "919.555.0123",      "1 919 555 0123",       "+1 919 555 0123",
        "+19195550123",      "  919 5550123 ",       "919-555-0123 x17",
        "9195550123 ext. 4", "919/555-0123",         "919 555 0123 #12",
        "9195550123 (cell)", "919-555-0123 home",    "(919) 555-0123 - Mobile",
        "9195550123(c)",     "919.555.0123 x17",     "+1 (919) 555 0123",
        "tel:+19195550123",  "Cell: (919) 555-0123", "9195550123 cell/text"}) {
    EXPECT_EQ(parse_phone(text), 19195550123) << text;
  }
}

TEST(Phone, RefusesWhatCannotBeCalled) {
  for (const std::string_view text : {"",
                                      "5550123",
                                      "0005550123",
                                      "9995550123",
                                      "9190000000",
                                      "9199999999",
                                      "9191550123",
                                      "9119550123",
                                      "9199110123",
                                      "2222222222",
                                      "0000000000",
                                      "29195550123",
                                      "+9195550123",
                                      "919555012",
                                      "91955501234567",
                                      "919555O123",
                                      "+449195550123",
                                      "x17",
                                      "9195550123 x",
                                      "1234567890",
                                      "cell",
                                      "h 9195550123",
                                      "9195550123 or 9195550199",
                                      "919-CALL-NOW",
                                      "(cell)"}) {
    EXPECT_EQ(parse_phone(text), std::nullopt) << text;
  }
}

TEST(Phone, IsShownForReadingAloudAndForLinks) {
  EXPECT_EQ(phone_shown(19195550123), "(919) 555-0123");
  EXPECT_EQ(phone_e164(19195550123), "+19195550123");
  EXPECT_EQ(phone_shown(442079460958), "+44 207 946 0958");
  EXPECT_EQ(phone_shown(4915123456789), "+49 151 234 567 89");
  EXPECT_EQ(phone_shown(423123456), "+423 123 456");
  EXPECT_EQ(phone_shown(43512345), "+43 512 345");
  EXPECT_EQ(parse_phone(phone_shown(19195550123)), 19195550123);
  EXPECT_EQ(parse_phone(phone_e164(19195550123)), 19195550123);
}

}  // namespace
}  // namespace hustings
