#include "rights/tombstones.h"

#include <gtest/gtest.h>

#include "base/secret.h"

namespace hustings::rights {
namespace {

PersonTraits ada() {
  return {.last_name = "O'NEAL",
          .first_name = "ADA",
          .birth_date = 4017,
          .birth_year = 1980,
          .zip5 = "27601",
          .household = 77};
}

TEST(PersonWords, ANameIsTheSameHoweverItIsWritten) {
  PersonTraits other = ada();
  other.last_name = "o neal";
  other.first_name = "Ada";
  EXPECT_EQ(person_words(ada()), person_words(other));
  EXPECT_EQ(person_words(ada()).size(), 2U);
}

TEST(PersonWords, NobodyIsKnownByANameAlone) {
  EXPECT_TRUE(person_words({.last_name = "O'NEAL", .first_name = "ADA"}).empty());
  EXPECT_TRUE(
      person_words({.last_name = "O'NEAL", .first_name = "ADA", .birth_year = 1980}).empty());
  PersonTraits nameless = ada();
  nameless.first_name = "";
  EXPECT_TRUE(person_words(nameless).empty());
}

TEST(PersonWords, TheYearCountsOnlyWithTheAddress) {
  PersonTraits year = ada();
  year.birth_date.reset();
  ASSERT_EQ(person_words(year).size(), 1U);
  EXPECT_EQ(person_words(year)[0], person_words(ada())[1]);
}

Tombstones on(const std::string& key, const std::vector<std::string>& words) {
  std::vector<Tombstone> all;
  for (const std::string& one : words)
    all.push_back({.hash = keyed_hash(key, one), .key = 1, .kind = "person", .at = {}});
  return {{{.id = 1, .key = key}}, all};
}

TEST(Tombstones, KnowWhoIsErasedUnderTheirKeyOnly) {
  const std::string key = random_key();
  const Tombstones erased = on(key, person_words(ada()));
  EXPECT_TRUE(erased.holds_person(ada()));
  PersonTraits sister = ada();
  sister.first_name = "IDA";
  EXPECT_FALSE(erased.holds_person(sister));
  EXPECT_FALSE(erased.holds_identity("nc", "AA1"));
  const Tombstones foreign({{.id = 1, .key = random_key()}},
                           {{.hash = keyed_hash(key, person_words(ada())[0]), .key = 1}});
  EXPECT_FALSE(foreign.holds_person(ada()));
  EXPECT_FALSE(Tombstones().holds_person(ada()));
}

TEST(Tombstones, AnIdIsOfItsSource) {
  const std::string key = random_key();
  const Tombstones erased = on(key, {identity_words("nc", "AA1")});
  EXPECT_TRUE(erased.holds_identity("nc", "AA1"));
  EXPECT_FALSE(erased.holds_identity("oh", "AA1"));
  EXPECT_FALSE(erased.holds_identity("nc", "AA12"));
}

TEST(TombstoneFile, IsReadAsItWasWritten) {
  const TombstoneSet set{
      .keys = {{.id = 3, .key = random_key()}},
      .tombstones = {
          {.hash = keyed_hash(random_key(), "a"), .key = 3, .kind = "identity", .at = Instant()},
          {.hash = keyed_hash(random_key(), "b"), .key = 3, .kind = "person", .at = Instant()}}};
  const auto read = tombstones_from(to_text(set));
  ASSERT_TRUE(read.has_value()) << read.error().text();
  EXPECT_EQ(to_text(*read), to_text(set));
}

TEST(TombstoneFile, AnythingElseIsRefusedWithItsLine) {
  const std::string good = to_text({.keys = {{.id = 1, .key = random_key()}}, .tombstones = {}});
  for (const std::string& bad :
       {std::string("name,number\n"), good + "identity 2 00 2026-01-01T00:00:00Z\n",
        good + "person 1 zz 2026-01-01T00:00:00Z\n", good + "key 0 00\n", good + "nothing\n"}) {
    const auto read = tombstones_from(bad);
    ASSERT_FALSE(read.has_value()) << bad;
    EXPECT_NE(read.error().sentence.find("Line "), std::string::npos);
  }
}

}  // namespace
}  // namespace hustings::rights
