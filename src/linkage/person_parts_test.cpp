#include "linkage/person_parts.h"

#include <gtest/gtest.h>

namespace hustings::linkage {
namespace {

TEST(PersonParts, SeniorsAreTheFirst) {
  using Read = normalise::Generation;
  EXPECT_EQ(generation_of(Read::sr), Generation::senior);
  EXPECT_EQ(generation_of(Read::first), Generation::senior);
  EXPECT_EQ(generation_of(Read::jr), Generation::junior);
  EXPECT_EQ(generation_of(Read::none), Generation::none);
}

TEST(PersonParts, SexByTheFirstLetter) {
  EXPECT_EQ(sex_of("F"), Sex::female);
  EXPECT_EQ(sex_of("woman"), Sex::female);
  EXPECT_EQ(sex_of("male"), Sex::male);
  EXPECT_EQ(sex_of("X"), Sex::other);
  EXPECT_EQ(sex_of("U"), Sex::unknown);
  EXPECT_EQ(sex_of(""), Sex::unknown);
}

TEST(PersonParts, AStreetWithItsDirectionalsAndABoxAsStreet) {
  std::string street = "before";
  const auto house =
      normalise::parse_address({.house = "", .street = "12 n oak street", .unit = ""});
  street_to(house, street);
  EXPECT_EQ(street, "N OAK ST");
  EXPECT_EQ(house_of(house), "12");
  const auto box = normalise::parse_address({.house = "", .street = "PO Box 7", .unit = ""});
  street_to(box, street);
  EXPECT_EQ(street, "PO BOX");
  EXPECT_EQ(house_of(box), "7");
}

}  // namespace
}  // namespace hustings::linkage
