#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "pg/testing/database.h"
#include "segments/segment_service.h"
#include "segments/testing/random_electorate.h"
#include "segments/testing/sql_face.h"

namespace hustings::segments {
namespace {

using testing::RandomElectorate;
using testing::sql_totals;

constexpr Instant kNow = std::chrono::sys_days(std::chrono::year(2026) / 10 / 9) +
                         std::chrono::hours(15) + std::chrono::minutes(20);
constexpr std::chrono::seconds kLong{20};

/// Saved segments while random things happen: their numbers are those of SQL at every position.
class LiveNumbers : public ::testing::Test {
 protected:
  std::unique_ptr<SegmentService> started() {
    auto service = std::make_unique<SegmentService>(database_.pool(), clock_, log_);
    service->start();
    return service;
  }
  /// Random rules, as many as are not refused for what does not exist yet.
  void save_segments(SegmentService& service, Rng& rng, int count) {
    for (int i = 0; i < count; ++i) {
      (void)service.create({.name = "Random " + std::to_string(i),
                            .rule = testing::random_rule(rng, 2),
                            .actor = "person:1"});
    }
    ASSERT_GT(service.list().size(), static_cast<std::size_t>(count / 2));
  }
  void expect_as_in_sql(SegmentService& service) {
    const feed::Position head = feed::head(*connection_);
    ASSERT_TRUE(service.wait_until(head, kLong));
    for (const Segment& one : service.list()) {
      const auto segment = service.get(one.id);
      ASSERT_TRUE(segment);
      EXPECT_EQ(segment->fresh.position, head);
      EXPECT_EQ(segment->totals, sql_totals(*connection_, one.rule, clock_.now()))
          << to_json(one.rule);
      const auto composition = service.composition(one.id);
      ASSERT_TRUE(composition);
      EXPECT_EQ(composition->totals, segment->totals);
      expect_parts(service, one.rule, *composition);
    }
  }
  static void expect_parts(const SegmentService& service, const Rule& rule,
                           const Composition& composition) {
    for (const Composition::Part& part : composition.parts) {
      const auto counted = service.count(rule, part.field);
      ASSERT_TRUE(counted);
      ASSERT_EQ(part.groups.size(), counted->groups.size()) << to_json(rule);
      for (std::size_t i = 0; i < part.groups.size(); ++i) {
        EXPECT_EQ(part.groups[i].value, counted->groups[i].value);
        EXPECT_EQ(part.groups[i].count, counted->groups[i].count);
      }
    }
  }

  pg::testing::Database database_;
  std::unique_ptr<pg::Connection> connection_ = database_.connect();
  Log log_ = Log::to_nowhere();
  ManualClock clock_{kNow};
};

TEST_F(LiveNumbers, EqualSqlWhateverHappensAfterARestartAndWithTimeMoving) {
  RandomElectorate random(*connection_, 23);
  random.fill(150);
  auto service = started();
  save_segments(*service, random.rng(), 24);
  for (int round = 0; round < 6; ++round) {
    for (int i = 0; i < 25; ++i)
      random.happen();
    expect_as_in_sql(*service);
    clock_.set(clock_.now() + std::chrono::hours(random.rng().below(500)));
    expect_as_in_sql(*service);
    if (round == 2) service = started();
  }
  EXPECT_EQ(service->proofs().unequal, 0U);
}

TEST_F(LiveNumbers, ListenersAreToldOfWhatHasChangedAndNothingElse) {
  RandomElectorate random(*connection_, 24);
  random.fill(60);
  auto service = started();
  const auto reached =
      service->create({.name = "Contacted",
                       .rule = *rule_from_json(R"({"field":"contacted","is":true})"),
                       .actor = "person:1"});
  const auto nobody = service->create({.name = "Elsewhere",
                                       .rule = *rule_from_json(R"({"field":"city","in":["X"]})"),
                                       .actor = "person:1"});
  ASSERT_TRUE(reached && nobody);
  struct Told {
    std::set<SegmentId> segments;
    feed::Position position = 0;
  };
  Guarded<Told> told;
  service->on_change([&](const std::vector<SegmentId>& changed, feed::Position position) {
    const auto access = told.lock();
    access->segments.insert(changed.begin(), changed.end());
    access->position = position;
  });
  const auto wait_until_told = [&](feed::Position head) {  // for it, not for a time
    for (int i = 0; i < 400 && told.lock()->position < head; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    EXPECT_GE(told.lock()->position, head);
  };
  random.attempt();  // the first telling has the new segments as well
  wait_until_told(feed::head(*connection_));
  told.lock()->segments.clear();
  for (int i = 0; i < 90; ++i)
    random.attempt();
  wait_until_told(feed::head(*connection_));
  service->on_change({});
  EXPECT_TRUE(told.lock()->segments.contains(reached->id));
  EXPECT_FALSE(told.lock()->segments.contains(nobody->id));
}

TEST_F(LiveNumbers, AreProvedInTheBackground) {
  RandomElectorate random(*connection_, 25);
  random.fill(40);
  auto service = started();
  save_segments(*service, random.rng(), 6);
  for (int i = 0; i < 400 && service->proofs().counted < 3; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_GE(service->proofs().counted, 3U);
  EXPECT_EQ(service->proofs().unequal, 0U);
  EXPECT_EQ(service->loads(), 1U);
}

}  // namespace
}  // namespace hustings::segments
