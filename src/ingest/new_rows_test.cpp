#include "ingest/new_rows.h"

#include <gtest/gtest.h>

namespace hustings::ingest {
namespace {

NewRows offered(std::int64_t rows) {
  NewRows out;
  for (std::int64_t line = 1; line <= rows; ++line)
    out.offer(line, std::to_string(line));
  return out;
}

TEST(NewRows, OfASmallFileAll) {
  EXPECT_TRUE(offered(0).rows().empty());
  const NewRows few = offered(NewRows::kRowsMax);
  ASSERT_EQ(few.rows().size(), NewRows::kRowsMax);
  EXPECT_EQ(few.rows().back().line, std::int64_t{NewRows::kRowsMax});
  EXPECT_EQ(few.rows().back().body, std::to_string(NewRows::kRowsMax));
}

TEST(NewRows, OfALargeFileRowsAtEqualDistances) {
  for (const std::int64_t rows : {20'001, 40'000, 40'001, 1'000'003}) {
    const NewRows many = offered(rows);
    ASSERT_GE(many.rows().size(), NewRows::kRowsMax / 2);
    ASSERT_LE(many.rows().size(), NewRows::kRowsMax);
    const std::int64_t distance = many.rows()[1].line - many.rows()[0].line;
    EXPECT_GT(distance, 1);
    for (std::size_t i = 0; i < many.rows().size(); ++i) {
      const NewRows::Row& row = many.rows()[i];
      ASSERT_EQ(row.line, 1 + static_cast<std::int64_t>(i) * distance) << rows;
      ASSERT_EQ(row.body, std::to_string(row.line)) << rows;
    }
    EXPECT_LE(rows - many.rows().back().line, distance) << "to the end of the file";
  }
}

}  // namespace
}  // namespace hustings::ingest
