#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/uuid.h"
#include "spending/booking.h"
#include "spending/payment_files.h"
#include "spending/poll_picture.h"
#include "spending/posterior.h"
#include "spending/sheet.h"

namespace hustings::spending {
namespace {

Result<Sheet> read(std::string_view text) {
  return Sheet::read(text, {{.name = "place", .others = {"town"}},
                            {.name = "amount"},
                            {.name = "note", .needed = false}});
}

TEST(Sheet, ReadsQuotesOtherNamesAndDelimiters) {
  const auto sheet =
      read("\xEF\xBB\xBFTown;AMOUNT;else\r\n\"a;\"\"b\"\"\";\"1,234.5\";x\r\n\r\nc;2;\r\n");
  ASSERT_TRUE(sheet) << sheet.error().text();
  ASSERT_EQ(sheet->rows(), 2U);
  EXPECT_EQ(sheet->text(0, "place"), "a;\"b\"");
  EXPECT_EQ(sheet->cents(0, "amount").value(), 123450);
  EXPECT_EQ(sheet->ignored(), std::vector<std::string>{"else"});
  EXPECT_FALSE(sheet->has("note"));
  EXPECT_EQ(sheet->where(1, "amount"), "line 4, column amount");
}

TEST(Sheet, RefusesWhatCannotBeRead) {
  EXPECT_EQ(read("").error().sentence, "The file is empty.");
  EXPECT_EQ(read("place,amount\n").error().sentence, "The file has a header and no rows.");
  EXPECT_EQ(read("place\nx\n").error().sentence,
            "The column \"amount\" is missing; there are place.");
  EXPECT_EQ(read("place,town,amount\na,b,1\n").error().sentence,
            "The column \"place\" is there twice.");
  EXPECT_EQ(read("place,amount\na,1\nb\n").error().text(),
            "line 3: The header has 2 columns, this line 1.");
  EXPECT_EQ(read("place,amount\n\"a,1\nb,2").error().text(),
            "line 2: A quote is opened here and never closed.");
  EXPECT_EQ(read("place,amount\n\xff,1\n").error().sentence,
            "The file is not UTF-8; save it as CSV UTF-8.");
}

TEST(Sheet, RefusesCellsWithLineAndColumn) {
  const auto sheet = read("place,amount\n,-3\nx,1.234\n").value();
  EXPECT_EQ(sheet.name(0, "place").error().text(), "line 2, column place: There is nothing here.");
  EXPECT_EQ(sheet.cents(0, "amount").error().text(), "line 2, column amount: -3 is negative.");
  EXPECT_EQ(sheet.cents(0, "amount", true).value(), -300);
  EXPECT_FALSE(sheet.cents(1, "amount"));
  EXPECT_EQ(sheet.number(0, "amount", {0, 1}).error().text(),
            "line 2, column amount: -3 cannot be right: it must be 0 to 1.");
  EXPECT_FALSE(sheet.whole(1, "amount", {0, 9}));
}

TEST(Cents, AreReadToTheCentOrNotAtAll) {
  EXPECT_EQ(parse_cents("$1,234,567.89"), 123456789);
  EXPECT_EQ(parse_cents(" 12 "), 1200);
  EXPECT_EQ(parse_cents("0.5"), 50);
  EXPECT_EQ(parse_cents("-0.05"), -5);
  for (const char* wrong :
       {"", "$", "1,23", "1,2345", "1.234", "1e5", "12 EUR", "1.2.3", ",5", "99999999999999999999"})
    EXPECT_EQ(parse_cents(wrong), std::nullopt) << wrong;
}

TEST(Days, AreReadInBothForms) {
  EXPECT_EQ(parse_day("2026-11-03"), "2026-11-03");
  EXPECT_EQ(parse_day("11/3/26"), "2026-11-03");
  for (const char* wrong : {"2026-02-30", "3.11.2026", "2026-11", "13/1/2026", ""})
    EXPECT_EQ(parse_day(wrong), std::nullopt) << wrong;
  EXPECT_EQ(day_number("1970-01-02"), 1);
}

TEST(Posterior, WeighsByPrecision) {
  const std::vector<Estimated> one = {{0.02, 0.01}};
  const Estimated after = posterior({0.00, 0.01}, one);
  EXPECT_DOUBLE_EQ(after.value, 0.01);
  EXPECT_DOUBLE_EQ(after.error, 0.01 / std::sqrt(2.0));
  EXPECT_DOUBLE_EQ(posterior({0.01, 0.0}, one).value, 0.01);
  const std::vector<Estimated> harm = {{-0.5, 0.01}};
  EXPECT_EQ(posterior({0.0, 0.01}, harm).value, 0);
}

TEST(Keys, AreUuids) {
  EXPECT_TRUE(is_uuid(key_of("a")));
  EXPECT_EQ(key_of("a"), key_of("a"));
  EXPECT_NE(key_of("a"), key_of("b"));
}

Stored two_contests() {
  Stored stored;
  stored.contests = {{.name = "Ash", .previous = 0.5}, {.name = "Birch"}};
  stored.polls = {{.contest = 0, .end_day = "2026-10-01", .people = 100, .ours = 60, .theirs = 40},
                  {.contest = 0, .end_day = "2026-10-04", .people = 100, .ours = 40, .theirs = 40}};
  return stored;
}

TEST(PollPicture, SaysWhatIsKnownOfEachContest) {
  const Instant now = from_iso("2026-10-05T00:00:00Z").value();
  const PollPicture picture = poll_picture(two_contests(), now);
  EXPECT_EQ(picture.polls, (std::vector<std::int64_t>{2, 0}));
  EXPECT_EQ(picture.last[0], "2026-10-04");
  ASSERT_TRUE(picture.shares[0]);
  // Ages 4 and 1 days, half-life 7.
  const double w = std::exp2(-3.0 / 7);
  EXPECT_NEAR(*picture.shares[0], (0.6 * w + 0.5) / (w + 1), 1e-12);
  EXPECT_FALSE(picture.shares[1]);
  const auto shares = contest_means(two_contests(), now);
  ASSERT_FALSE(shares);
  EXPECT_NE(shares.error().sentence.find("Birch"), std::string::npos);
}

TEST(PollPicture, WithoutRecentPollsTheLastResultStands) {
  Stored stored = two_contests();
  stored.contests[1].previous = 0.45;
  const Instant late = from_iso("2027-10-05T00:00:00Z").value();
  const auto means = contest_means(stored, late);
  ASSERT_TRUE(means);
  EXPECT_EQ(means->shares, (std::vector<double>{0.5, 0.45}));
  stored.contests[1].previous.reset();
  EXPECT_FALSE(contest_means(stored, late));
}

/// A contest that stands at 50 in each of ten polls by two houses, one of them two points above the
/// other; the second contest has no polls.
Stored tracked_contests() {
  Stored stored;
  stored.settings.poll_method = PollMethod::tracker;
  stored.contests = {{.name = "Ash", .previous = 0.47}, {.name = "Birch", .previous = 0.52}};
  for (int day = 1; day <= 10; ++day) {
    for (const bool high : {false, true}) {
      stored.polls.push_back({.contest = 0,
                              .pollster = high ? "High" : "Low",
                              .end_day = fmt::format("2026-10-{:02}", day),
                              .people = 1000,
                              .ours = high ? 51.0 : 49.0,
                              .theirs = high ? 49.0 : 51.0});
    }
  }
  return stored;
}

TEST(Tracker, FollowsTheMiddleOfTheHousesAndGrowsUnsure) {
  const Stored stored = tracked_contests();
  const auto soon = contest_means(stored, from_iso("2026-10-10T12:00:00Z").value());
  ASSERT_TRUE(soon);
  EXPECT_NEAR(soon->shares[0], 0.5, 1e-9);          // both houses read as often and as far off
  EXPECT_NEAR(soon->shares[1], 0.52 + 0.03, 1e-9);  // the swing of the polled one
  ASSERT_TRUE(soon->tracker);
  EXPECT_FALSE(soon->errors[1]);
  const auto late = contest_means(stored, from_iso("2026-10-19T12:00:00Z").value());
  ASSERT_TRUE(late);
  EXPECT_DOUBLE_EQ(late->shares[0], soon->shares[0]);  // a walk stays where it was seen last
  EXPECT_NEAR(*late->errors[0] * *late->errors[0] - *soon->errors[0] * *soon->errors[0],
              9 * soon->tracker->daily_sd * soon->tracker->daily_sd, 1e-12);
}

TEST(Tracker, FollowsAMoveThatHalfLivesBlur) {
  Stored stored;
  stored.contests = {{.name = "Ash"}};
  // 46 for twenty days, then 54 for ten, by one house with 5,000 people a day.
  for (int day = 1; day <= 30; ++day) {
    const double ours = day <= 20 ? 46 : 54;
    stored.polls.push_back({.contest = 0,
                            .pollster = "One",
                            .end_day = fmt::format("2026-09-{:02}", day),
                            .people = 5000,
                            .ours = ours,
                            .theirs = 100 - ours});
  }
  const Instant now = from_iso("2026-09-30T12:00:00Z").value();
  const double blurred = contest_means(stored, now)->shares[0];
  stored.settings.poll_method = PollMethod::tracker;
  const auto tracked = contest_means(stored, now);
  ASSERT_TRUE(tracked);
  EXPECT_LT(blurred, 0.525);
  EXPECT_GT(tracked->shares[0], 0.535);
}

TEST(Tracker, TakesTheUsualScalesFromAHandfulOfPolls) {
  Stored stored = tracked_contests();
  stored.polls.resize(1);
  const auto means = contest_means(stored, from_iso("2026-10-10T12:00:00Z").value());
  ASSERT_TRUE(means && means->tracker);
  EXPECT_DOUBLE_EQ(means->tracker->daily_sd, 0.002);
  EXPECT_DOUBLE_EQ(means->tracker->house_sd, 0.01);
  EXPECT_NEAR(means->shares[0], 0.49, 1e-12);
}

TEST(PaymentFiles, HaveAsManyCellsAsColumns) {
  const Committee committee{.id = "C00000001",
                            .candidate = "P80000001",
                            .last_name = "Doe",
                            .office = "P",
                            .election = "G2026"};
  const Payment payment{.entry = 7,
                        .day = "2026-10-05",
                        .cents = 123456,
                        .reference = "=1+1",
                        .market = "m1",
                        .channel = "tv",
                        .channel_title = "Television",
                        .vendor = {.name = "Air, Inc."}};
  const auto count = [](const std::string& line) {
    bool quoted = false;
    int commas = 0;
    for (const char c : line) {
      if (c == '"') quoted = !quoted;
      if (c == ',' && !quoted) ++commas;
    }
    return commas;
  };
  for (const std::string& file :
       {schedule_b(committee, {payment, payment}), schedule_e(committee, {payment, payment}, "")}) {
    const auto first = file.find('\n');
    const auto second = file.find('\n', first + 1);
    const std::string line = file.substr(first + 1, second - first - 1);
    EXPECT_EQ(count(file.substr(0, first)), 43);
    EXPECT_EQ(count(line), 43);
    EXPECT_NE(line.find("\"Air, Inc.\""), std::string::npos);
    EXPECT_NE(line.find("1234.56"), std::string::npos);
    EXPECT_NE(line.find("20261005"), std::string::npos);
    EXPECT_NE(line.find("'=1+1"), std::string::npos);
  }
  const std::string e = schedule_e(committee, {payment, payment}, "");
  EXPECT_NE(e.find("2469.12"), std::string::npos);  // the year's sum so far
  Payment later = payment;
  later.day = "2026-11-01";
  const std::string november = schedule_e(committee, {payment, payment, later}, "2026-11-01");
  EXPECT_EQ(std::ranges::count(november, '\n'), 2);        // the header and one line
  EXPECT_NE(november.find("3703.68"), std::string::npos);  // of the whole year
  EXPECT_EQ(schedule_b(committee, {payment}).find("\nSB23,C00000001,SB.7,") == std::string::npos,
            false);
}

}  // namespace
}  // namespace hustings::spending
