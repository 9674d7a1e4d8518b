#include "make_people/matching_files.h"

#include <map>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace hustings::people {
namespace {

constexpr std::uint64_t kRows = 20'000;

std::vector<MatchingRow> rows_of(const MatchingFiles& files, bool right) {
  std::vector<MatchingRow> rows;
  const auto take = [&](const MatchingRow& row) { rows.push_back(row); };
  right ? files.each_right(take) : files.each_left(take);
  return rows;
}

std::string text_of(const std::vector<MatchingRow>& rows) {
  std::string text;
  for (const MatchingRow& row : rows)
    MatchingFiles::append_csv(row, text);
  return text;
}

double share(const std::vector<MatchingRow>& rows, const auto& is) {
  double count = 0;
  for (const MatchingRow& row : rows)
    count += is(row) ? 1 : 0;
  return count / static_cast<double>(rows.size());
}

TEST(MatchingFiles, TheSeedDecidesEverything) {
  const MatchingFiles one({.rows = 2000, .seed = 5});
  const MatchingFiles same({.rows = 2000, .seed = 5});
  const MatchingFiles other({.rows = 2000, .seed = 6});
  EXPECT_EQ(text_of(rows_of(one, true)), text_of(rows_of(same, true)));
  EXPECT_NE(text_of(rows_of(one, true)), text_of(rows_of(other, true)));
}

TEST(MatchingFiles, SeventyPercentAreInBoth) {
  const MatchingFiles files({.rows = kRows, .seed = 1});
  const auto left = rows_of(files, false);
  const auto right = rows_of(files, true);
  EXPECT_NEAR(static_cast<double>(left.size()), kRows, kRows * 0.03);
  EXPECT_NEAR(static_cast<double>(right.size()), kRows, kRows * 0.03);
  std::set<std::uint64_t> people;
  for (const MatchingRow& row : left)
    EXPECT_TRUE(people.insert(row.person).second) << "nobody twice";
  const double both = share(right, [&](const auto& row) { return people.contains(row.person); });
  EXPECT_NEAR(both, 0.70, 0.02);
}

TEST(MatchingFiles, HoldFamiliesAndWhatTimeDoesToThem) {
  const MatchingFiles files({.rows = kRows, .seed = 1});
  std::map<std::uint64_t, MatchingRow> before;
  std::map<std::string, std::vector<MatchingRow>> homes;
  for (const MatchingRow& row : rows_of(files, false)) {
    before.emplace(row.person, row);
    homes[row.zip + row.street + row.house + row.unit + row.last].push_back(row);
  }
  int twins = 0;
  int namesakes = 0;
  for (const auto& [home, family] : homes) {
    for (std::size_t i = 1; i < family.size(); ++i) {
      const MatchingRow& a = family[i - 1];
      const MatchingRow& b = family[i];
      const bool same_day = a.year == b.year && a.month == b.month && a.day == b.day;
      twins += same_day && a.first != b.first ? 1 : 0;
      namesakes += a.first == b.first && a.year != b.year ? 1 : 0;
    }
  }
  EXPECT_GT(twins, 10);
  EXPECT_GT(namesakes, 10);
  std::vector<MatchingRow> after;
  for (const MatchingRow& row : rows_of(files, true)) {
    if (before.contains(row.person)) after.push_back(row);
  }
  const double moved =
      share(after, [&](const auto& row) { return before.at(row.person).zip != row.zip; });
  EXPECT_NEAR(moved, 0.10, 0.04);
  EXPECT_GT(share(after, [&](const auto& row) { return before.at(row.person).last != row.last; }),
            0.01);
}

TEST(MatchingFiles, ScenariosHideWhatTheySay) {
  const MatchingFiles years({.rows = kRows, .seed = 1, .scenario = Scenario::birth_year});
  for (const bool right : {false, true}) {
    const auto rows = rows_of(years, right);
    EXPECT_EQ(share(rows, [](const auto& row) { return row.month != 0 || row.day != 0; }), 0);
    EXPECT_EQ(share(rows, [](const auto& row) { return row.year == 0; }), 0);
  }
  const MatchingFiles lists({.rows = kRows, .seed = 1, .scenario = Scenario::signup});
  const auto rows = rows_of(lists, true);
  EXPECT_NEAR(share(rows, [](const auto& row) { return row.year == 0; }), 0.70, 0.02);
  EXPECT_NEAR(share(rows, [](const auto& row) { return row.middle.empty(); }), 0.84, 0.03);
  EXPECT_EQ(share(rows_of(lists, false), [](const auto& row) { return row.year == 0; }), 0);
}

}  // namespace
}  // namespace hustings::people
