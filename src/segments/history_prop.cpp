#include "segments/history.h"

#include <map>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/rng.h"

namespace hustings::segments {
namespace {

Said any_said(Rng& rng) {
  switch (rng.below(3)) {
    case 0:
      return {.choice = 1 + static_cast<int>(rng.below(3))};
    case 1:
      return said_of({}, "multiple", rng.chance(0.5) ? "1 3" : "2");
    default:
      return said_of({}, "number", rng.chance(0.5) ? "-0.5" : "41");
  }
}

constexpr std::size_t kRows = 3 * kBlockRows + 100;

using Described = std::map<std::string, std::string>;

/// Something happens to a row.
void happen(History& history, Rng& rng, Row row) {
  const Instant at{std::chrono::seconds(1'790'000'000 + rng.below(1'000'000))};
  switch (rng.below(5)) {
    case 0:
      return history.add_attempt(row, rng.chance(0.5) ? "busy" : "reached",
                                 PhonebankId(1 + static_cast<std::int64_t>(rng.below(3))), at);
    case 1:
      return history.add_answer(row, QuestionId(1 + static_cast<std::int64_t>(rng.below(2))),
                                any_said(rng), at);
    case 2:
      return history.set_consent(row, ConsentPurpose::campaign, ConsentChannel::phone,
                                 rng.chance(0.5) ? ConsentState::given : ConsentState::withdrawn);
    case 3:
      return history.set_scores(row, {{"climate", static_cast<int>(rng.below(101))}});
    default:
      return history.set_member(row, ListId(1), static_cast<int>(rng.below(3)));
  }
}

Described described(const History& history, Row row) {
  Described out;
  history.describe(row, out);
  return out;
}

TEST(History, RowsGoAndMoveWithoutTouchingOthersOrOlderVersions) {
  EXPECT_TRUE(rc::check("clear and move", [](std::uint64_t seed) {
    Rng rng(seed);
    BlockStore store;
    History history(store);
    history.grow(kRows);
    history.put_list({.id = ListId(1), .name = "L", .arms = {"holdout", "a", "b"}});
    // A few rows of different blocks, so that they meet.
    std::vector<Row> rows;
    for (int i = 0; i < 12; ++i)
      rows.push_back(static_cast<Row>(rng.below(kRows)));
    for (int i = 0; i < 400; ++i)
      happen(history, rng, rows[rng.below(rows.size())]);
    const auto hold = store.publish();
    const History version = history;
    std::map<Row, Described> model;
    for (const Row row : rows)
      model[row] = described(history, row);
    const std::map<Row, Described> before = model;
    const Described nothing = {{"attempts", ""}};
    for (int i = 0; i < 60; ++i) {
      const Row row = rows[rng.below(rows.size())];
      const Row other = rows[rng.below(rows.size())];
      if (rng.chance(0.3)) {
        history.clear(row);
        model[row] = nothing;
      } else if (row != other && rng.chance(0.6)) {
        history.clear(other);
        history.move(row, other);
        model[other] = model[row];
        model[row] = nothing;
      } else {
        happen(history, rng, row);
        model[row] = described(history, row);
      }
      for (const Row one : rows)
        RC_ASSERT(described(history, one) == model[one]);
    }
    for (const Row row : rows)
      RC_ASSERT(described(version, row) == before.at(row));
  }));
}

}  // namespace
}  // namespace hustings::segments
