#include <algorithm>
#include <map>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "base/rng.h"
#include "phonebank/testing/bank.h"

namespace hustings::phonebank::testing {
namespace {

using std::chrono::seconds;

/// One thing that a caller saw: a number was granted to them at `from`, and until `to` it was
/// theirs. Both are counted by one atomic, so that they order all callers' doings.
struct Grant {
  PhoneNumber number = 0;
  PhonebankId phonebank;
  LeaseId lease;
  int epoch = 0;
  int person = 0;
  long from = 0;
  long to = 0;
  bool stored = false;
};

class ConcurrencyTest : public Bank {
 protected:
  /// Claims and hands in until the phone bank has nothing ready; what it saw goes to history_.
  void work(PhonebankId phonebank, int person) {
    Rng rng(static_cast<std::uint64_t>(person));
    const Caller who = caller(phonebank, person);
    int empty = 0;
    while (empty < 20) {
      const auto claim = service_.claim(who).value();
      if (!claim.lease) {
        ++empty;
        std::this_thread::yield();
        continue;
      }
      empty = 0;
      Grant grant{claim.lease->number,
                  phonebank,
                  claim.lease->id,
                  claim.lease->epoch,
                  person,
                  ++tick_,
                  0,
                  false};
      if (rng.chance(0.1)) {
        grant.to = ++tick_;
        const auto given_back =
            service_.release(who.person, grant.lease, grant.epoch, ReleaseReason::technical);
        EXPECT_TRUE(given_back.has_value());
      } else {
        auto done = result(who, *claim.lease,
                           rng.chance(0.5) ? Disposition::reached : Disposition::no_answer);
        if (rng.chance(0.02)) done.voters[0].disposition = Disposition::do_not_call;
        grant.to = ++tick_;
        grant.stored = record(done).late == false;
        EXPECT_TRUE(grant.stored);
        if (rng.chance(0.2)) EXPECT_TRUE(record(done).repeat);
      }
      const std::lock_guard lock(mutex_);
      history_.push_back(grant);
    }
  }

  void drain(const std::vector<PhonebankId>& phonebanks, int callers) {
    std::vector<std::thread> threads;
    for (int person = 1; person <= callers; ++person) {
      const auto phonebank = phonebanks[static_cast<std::size_t>(person) % phonebanks.size()];
      threads.emplace_back([this, phonebank, person] { work(phonebank, person); });
    }
    for (auto& thread : threads)
      thread.join();
  }

  std::atomic<long> tick_ = 0;
  std::mutex mutex_;
  std::vector<Grant> history_;
};

TEST_F(ConcurrencyTest, SixteenCallersOnTwoPhonebanksNeverShareALine) {
  constexpr int kNumbers = 120;
  const ListId list = list_of(kNumbers);
  const auto one = open_bank(list);
  const auto other = open_bank(list);
  drain({one, other}, 16);

  std::map<PhoneNumber, std::vector<Grant>> by_number;
  for (const Grant& grant : history_)
    by_number[grant.number].push_back(grant);
  EXPECT_EQ(by_number.size(), static_cast<std::size_t>(kNumbers));
  std::int64_t stored = 0;
  for (auto& [number, grants] : by_number) {
    std::ranges::sort(grants, {}, &Grant::from);
    std::map<PhonebankId, int> epochs;
    int shown_for_good = 0;
    for (std::size_t i = 0; i < grants.size(); ++i) {
      EXPECT_GT(grants[i].epoch, epochs[grants[i].phonebank]);
      epochs[grants[i].phonebank] = grants[i].epoch;
      if (i > 0) EXPECT_GT(grants[i].from, grants[i - 1].to) << "two callers held one number";
      shown_for_good += grants[i].stored ? 1 : 0;
    }
    // The clock stands still, so within the time between attempts there is one call, on one of the
    // two phone banks.
    EXPECT_EQ(shown_for_good, 1);
    stored += shown_for_good;
  }
  EXPECT_EQ(count("select count(*) from call_result"), stored);
  EXPECT_EQ(count("select count(*) from contact_attempt where not late"), stored);
  EXPECT_EQ(count("select count(*) from change where kind = 'attempt_recorded'"), stored);
  EXPECT_EQ(count("select count(*) from queue_line where state = 'held'"), 0);
  EXPECT_EQ(count("select count(*) from line_attempt a join line_attempt b on a.number = b.number"
                  " and a.lease_id < b.lease_id and a.during && b.during"),
            0);
}

TEST_F(ConcurrencyTest, AfterADoNotCallIsAcknowledgedNobodyIsGivenTheNumber) {
  constexpr int kNumbers = 60;
  const auto phonebank = open_bank(list_of(kNumbers));
  std::map<PhoneNumber, long> barred_at;
  std::thread office([&] {
    for (int n = kNumbers; n > 0; n -= 2) {
      suppress_number(number(n));
      barred_at[number(n)] = ++tick_;
    }
  });
  std::vector<std::thread> threads;
  std::vector<std::pair<PhoneNumber, long>> asked;  // when the claim began that was granted
  for (int person = 1; person <= 8; ++person) {
    threads.emplace_back([&, person] {
      for (int empty = 0; empty < 5;) {
        const long before = ++tick_;
        const auto claim = service_.claim(caller(phonebank, person)).value();
        if (!claim.lease) {
          ++empty;
          continue;
        }
        {
          const std::lock_guard lock(mutex_);
          asked.emplace_back(claim.lease->number, before);
        }
        record(caller(phonebank, person), *claim.lease, Disposition::no_answer);
      }
    });
  }
  office.join();
  for (auto& thread : threads)
    thread.join();
  for (const auto& [number, before] : asked) {
    if (barred_at.contains(number)) EXPECT_LT(before, barred_at.at(number));
  }
  for (const auto& [number, at] : barred_at)
    EXPECT_EQ(line_state(phonebank, number), "barred");
}

TEST_F(ConcurrencyTest, TwoTabsOfOneCallerShareTheLine) {
  const auto phonebank = open_bank(list_of(20));
  std::vector<std::thread> threads;
  std::vector<LeaseId> leases;
  for (int tab = 0; tab < 8; ++tab) {
    threads.emplace_back([&] {
      const auto claim = service_.claim(caller(phonebank)).value();
      const std::lock_guard lock(mutex_);
      leases.push_back(claim.lease.value().id);
    });
  }
  for (auto& thread : threads)
    thread.join();
  EXPECT_EQ(std::ranges::count(leases, leases.front()), 8);
  EXPECT_EQ(count("select count(*) from queue_line where state = 'held'"), 1);
}

TEST_F(ConcurrencyTest, RescueAndLateResultsAtOnce) {
  constexpr int kNumbers = 40;
  const auto phonebank = open_bank(list_of(kNumbers));
  std::vector<std::pair<int, Lease>> leases;
  for (int person = 1; person <= kNumbers; ++person) {
    leases.emplace_back(person, claim(caller(phonebank, person)));
  }
  clock_.advance(std::chrono::minutes(11));
  std::thread rescuer([&] {
    for (int i = 0; i < 5; ++i)
      service_.rescue_expired();
  });
  std::vector<std::thread> threads;
  for (int part = 0; part < 4; ++part) {
    threads.emplace_back([&, part] {
      for (std::size_t i = static_cast<std::size_t>(part); i < leases.size(); i += 4) {
        const auto& [person, lease] = leases[i];
        EXPECT_TRUE(record(caller(phonebank, person), lease, Disposition::reached).late);
      }
    });
  }
  rescuer.join();
  for (auto& thread : threads)
    thread.join();
  EXPECT_EQ(count("select count(*) from queue_line where state = 'done'"), kNumbers);
  EXPECT_EQ(count("select count(*) from contact_attempt"), kNumbers);
}

TEST_F(ConcurrencyTest, EverythingACallerDoesIsTriedAgainAfterALostRace) {
  const auto phonebank = open_bank(list_of(3));
  const Caller who = caller(phonebank);
  const Lease lease = claim(who);
  // Every other write loses: a sequence does not roll back.
  run("create sequence races;"
      " create function lose() returns trigger language plpgsql as $$ begin"
      "   if nextval('races') % 2 = 1 then raise exception 'lost' using errcode = '40P01'; end if;"
      "   return new; end $$;"
      " create trigger lose before update on caller_shift"
      "   for each row execute function lose()");
  const auto lost = [&] { return (count("select last_value from races") + 1) / 2; };
  clock_.advance(seconds(20));
  EXPECT_NO_THROW(service_.heartbeat(who));
  EXPECT_EQ(lost(), 1);
  clock_.advance(seconds(20));
  EXPECT_NO_THROW(EXPECT_TRUE(service_.held(who).has_value()));
  EXPECT_EQ(lost(), 2);
  EXPECT_NO_THROW(service_.leave(who.person));
  EXPECT_EQ(lost(), 3);
  EXPECT_EQ(line_state(phonebank, lease.number), "waiting");
  run("drop trigger lose on caller_shift");
  const Lease next = claim(who);
  run("create trigger lose before update on queue_line for each row execute function lose()");
  EXPECT_NO_THROW({
    EXPECT_TRUE(service_.release(who.person, next.id, next.epoch, ReleaseReason::technical));
  });
  EXPECT_EQ(lost(), 4);
}

}  // namespace
}  // namespace hustings::phonebank::testing
