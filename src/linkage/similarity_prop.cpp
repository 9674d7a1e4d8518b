#include "linkage/similarity.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.h"

namespace hustings::linkage {
namespace {

/// The definition of similarity.h, letter by letter.
double plain_jaro_winkler(const std::string& a, const std::string& b) {
  if (a.empty() && b.empty()) return 1;
  const int size_a = static_cast<int>(a.size());
  const int size_b = static_cast<int>(b.size());
  const int reach = std::max(0, std::max(size_a, size_b) / 2 - 1);
  std::vector<bool> used(b.size());
  std::string matched_a;
  for (int i = 0; i < size_a; ++i) {
    for (int j = std::max(0, i - reach); j <= std::min(size_b - 1, i + reach); ++j) {
      const auto at = static_cast<std::size_t>(j);
      if (used[at] || b[at] != a[static_cast<std::size_t>(i)]) continue;
      used[at] = true;
      matched_a += a[static_cast<std::size_t>(i)];
      break;
    }
  }
  std::string matched_b;
  for (std::size_t j = 0; j < b.size(); ++j) {
    if (used[j]) matched_b += b[j];
  }
  if (matched_a.empty()) return 0;
  int differ = 0;
  for (std::size_t i = 0; i < matched_a.size(); ++i)
    differ += matched_a[i] != matched_b[i] ? 1 : 0;
  const auto m = static_cast<double>(matched_a.size());
  const int transposed = differ / 2;
  const double jaro = (m / size_a + m / size_b + (m - transposed) / m) / 3;
  if (jaro <= 0.7) return jaro;
  int same = 0;
  while (same < std::min({4, size_a, size_b}) &&
         a[static_cast<std::size_t>(same)] == b[static_cast<std::size_t>(same)]) {
    ++same;
  }
  return jaro + same * 0.1 * (1 - jaro);
}

/// Words of few letters, so that they often match.
rc::Gen<std::string> words(int size_max) {
  return rc::gen::mapcat(rc::gen::inRange(0, size_max + 1), [](int size) {
    return rc::gen::container<std::string>(static_cast<std::size_t>(size),
                                           rc::gen::elementOf(std::string("ABCDE")));
  });
}

RC_GTEST_PROP(JaroWinkler, EqualsItsDefinition, ()) {
  const std::string a = *words(64);
  const std::string b = *words(64);
  RC_ASSERT(std::abs(jaro_winkler(a, b) - plain_jaro_winkler(a, b)) < 1e-12);
}

RC_GTEST_PROP(JaroWinkler, EqualsItsDefinitionOnShortWords, ()) {
  const std::string a = *words(9);
  const std::string b = *words(9);
  RC_ASSERT(std::abs(jaro_winkler(a, b) - plain_jaro_winkler(a, b)) < 1e-12);
}

RC_GTEST_PROP(OsaDistance, EqualsTheFullTable, ()) {
  const std::string a = *words(10);
  const std::string b = *words(10);
  const int cap = *rc::gen::inRange(0, 4);
  RC_ASSERT(osa_distance(a, b, cap) == std::min(edit_distance(a, b), cap + 1));
}

TEST(JaroWinkler, PublishedPairs) {
  EXPECT_NEAR(jaro_winkler("MARTHA", "MARHTA"), 0.9611, 5e-5);
  EXPECT_NEAR(jaro_winkler("DIXON", "DICKSONX"), 0.8133, 5e-5);
  EXPECT_NEAR(jaro_winkler("DWAYNE", "DUANE"), 0.8400, 5e-5);
  EXPECT_EQ(jaro_winkler("A", ""), 0);
  EXPECT_EQ(jaro_winkler("", ""), 1);
  EXPECT_EQ(jaro_winkler("SAME", "SAME"), 1);
}

TEST(JaroWinkler, NoBonusBelowTheLine) {
  // jaro is 0.47: a common beginning adds nothing.
  EXPECT_NEAR(jaro_winkler("ABCDE", "AXYZW"), 7.0 / 15, 1e-12);
}

TEST(Soundex, NationalArchivesExamples) {
  EXPECT_EQ(soundex("ROBERT"), soundex("RUPERT"));
  EXPECT_EQ(soundex("ASHCRAFT"), soundex("ASHCROFT"));
  EXPECT_EQ(soundex("TYMCZAK"), soundex("TUMCSAK"));
  EXPECT_EQ(soundex("PFISTER"), soundex("PISTER")) << "P and F are one sound";
  EXPECT_NE(soundex("SMITH"), soundex("JONES"));
  EXPECT_EQ(soundex("123"), 0);
  EXPECT_NE(soundex("A"), 0);
}

}  // namespace
}  // namespace hustings::linkage
