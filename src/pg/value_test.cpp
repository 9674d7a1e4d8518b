#include "pg/value.h"

#include <gtest/gtest.h>

namespace hustings::pg {
namespace {

std::string first(const Parameters& parameters) {
  return parameters.texts().front().value_or("NULL");
}

TEST(Parameters, ArraysQuoteWhatNeedsIt) {
  EXPECT_EQ(first(Parameters(std::vector<std::int64_t>{1, -2})), R"({"1","-2"})");
  EXPECT_EQ(first(Parameters(std::vector<std::string>{"a\"b", "c\\d", "", "{x,y}"})),
            R"({"a\"b","c\\d","","{x,y}"})");
  EXPECT_EQ(first(Parameters(std::vector<std::int64_t>{})), "{}");
  EXPECT_EQ(first(Parameters(std::vector<std::optional<std::int64_t>>{std::nullopt, 3})),
            R"({NULL,"3"})");
}

TEST(Parameters, NullsBytesAndMoments) {
  EXPECT_EQ(first(Parameters(std::optional<std::string>())), "NULL");
  EXPECT_EQ(first(Parameters(Bytes{std::string("\x00\xff", 2)})), "\\x00ff");
  EXPECT_EQ(first(Parameters(Instant{})), "1970-01-01T00:00:00.000000Z");
  EXPECT_EQ(first(Parameters(true)), "t");
}

TEST(Read, RefusesWhatDoesNotFit) {
  std::int16_t small = 0;
  EXPECT_FALSE(detail::read("40000", small));
  EXPECT_TRUE(detail::read("-5", small));
  std::vector<std::string> texts;
  EXPECT_TRUE(detail::read(R"({a,"b,c","d\"e"})", texts));
  EXPECT_EQ(texts, (std::vector<std::string>{"a", "b,c", "d\"e"}));
  EXPECT_FALSE(detail::read("a,b", texts));
}

}  // namespace
}  // namespace hustings::pg
