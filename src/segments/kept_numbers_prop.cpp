#include "segments/kept_numbers.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "segments/birth.h"
#include "segments/plan.h"
#include "segments/testing/random_rule.h"

namespace hustings::segments {

/// Makes kept numbers wrong.
struct KeptNumbersSpoiler {
  static void spoil(KeptNumbers& kept, std::int64_t id) {
    for (auto& entry : kept.entries_) {
      if (entry.id != id) continue;
      entry.numbers.voters += 3;
      entry.numbers.households -= 1;
      entry.numbers.groups[0].resize(9, 7);
    }
  }
};

namespace {

constexpr Instant kNow = std::chrono::sys_days(std::chrono::year(2026) / 10 / 9);

/// An electorate to which random things happen, without a database.
class Happening {
 public:
  Happening(Rng& rng, int voters) : rng_(rng) {
    add_question();
    add_election();
    for (int i = 0; i < voters; ++i)
      put(VoterId(++made_));
    electorate_->order_by_geography();
  }

  LiveElectorate::Reader version() {
    return LiveElectorate::Reader(std::make_shared<const LiveElectorate::Version>(
        LiveElectorate::Version{.electorate = electorate_->freeze(),
                                .position = static_cast<feed::Position>(++versions_),
                                .load = loads_,
                                .number = versions_}));
  }

  void happen() {
    const VoterId voter = any_voter();
    switch (rng_.below(12)) {
      case 0:
        return put(VoterId(++made_));
      case 1:
        electorate_->remove(voter);
        return;
      case 2:
        return put(voter);
      case 3:
        electorate_->set_scores(voter, {.support = static_cast<std::int16_t>(rng_.below(101)),
                                        .turnout = {},
                                        .persuadability = std::int16_t{50}});
        return;
      case 4:
        electorate_->set_suppressed(voter, rng_.chance(0.5));
        return;
      case 5:
        electorate_->set_voted(voter, any_election());
        return;
      case 6:
      case 7:
        electorate_->record_attempt(
            voter, {.attempt = AttemptId(++made_),
                    .disposition = rng_.chance(0.5) ? "reached" : "no_answer",
                    .ended_at = kNow - std::chrono::minutes(rng_.below(100'000)),
                    .phonebank = PhonebankId(1 + static_cast<std::int64_t>(rng_.below(3)))});
        return;
      case 8:
      case 9:
        electorate_->record_answer(voter, any_question(), 1 + static_cast<int>(rng_.below(3)),
                                   kNow - std::chrono::minutes(rng_.below(100'000)));
        return;
      case 10:
        return say(voter);
      default:
        return rename();
    }
  }
  /// The next version counts as loaded.
  void load_anew() { ++loads_; }

 private:
  std::string any_of(const std::vector<std::string>& texts) {
    return texts[rng_.below(texts.size())];
  }
  VoterId any_voter() {
    return electorate_->voter(static_cast<Row>(rng_.below(electorate_->rows())));
  }
  ElectionId any_election() {
    return ElectionId(1 + static_cast<std::int64_t>(rng_.below(elections_)));
  }
  QuestionId any_question() {
    return QuestionId(1 + static_cast<std::int64_t>(rng_.below(questions_)));
  }
  void put(VoterId voter) {
    VoterRecord record;
    record.voter = voter;
    if (rng_.chance(0.9)) record.household = HouseholdId(static_cast<std::int64_t>(rng_.below(40)));
    record.born = birth::of_year(1930 + static_cast<int>(rng_.below(80)));
    record.has_phone = rng_.chance(0.4);
    record.is_protected = rng_.chance(0.1);
    record.texts[category_column(Field::state)] = "NC";
    record.texts[category_column(Field::county)] = any_of({"WAKE", "DURHAM", "O'BRIEN", "NEW"});
    record.texts[category_column(Field::party)] = any_of({"DEM", "REP", "UNA", "LIB", ""});
    record.texts[category_column(Field::city)] = any_of({"RALEIGH", "CAFÉ", ""});
    electorate_->put(record);
  }
  void say(VoterId voter) {
    const Row row = electorate_->find(voter);
    electorate_->note(row);
    History& history = electorate_->history();
    history.set_consent(row, ConsentPurpose::campaign,
                        rng_.chance(0.5) ? ConsentChannel::phone : ConsentChannel::email,
                        rng_.chance(0.5) ? ConsentState::given : ConsentState::withdrawn);
    if (rng_.chance(0.3)) history.set_scores(row, {{"climate", static_cast<int>(rng_.below(101))}});
    history.set_member(row, ListId(1), static_cast<int>(rng_.below(3)));
  }
  /// Something comes that rules can name, or is called otherwise.
  void rename() {
    switch (rng_.below(4)) {
      case 0:
        return add_election();
      case 1:
        return add_question();
      case 2:
        electorate_->history().put_list(
            {.id = ListId(1), .name = "List", .arms = {"holdout", "treatment", "script_b"}});
        return;
      default:
        electorate_->history().put_phonebank({.id = PhonebankId(1), .name = any_of({"A", "B"})});
    }
  }
  void add_election() {
    const std::string year = std::to_string(2030 - 2 * static_cast<int>(elections_ % 8));
    electorate_->put_election({.id = ElectionId(static_cast<std::int64_t>(++elections_)),
                               .state = "NC",
                               .held_on = year + "-11-06",
                               .kind = rng_.chance(0.5) ? "general" : "primary",
                               .title = {}});
  }
  void add_question() {
    electorate_->put_question({.id = QuestionId(static_cast<std::int64_t>(++questions_)),
                               .key = "q" + std::to_string(questions_),
                               .kind = "choice",
                               .text = {},
                               .choices = {"Yes", "No", "Perhaps"}});
  }

  Rng& rng_;
  std::unique_ptr<Electorate> electorate_ = std::make_unique<Electorate>();
  std::int64_t made_ = 0;
  std::uint64_t elections_ = 0;
  std::uint64_t questions_ = 0;
  std::uint64_t versions_ = 0;
  std::uint64_t loads_ = 1;
};

std::vector<KeptNumbers::Wanted> random_segments(Rng& rng, std::size_t count) {
  std::vector<KeptNumbers::Wanted> wanted = {{.id = 0, .rule = Rule{AllOf{}}}};
  while (wanted.size() < count) {
    Rule rule = testing::random_rule(rng, 2);
    if (is_time_relative(rule)) continue;
    wanted.push_back({.id = static_cast<std::int64_t>(wanted.size()), .rule = std::move(rule)});
  }
  return wanted;
}

void expect_exact(const Crew& crew, const KeptNumbers& kept, const LiveElectorate::Reader& version,
                  const std::vector<KeptNumbers::Wanted>& segments) {
  for (const KeptNumbers::Wanted& one : segments) {
    const auto numbers = kept.get(one.id);
    RC_ASSERT(numbers.has_value());
    RC_ASSERT(numbers->position == version.position());
    const Plan plan(one.rule, *version, kNow);
    const Numbers counted = count_numbers(crew, *version, plan.filter());
    const auto shown = [](const Numbers& of) {
      return fmt::format(" {} voters, {} households, {} with a phone, {} + {}", of.voters,
                         of.households, of.with_phone, of.scores[0].known, of.scores[0].sum);
    };
    if (!is_equal(numbers->numbers, counted)) {
      RC_FAIL(to_json(one.rule) + shown(numbers->numbers) + shown(counted));
    }
  }
}

TEST(KeptNumbers, AreThoseOfACountWhateverHappens) {
  const Crew crew(1);
  EXPECT_TRUE(rc::check("kept equals counted", [&](std::uint64_t seed) {
    Rng rng(seed);
    Happening happening(rng, 4080 + static_cast<int>(rng.below(30)));  // around a block's end
    std::vector<KeptNumbers::Wanted> segments = random_segments(rng, 70);
    KeptNumbers kept(crew);
    kept.keep(segments);
    kept.follow(happening.version());
    for (int batch = 0; batch < 4; ++batch) {
      for (auto changes = rng.below(60); changes > 0; --changes)
        happening.happen();
      if (rng.chance(0.1)) happening.load_anew();
      if (rng.chance(0.3)) {
        segments.pop_back();
        segments.push_back({.id = 1000 + batch, .rule = testing::random_rule(rng, 0)});
        if (is_time_relative(segments.back().rule)) segments.back().rule = Rule{AllOf{}};
        kept.keep(segments);
      }
      const LiveElectorate::Reader version = happening.version();
      kept.follow(version);
      expect_exact(crew, kept, version, segments);
    }
  }));
}

TEST(KeptNumbers, AProofFindsWhatIsWrongAndMendsIt) {
  const Crew crew(1);
  Rng rng(7);
  Happening happening(rng, 500);
  const std::vector<KeptNumbers::Wanted> segments = random_segments(rng, 5);
  KeptNumbers kept(crew);
  kept.keep(segments);
  kept.follow(happening.version());
  for (int i = 0; i < 5; ++i)
    EXPECT_TRUE(kept.prove_next()->is_equal);
  KeptNumbersSpoiler::spoil(kept, 2);
  std::vector<std::int64_t> wrong;
  for (int i = 0; i < 5; ++i) {
    const auto proof = kept.prove_next();
    if (!proof->is_equal) wrong.push_back(proof->id);
  }
  EXPECT_EQ(wrong, std::vector<std::int64_t>{2});
  for (int i = 0; i < 5; ++i)
    EXPECT_TRUE(kept.prove_next()->is_equal);
}

TEST(KeptNumbers, OneRowAtATimeIsAsBlockByBlock) {
  EXPECT_TRUE(
      rc::check("holds equals matches, and so does the conjunction", [](std::uint64_t seed) {
        Rng rng(seed);
        Happening happening(rng, 300);
        for (int i = 0; i < 300; ++i)
          happening.happen();
        const LiveElectorate::Reader version = happening.version();
        const Rule rule = testing::random_rule(rng, 3);
        const Plan plan(rule, *version, kNow);
        const auto conjunction = plan.filter().conjunction();
        BlockBits bits{};
        if (!plan.matches(0, bits)) bits.fill(0);
        for (Row row = 0; row < version->rows(); ++row) {
          const bool matches = ((bits[row / 64] >> (row % 64)) & 1U) != 0;
          if (plan.filter().holds(row) != matches) RC_FAIL(to_json(rule));
          if (!conjunction) continue;
          const bool accepted = std::ranges::all_of(*conjunction, [&](const Filter::Accepted& one) {
            const std::uint32_t value = one.column.get(row);
            return std::ranges::any_of(one.ranges, [&](const auto& range) {
              return range.first <= value && value <= range.second;
            });
          });
          if (accepted != matches) RC_FAIL("conjunction of " + to_json(rule));
        }
      }));
}

}  // namespace
}  // namespace hustings::segments
