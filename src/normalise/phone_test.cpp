#include "normalise/phone.h"

#include <gtest/gtest.h>

// Most of what phone.h promises is held against libphonenumber-js in tests/phones.
namespace hustings::normalise {
namespace {

void expect_phone(std::string_view text, std::string_view home, PhoneNumber number,
                  std::string_view country, PhoneType type) {
  const std::optional<Phone> phone = read_phone(text, home);
  ASSERT_TRUE(phone.has_value()) << text;
  EXPECT_EQ(phone->number, number) << text;
  EXPECT_EQ(country_text(phone->country), country) << text;
  EXPECT_EQ(phone->type, type) << text;
  EXPECT_TRUE(phone->is_valid) << text;
  EXPECT_EQ(phone_facts(number), *phone) << text;
}

TEST(WorldPhone, NumbersOfTheNorthAmericanPlan) {
  for (const char* text : {"9195550123", "(919) 555-0123", "9195550123 (cell)", "919-555-0123 home",
                           "919.555.0123 x17", "+1 (919) 555 0123", "tel:+1-919-555-0123",
                           "Call 919 555 0123", "011 1 919 555 0123"}) {
    expect_phone(text, "US", 19195550123, "US", PhoneType::fixed_line_or_mobile);
  }
  expect_phone("800 555 0199", "US", 18005550199, "US", PhoneType::toll_free);
  expect_phone("416 555 0123", "US", 14165550123, "CA", PhoneType::fixed_line_or_mobile);
  expect_phone("340 642 1234", "US", 13406421234, "VI", PhoneType::fixed_line_or_mobile);
}

TEST(WorldPhone, NumbersOfOtherCountries) {
  expect_phone("+44 20 7946 0958", "US", 442079460958, "GB", PhoneType::fixed_line);
  expect_phone("020 7946 0958", "GB", 442079460958, "GB", PhoneType::fixed_line);
  expect_phone("011 44 7400 123456", "US", 447400123456, "GB", PhoneType::mobile);
  expect_phone("0151 23456789", "DE", 4915123456789, "DE", PhoneType::mobile);
  expect_phone("00 49 30 123456", "AT", 4930123456, "DE", PhoneType::fixed_line);
  expect_phone("11 15-2345-6789", "AR", 5491123456789, "AR", PhoneType::mobile);
  expect_phone("+7 701 234 5678", "US", 77012345678, "KZ", PhoneType::mobile);
  expect_phone("+800 1234 5678", "US", 80012345678, "001", PhoneType::toll_free);
}

TEST(WorldPhone, WhatIsNoNumber) {
  for (const char* text :
       {"", "cell", "12", "0000000000", "9999999999", "+1 919 000 0000",
        "919-555-0123 or 919-555-0199", "+0 123", "+999 12345678", "1234567890123456789"}) {
    EXPECT_EQ(callable_phone(text), std::nullopt) << text;
  }
  EXPECT_EQ(read_phone("0000000000"), std::nullopt);
  EXPECT_EQ(read_phone("9195550123", "XX"), std::nullopt);
  EXPECT_EQ(read_phone(std::string(300, '1')), std::nullopt);
}

TEST(WorldPhone, NewAreaCodesMayBeCalled) {
  // 233 is not given out in this metadata; the plan allows it.
  const std::optional<Phone> phone = read_phone("233 555 0123");
  ASSERT_TRUE(phone.has_value());
  EXPECT_FALSE(phone->is_valid);
  EXPECT_EQ(callable_phone("233 555 0123"), 12335550123);
  EXPECT_EQ(callable_phone("919 555 0123"), 19195550123);
  EXPECT_EQ(callable_phone("555 0123"), std::nullopt);
  EXPECT_EQ(callable_phone("+44 20 7946 0958"), 442079460958);
  EXPECT_EQ(callable_phone("+44 20 7946 09"), std::nullopt);
  EXPECT_EQ(callable_phone("(919) 555-0123", "GB"), std::nullopt) << "a premium rate there";
  EXPECT_EQ(callable_phone("030 1234567890123", "DE"), std::nullopt) << "more than 15 digits";
}

TEST(WorldPhone, FactsOfStrangeIntegers) {
  for (const PhoneNumber number :
       {PhoneNumber{0}, PhoneNumber{-5}, PhoneNumber{1}, PhoneNumber{999'999'999'999'999'999}}) {
    EXPECT_FALSE(phone_facts(number).is_valid) << number;
  }
  EXPECT_EQ(to_string(PhoneType::voicemail), "voicemail");
}

}  // namespace
}  // namespace hustings::normalise
