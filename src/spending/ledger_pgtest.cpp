#include "spending/ledger.h"

#include <atomic>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/rng.h"
#include "pg/testing/database.h"
#include "spending/booking.h"
#include "spending/testing/small_campaign.h"

namespace hustings::spending {
namespace {

namespace t = spending::testing;

class LedgerTest : public ::testing::Test {
 protected:
  void SetUp() override { t::make_campaign(inputs_); }

  Ledger::Wish wish(std::int64_t cents, std::string market = "m1", std::string channel = "tv") {
    return {.market = std::move(market),
            .channel = std::move(channel),
            .week = 4,
            .cents = cents,
            .day = "2026-10-05",
            .key = next_key(),
            .actor = "person:1"};
  }
  std::string next_key() { return key_of(std::to_string(++keys_)); }
  Result<Commitment> enter(CommitmentId id, EntryKind kind, std::int64_t cents) {
    return ledger_.enter({.commitment = id,
                          .kind = kind,
                          .cents = cents,
                          .day = "2026-10-05",
                          .key = next_key(),
                          .actor = "person:1"});
  }
  std::int64_t booked_under(std::string_view limit) {
    for (const SpendLimit& one : inputs_.load().limits)
      if (one.name == limit) return one.booked_cents;
    return -1;
  }
  Result<ImportedLedger> import(std::string_view text) {
    return ledger_.import({.text = text, .actor = "person:1"});
  }

  pg::testing::Database database_;
  ManualClock clock_{t::kToday};
  Log log_ = Log::to_nowhere();
  Inputs inputs_{database_.pool(), clock_, log_};
  Ledger ledger_{database_.pool(), clock_, log_};
  int keys_ = 0;
};

TEST_F(LedgerTest, BooksCommitmentsInvoicesAndPaymentsUnderTheirLimits) {
  auto wished = wish(1000'00);
  wished.vendor = "Air Time";
  wished.order = "A-1";
  const auto made = ledger_.commit(wished);
  ASSERT_TRUE(made) << made.error().text();
  EXPECT_EQ(made->booked_cents, 1000'00);
  EXPECT_EQ(made->vendor, "Air Time");
  EXPECT_EQ(booked_under("television"), 1000'00);
  EXPECT_EQ(booked_under("first half"), 1000'00);
  EXPECT_EQ(booked_under("Cedar Bay"), 0);
  EXPECT_EQ(ledger_.commit(wished)->id, made->id);  // the same key: the same commitment
  EXPECT_EQ(booked_under("television"), 1000'00);
  auto other = wish(1'00);
  other.order = "A-1";
  EXPECT_EQ(ledger_.commit(other).error().code, ErrorCode::conflict);

  EXPECT_EQ(enter(made->id, EntryKind::invoice, 900'00)->booked_cents, 1000'00);
  EXPECT_EQ(enter(made->id, EntryKind::release, -100'00)->booked_cents, 900'00);
  EXPECT_EQ(enter(made->id, EntryKind::payment, 950'00)->booked_cents, 950'00);
  EXPECT_EQ(booked_under("television"), 950'00);
  EXPECT_EQ(inputs_.settings().booked_cents, 950'00);
  EXPECT_EQ(enter(made->id, EntryKind::payment, -50'00)->booked_cents, 900'00);
  EXPECT_FALSE(enter(made->id, EntryKind::release, -901'00));
  EXPECT_FALSE(enter(made->id, EntryKind::payment, -901'00));
  EXPECT_FALSE(enter(made->id, EntryKind::commitment, 1'00));
  EXPECT_FALSE(enter(made->id, EntryKind::release, 1'00));
  EXPECT_EQ(enter(CommitmentId(999), EntryKind::invoice, 1).error().code, ErrorCode::not_found);
  EXPECT_EQ(ledger_.entries(made->id).size(), 5U);
  const auto sums = ledger_.sums();
  ASSERT_EQ(sums.size(), 1U);
  EXPECT_EQ(sums[0].paid_cents, 900'00);
  EXPECT_EQ(sums[0].invoiced_cents, 900'00);
}

TEST_F(LedgerTest, NeedsOneConnectionAtATime) {
  pg::Pool one(database_.options(), 1);
  Ledger ledger(one, clock_, log_);
  const auto wished = wish(10'00);
  const auto made = ledger.commit(wished);
  ASSERT_TRUE(made) << made.error().text();
  EXPECT_EQ(ledger.commit(wished)->id, made->id);
  const Ledger::Entry invoice{.commitment = made->id,
                              .cents = 5'00,
                              .day = "2026-10-05",
                              .key = next_key(),
                              .actor = "person:1"};
  ASSERT_TRUE(ledger.enter(invoice));
  EXPECT_EQ(ledger.enter(invoice)->invoiced_cents, 5'00);
}

TEST_F(LedgerTest, ALimitHoldsToTheCentAndIsNamed) {
  ASSERT_TRUE(ledger_.commit(wish(399'999'99)));
  const auto over = ledger_.commit(wish(2));
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().code, ErrorCode::over_limit);
  EXPECT_EQ(over.error().sentence,
            "This would pass the legal limit \"television\" (at most 400,000.00, 0.01 left). "
            "Nothing was booked.");
  EXPECT_TRUE(ledger_.commit(wish(1)));
  EXPECT_TRUE(ledger_.commit(wish(200'000'00, "m1", "field")));
  const auto both = ledger_.commit(wish(1, "m2", "field"));
  ASSERT_FALSE(both);
  EXPECT_NE(both.error().sentence.find("own limit \"first half\""), std::string::npos);
  auto later = wish(400'000'01, "m2", "field");
  later.week = 7;
  EXPECT_NE(ledger_.commit(later).error().sentence.find("the budget (at most 1,000,000.00"),
            std::string::npos);
  later.cents = 400'000'00;
  later.key = next_key();
  EXPECT_TRUE(ledger_.commit(later));
  EXPECT_EQ(inputs_.settings().booked_cents, 1'000'000'00);
}

TEST_F(LedgerTest, AnInvoiceBeyondItsCommitmentCountsToo) {
  const auto made = ledger_.commit(wish(400'000'00));
  ASSERT_TRUE(made);
  EXPECT_EQ(enter(made->id, EntryKind::invoice, 400'000'01).error().code, ErrorCode::over_limit);
  EXPECT_EQ(ledger_.get(made->id)->invoiced_cents, 0);
  EXPECT_TRUE(enter(made->id, EntryKind::invoice, 400'000'00));
}

TEST_F(LedgerTest, TheDatabaseItselfRefusesWhatPassesALimit) {
  const auto connection = database_.connect();
  EXPECT_THROW(connection->run_text("update spend_limit set booked_cents = cap_cents + 1 "
                                    "where cap_cents is not null",
                                    "past_the_program"),
               pg::SqlFailure);
  EXPECT_THROW(connection->run_text("update spending_setting set booked_cents = budget_cents + 1",
                                    "past_the_program"),
               pg::SqlFailure);
}

TEST_F(LedgerTest, ManyClerksAtOnceNeverPassALimit) {
  constexpr int kClerks = 12;
  constexpr int kTries = 25;
  t::take(inputs_, SheetKind::limits, "limit,market,cap\nAsh City,m1,\"100,000.00\"\n");
  std::atomic<std::int64_t> taken = 0;
  std::atomic<int> refused = 0;
  std::vector<std::thread> clerks;
  clerks.reserve(kClerks);
  for (int clerk = 0; clerk < kClerks; ++clerk) {
    clerks.emplace_back([&, clerk] {
      Rng rng(static_cast<std::uint64_t>(clerk) + 1);
      pg::Pool pool(database_.options(), 1);
      Ledger own(pool, clock_, log_);
      for (int i = 0; i < kTries; ++i) {
        const auto cents = static_cast<std::int64_t>(1 + rng.below(900'000));
        const auto made = own.commit({.market = "m1",
                                      .channel = rng.chance(0.5) ? "tv" : "field",
                                      .week = 4,
                                      .cents = cents,
                                      .day = "2026-10-05",
                                      .key = key_of(fmt::format("{} {}", clerk, i)),
                                      .actor = "person:1"});
        if (made) {
          taken += cents;
        } else {
          EXPECT_EQ(made.error().code, ErrorCode::over_limit);
          ++refused;
        }
      }
    });
  }
  for (std::thread& clerk : clerks)
    clerk.join();
  EXPECT_GT(refused, 0);
  EXPECT_LE(taken, 100'000'00);
  EXPECT_EQ(booked_under("Ash City"), taken);
  EXPECT_EQ(inputs_.settings().booked_cents, taken);
  std::int64_t sum = 0;
  for (const CellSums& cell : ledger_.sums())
    sum += cell.booked_cents;
  EXPECT_EQ(sum, taken);
  EXPECT_TRUE(ledger_.commit(wish(100'000'00 - taken + 0)) || taken == 100'000'00);
  EXPECT_FALSE(ledger_.commit(wish(1)));
}

constexpr std::string_view kLedgerFile =
    "kind,market,channel,week,day,amount,order,reference,vendor,street,city,state,zip\n"
    "commitment,m1,tv,4,2026-10-01,\"10,000.00\",A-7,,Air Time,1 Main St,Ash City,NC,27000\n"
    "invoice,m1,tv,4,2026-10-02,\"4,000.00\",A-7,I-1,Air Time,,,,\n"
    "payment,m1,tv,4,10/3/2026,\"4,000.00\",A-7,C-1,Air Time,,,,\n"
    "payment,m4,field,,2026-10-04,250.00,,C-2,Walkers,,,,\n"
    "release,m1,tv,4,2026-10-04,\"1,000.00\",A-7,,,,,,\n";

TEST_F(LedgerTest, ImportsAFileOnceAndDatesGiveWeeks) {
  const auto done = import(kLedgerFile);
  ASSERT_TRUE(done) << done.error().text();
  EXPECT_EQ(done->entries, 5);
  EXPECT_EQ(done->cents, 9'250'00);
  const auto again = import(kLedgerFile);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->entries, 0);
  EXPECT_EQ(again->known, 5);
  EXPECT_EQ(inputs_.settings().booked_cents, 9'250'00);
  const auto page = ledger_.page(std::nullopt, 10);
  ASSERT_EQ(page.size(), 2U);
  EXPECT_EQ(page[0].market, "m4");
  EXPECT_EQ(page[0].week, 3);  // 2026-10-04 lies in the third week from 2026-09-14
  EXPECT_EQ(page[1].committed_cents, 9'000'00);
  EXPECT_EQ(page[1].paid_cents, 4'000'00);
  const auto payments = ledger_.payments("2026-10-03", "2026-10-03");
  ASSERT_EQ(payments.size(), 1U);
  EXPECT_EQ(payments[0].vendor.street, "1 Main St");
  EXPECT_EQ(payments[0].reference, "C-1");
  EXPECT_EQ(ledger_.payments("", "").size(), 2U);
  EXPECT_NE(ledger_.csv().find("Air Time,A-7,,9000.00,4000.00,4000.00,9000.00"), std::string::npos);
}

TEST_F(LedgerTest, AFileWhoseSumIsNothingMakesPlansOldToo) {
  ASSERT_TRUE(
      import("kind,market,channel,week,day,amount,order\n"
             "commitment,m1,tv,4,2026-10-01,10000.00,A-7\n"));
  const auto before = inputs_.settings().inputs;
  const auto moved = import(
      "kind,market,channel,week,day,amount,order\n"
      "release,m1,tv,4,2026-10-02,10000.00,A-7\n"
      "payment,m4,field,4,2026-10-02,10000.00,\n");
  ASSERT_TRUE(moved) << moved.error().text();
  EXPECT_EQ(moved->cents, 0);
  EXPECT_GT(inputs_.settings().inputs, before);
}

TEST_F(LedgerTest, AFileIsTakenWholeOrNotAtAll) {
  const auto over = import(
      "market,channel,week,day,amount\nm1,tv,4,2026-10-01,100\n"
      "m1,tv,4,2026-10-02,400000\n");
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().code, ErrorCode::over_limit);
  EXPECT_EQ(inputs_.settings().booked_cents, 0);
  EXPECT_TRUE(ledger_.page(std::nullopt, 10).empty());
  EXPECT_NE(import("market,channel,week,day,amount,currency\nm1,tv,4,2026-10-01,1,EUR\n")
                .error()
                .sentence.find("two currencies"),
            std::string::npos);
  EXPECT_NE(import("market,channel,day,amount\nm1,tv,2026-01-01,1\n")
                .error()
                .sentence.find("outside the campaign"),
            std::string::npos);
  EXPECT_NE(import("kind,market,channel,week,day,amount,order\n"
                   "release,m1,tv,4,2026-10-01,1,none\n")
                .error()
                .sentence.find("There is no order"),
            std::string::npos);
  EXPECT_NE(import("market,channel,week,day,amount\nm1,tv,4,2026-10-01,5\nm1,tv,4,2026-10-01,5\n")
                .error()
                .sentence.find("The same as in"),
            std::string::npos);
  const auto trial = ledger_.import({.text = kLedgerFile, .dry_run = true, .actor = "person:1"});
  ASSERT_TRUE(trial);
  EXPECT_EQ(trial->entries, 5);
  EXPECT_EQ(inputs_.settings().booked_cents, 0);
}

}  // namespace
}  // namespace hustings::spending
