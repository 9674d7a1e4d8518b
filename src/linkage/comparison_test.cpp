#include "linkage/comparison.h"

#include <gtest/gtest.h>

namespace hustings::linkage {
namespace {

class ComparisonTest : public testing::Test {
 protected:
  Pattern compare(const Person& a, const Person& b) {
    Records records(words_, kinds_);
    records.append(a);
    records.append(b);
    const WordCounts counts = count_words(records, nullptr);
    Comparer comparer(words_, counts, kinds_);
    const Comparer::Side left{records[0], records.extras(0)};
    const Comparer::Side right{records[1], records.extras(1)};
    const Pattern pattern = comparer.compare(left, right);
    EXPECT_EQ(pattern, comparer.compare(right, left)) << "comparing is symmetric";
    EXPECT_EQ(pattern, comparer.compare(left, right)) << "the memo says the same";
    return pattern;
  }
  FirstLevel first(std::string_view a, std::string_view b) {
    return compare({.first = a}, {.first = b}).first();
  }
  LastLevel last(std::string_view a, std::string_view b) {
    return compare({.last = a}, {.last = b}).last();
  }
  BirthLevel birth(BirthDate a, BirthDate b) { return compare({.birth = a}, {.birth = b}).birth(); }

  Words words_;
  std::vector<ExtraKind> kinds_;
};

TEST_F(ComparisonTest, FirstNames) {
  EXPECT_EQ(first("", "ANNA"), FirstLevel::missing);
  EXPECT_EQ(first("ANNA", "ANNA"), FirstLevel::exact);
  EXPECT_EQ(first("ROBERT", "BOB"), FirstLevel::nickname);
  EXPECT_EQ(first("BOB", "ROB"), FirstLevel::nickname) << "both of Robert";
  EXPECT_EQ(first("GERTRUD", "GERTRUX"), FirstLevel::slip);
  EXPECT_EQ(first("A", "ANNA"), FirstLevel::initial_same);
  EXPECT_EQ(first("A", "A"), FirstLevel::initial_same);
  EXPECT_EQ(first("B", "ANNA"), FirstLevel::initial_differs);
  EXPECT_EQ(first("CHRISTIANA", "CHRISTIANNE"), FirstLevel::close);
  EXPECT_EQ(first("HERIBERT", "WOLFGANG"), FirstLevel::different);
}

TEST_F(ComparisonTest, ATypoIsASlipOnlyIfOneOfTheTwoIsRare) {
  Records records(words_);
  for (int i = 0; i < 10; ++i) {
    records.append({.last = "MEIER"});
    records.append({.last = "MEYER"});
  }
  records.append({.last = "MEIEX"});
  const WordCounts counts = count_words(records, nullptr);
  Comparer comparer(words_, counts, {});
  EXPECT_EQ(comparer.compare({records[0], {}}, {records[1], {}}).last(), LastLevel::typo);
  EXPECT_EQ(comparer.compare({records[0], {}}, {records[20], {}}).last(), LastLevel::slip);
}

TEST_F(ComparisonTest, LastNames) {
  EXPECT_EQ(last("SMITH", "SMITH-JONES"), LastLevel::part);
  EXPECT_EQ(last("DE LA CRUZ", "CRUZ"), LastLevel::part);
  EXPECT_EQ(last("LA", "DE LA CRUZ"), LastLevel::different) << "a particle is no part";
  EXPECT_EQ(last("SMITH", "BAUER"), LastLevel::different);
  EXPECT_EQ(last("", "BAUER"), LastLevel::missing);
}

TEST_F(ComparisonTest, NamesInEachOthersPlace) {
  const Pattern pattern =
      compare({.first = "THOMAS", .last = "BAUER"}, {.first = "BAUER", .last = "THOMAS"});
  EXPECT_EQ(pattern.first(), FirstLevel::swapped);
  EXPECT_EQ(pattern.last(), LastLevel::exact);
}

TEST_F(ComparisonTest, WhoGoesByTheMiddleName) {
  const Pattern pattern = compare({.first = "JAMES", .middle = "EDGAR"}, {.first = "EDGAR"});
  EXPECT_EQ(pattern.first(), FirstLevel::middle);
}

TEST_F(ComparisonTest, MiddleNames) {
  const auto middle = [&](std::string_view a, std::string_view b) {
    return compare({.middle = a}, {.middle = b}).middle();
  };
  EXPECT_EQ(middle("EDGAR", "EDGAR"), MiddleLevel::exact);
  EXPECT_EQ(middle("E", "EDGAR"), MiddleLevel::initial_same);
  EXPECT_EQ(middle("F", "EDGAR"), MiddleLevel::initial_differs);
  EXPECT_EQ(middle("EDGAR", "EDGER"), MiddleLevel::close);
  EXPECT_EQ(middle("EDGAR", "LOUISE"), MiddleLevel::different);
  EXPECT_EQ(middle("", "LOUISE"), MiddleLevel::missing);
}

TEST_F(ComparisonTest, FullDates) {
  EXPECT_EQ(birth({1980, 6, 2}, {1980, 6, 2}), BirthLevel::same);
  EXPECT_EQ(birth({1980, 6, 2}, {1980, 6, 3}), BirthLevel::one_off);
  EXPECT_EQ(birth({1980, 6, 12}, {1980, 6, 21}), BirthLevel::one_off) << "swapped digits";
  EXPECT_EQ(birth({1980, 6, 2}, {1990, 6, 2}), BirthLevel::one_off);
  EXPECT_EQ(birth({1980, 6, 2}, {1980, 2, 6}), BirthLevel::parts_swapped);
  EXPECT_EQ(birth({1959, 4, 7}, {2008, 4, 7}), BirthLevel::other_year);
  EXPECT_EQ(birth({1980, 6, 2}, {1980, 6, 19}), BirthLevel::two_parts_same);
  EXPECT_EQ(birth({1980, 6, 2}, {1980, 11, 19}), BirthLevel::same_year);
  EXPECT_EQ(birth({1980, 6, 2}, {1987, 11, 19}), BirthLevel::different);
  EXPECT_EQ(birth({1980, 6, 2}, {1955, 11, 19}), BirthLevel::generation_apart);
}

TEST_F(ComparisonTest, PartialDates) {
  EXPECT_EQ(birth({}, {1980, 6, 2}), BirthLevel::missing);
  EXPECT_EQ(birth({1980, 0, 0}, {1980, 6, 2}), BirthLevel::year_same);
  EXPECT_EQ(birth({1980, 0, 0}, {1981, 6, 2}), BirthLevel::year_near);
  EXPECT_EQ(birth({1980, 0, 0}, {1960, 6, 2}), BirthLevel::year_near) << "one digit";
  EXPECT_EQ(birth({1980, 0, 0}, {1967, 0, 0}), BirthLevel::year_differs);
  EXPECT_EQ(birth({1980, 6, 0}, {1980, 6, 2}), BirthLevel::month_same);
  EXPECT_EQ(birth({1980, 6, 0}, {1980, 7, 2}), BirthLevel::month_off);
  EXPECT_EQ(birth({1980, 6, 0}, {1983, 6, 2}), BirthLevel::month_differs);
}

TEST_F(ComparisonTest, Addresses) {
  const Person home = {.house = "12", .street = "MAIN ST", .unit = "4", .zip = "27601"};
  const auto with = [&](auto change) {
    Person other = home;
    change(other);
    return compare(home, other).address();
  };
  EXPECT_EQ(with([](Person&) {}), AddressLevel::same_unit);
  EXPECT_EQ(with([](Person& p) { p.unit = "5"; }), AddressLevel::same_house);
  EXPECT_EQ(with([](Person& p) { p.street = "MAIM ST"; }), AddressLevel::partly);
  EXPECT_EQ(with([](Person& p) { p.zip = "27610"; }), AddressLevel::partly);
  EXPECT_EQ(with([](Person& p) { p.house = "14"; }), AddressLevel::partly);
  EXPECT_EQ(with([](Person& p) { p.house = "14", p.street = "OAK AVE"; }), AddressLevel::same_zip);
  EXPECT_EQ(with([](Person& p) { p = {.house = "9", .street = "OAK AVE", .zip = "90210"}; }),
            AddressLevel::different);
  EXPECT_EQ(with([](Person& p) { p = {.zip = "27601"}; }), AddressLevel::only_zip_same);
  EXPECT_EQ(with([](Person& p) { p = {.zip = "90210"}; }), AddressLevel::only_zip_differs);
  EXPECT_EQ(with([](Person& p) { p = {}; }), AddressLevel::missing);
}

TEST_F(ComparisonTest, GenerationsTellFatherFromSon) {
  const auto suffix = [&](Generation a, Generation b) {
    return compare({.generation = a}, {.generation = b}).suffix();
  };
  EXPECT_EQ(suffix(Generation::none, Generation::none), SuffixLevel::none);
  EXPECT_EQ(suffix(Generation::junior, Generation::junior), SuffixLevel::same);
  EXPECT_EQ(suffix(Generation::junior, Generation::second), SuffixLevel::same);
  EXPECT_EQ(suffix(Generation::junior, Generation::none), SuffixLevel::one_missing);
  EXPECT_EQ(suffix(Generation::junior, Generation::senior), SuffixLevel::conflict);
}

TEST_F(ComparisonTest, OtherColumns) {
  kinds_ = {ExtraKind::exact, ExtraKind::text, ExtraKind::number};
  const auto levels = [&](std::array<std::string_view, 3> a, std::array<std::string_view, 3> b) {
    const Pattern pattern = compare({.extras = a}, {.extras = b});
    return std::array{pattern.extra(0), pattern.extra(1), pattern.extra(2)};
  };
  using enum ExtraLevel;
  EXPECT_EQ(levels({"A", "LONG TEXT", "100"}, {"A", "LONG TEXT", "100"}),
            (std::array{exact, exact, exact}));
  EXPECT_EQ(levels({"A", "LONG TEXT", "1000"}, {"B", "LONG TEXD", "1005"}),
            (std::array{different, close, close}));
  EXPECT_EQ(levels({"", "LONG TEXT", "100"}, {"B", "OTHER", "55555"}),
            (std::array{missing, different, different}));
}

TEST_F(ComparisonTest, HouseholdsAreWhatSharesMoreThanChance) {
  const Person a = {.last = "BAUER", .house = "12", .street = "MAIN ST", .zip = "27601"};
  Person b = a;
  EXPECT_TRUE(compare(a, b).is_household());
  b.zip = "27610";
  EXPECT_TRUE(compare(a, b).is_household()) << "one name at nearly one address";
  b.last = "KOWALSKI";
  EXPECT_FALSE(compare(a, b).is_household());
  b.phone = 12025550123;
  EXPECT_FALSE(compare(a, b).is_household());
  Person c = a;
  c = {.last = "X", .phone = 12025550123};
  EXPECT_TRUE(compare(b, c).is_household());
}

}  // namespace
}  // namespace hustings::linkage
