#include "normalise/partial_date.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace hustings::normalise {
namespace {

constexpr std::chrono::year_month_day kToday =
    std::chrono::year(2026) / std::chrono::month(11) / std::chrono::day(3);

std::string read(std::string_view text, DateFormat format = DateFormat::any) {
  const ReadDate got = read_date(text, format, kToday);
  return got.fault == DateFault::none ? partial_date_text(got.date)
                                      : std::string(to_string(got.fault));
}

TEST(PartialDate, WholeDatesOfManyFormats) {
  for (const char* text : {"06/02/1980", "6/2/1980", "1980-06-02", "19800602", "02-JUN-1980",
                           "2-Jun-80", "June 2, 1980", "2 june 1980", "1980-06-02T00:00:00",
                           "1980-06-02 00:00:00", "6/2/1980 12:00:00 AM", "6/2/80", "06.02.1980",
                           "06-02-1980", "1980/06/02", " 06/02/1980 ", "1980-JUN-02"}) {
    EXPECT_EQ(read(text), "1980-06-02") << text;
  }
  EXPECT_EQ(read("02/06/1980", DateFormat::dmy), "1980-06-02");
  EXPECT_EQ(read("06021980", DateFormat::mdy), "1980-06-02");
  EXPECT_EQ(read("06021980", DateFormat::ymd), "unreadable");
  EXPECT_EQ(read("02/29/2000"), "2000-02-29");
}

TEST(PartialDate, PartsThatAreNotKnown) {
  for (const char* text :
       {"19800600", "06/1980", "1980-06", "06/00/1980", "06/XX/1980", "JUN 1980"})
    EXPECT_EQ(read(text), "1980-06") << text;
  for (const char* text :
       {"1980", "19800000", "00/00/1980", "XX/XX/1980", "1980-00-00", "00/02/1980"})
    EXPECT_EQ(read(text), "1980") << text;
  EXPECT_EQ(read("198006", DateFormat::month), "1980-06");
  EXPECT_EQ(read("1980", DateFormat::year), "1980");
}

TEST(PartialDate, YearsOfTwoDigitsAreNotInTheFuture) {
  EXPECT_EQ(read("1/1/26"), "2026-01-01");
  EXPECT_EQ(read("11/3/26"), "2026-11-03");
  EXPECT_EQ(read("11/4/26"), "1926-11-04");
  EXPECT_EQ(read("1/1/27"), "1927-01-01");
  EXPECT_EQ(read("1/1/00"), "2000-01-01");
}

TEST(PartialDate, FillersAndDaysThatCannotBe) {
  for (const char* text : {"01/01/1900", "1900-01-01", "1800-01-01", "19000101", "##/##/####",
                           "XX-XX-XXXX", "*", "12/31/9999", "1800"}) {
    EXPECT_EQ(read(text), "filler") << text;
  }
  EXPECT_EQ(read("1812-07-01"), "too_old");
  EXPECT_EQ(read("1900"), "too_old");
  EXPECT_EQ(read("1901-01-02"), "1901-01-02");
  EXPECT_EQ(read("2026-11-04"), "future");
  EXPECT_EQ(read("2027"), "future");
  EXPECT_EQ(read("2026-11-03"), "2026-11-03");
  EXPECT_EQ(read("2026-12"), "future");
  for (const char* text : {"", "  ", "00/00/0000", "0", "00000000", "N/A", "- -", "NULL"})
    EXPECT_EQ(read(text), "empty") << text;
  for (const char* text :
       {"02/30/1980", "13/01/1980", "1980-13-01", "1980-06-31", "abc", "6/2", "6/2/980", "1/2/3/4",
        "198", "June", "Foo 2, 1980", "19800602123", "02/29/1900", "6/2/1980x"}) {
    EXPECT_EQ(read(text), "unreadable") << text;
  }
}

TEST(PartialDate, TheLayoutsFormatIsHeld) {
  EXPECT_EQ(read("1980-06-02", DateFormat::mdy), "unreadable");
  EXPECT_EQ(read("06/02/1980", DateFormat::ymd), "unreadable");
  EXPECT_EQ(read("06/02/1980", DateFormat::year), "unreadable");
  EXPECT_EQ(read("06/1980", DateFormat::mdy), "unreadable");
  EXPECT_EQ(read("13/02/1980", DateFormat::mdy), "unreadable");
  EXPECT_EQ(read("1980", DateFormat::month), "unreadable");
}

TEST(PartialDate, ComparesByWhatBothKnow) {
  const PartialDate whole{1980, 6, 2};
  EXPECT_TRUE(may_be_same(whole, {1980, 0, 0}));
  EXPECT_TRUE(may_be_same(whole, {1980, 6, 0}));
  EXPECT_TRUE(may_be_same(whole, {}));
  EXPECT_FALSE(may_be_same(whole, {1981, 0, 0}));
  EXPECT_FALSE(may_be_same(whole, {1980, 7, 2}));
  EXPECT_LT((PartialDate{1980, 0, 0}), whole);
}

RC_GTEST_PROP(PartialDate, ItsTextIsReadAsItself, ()) {
  const int year = *rc::gen::inRange(1902, 2026);
  const int month = *rc::gen::inRange(0, 13);
  const int day = month == 0 ? 0 : *rc::gen::inRange(0, 29);
  const PartialDate date{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
                         static_cast<std::uint8_t>(day)};
  RC_ASSERT(read_date(partial_date_text(date), DateFormat::any, kToday).date == date);
}

RC_GTEST_PROP(PartialDate, AnyTextHasADateOrAFault, ()) {
  const auto piece =
      rc::gen::oneOf(rc::gen::string<std::string>(),
                     rc::gen::element<std::string>("1", "06", "1980", "/", "-", "JUN", "XX", " ",
                                                   "00", ":", "T", "#"));
  std::string text;
  for (const std::string& one : *rc::gen::container<std::vector<std::string>>(piece))
    text += one;
  const auto format = *rc::gen::element(DateFormat::any, DateFormat::mdy, DateFormat::ymd,
                                        DateFormat::dmy, DateFormat::month, DateFormat::year);
  const ReadDate got = read_date(text, format, kToday);
  RC_ASSERT(got.date.is_known() == (got.fault == DateFault::none));
  RC_ASSERT(got.date.has_month() || !got.date.has_day());
}

}  // namespace
}  // namespace hustings::normalise
