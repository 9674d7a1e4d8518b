#include <benchmark/benchmark.h>

#include "segments/birth.h"
#include "segments/query.h"

// What one question costs inside the engine: a million synthetic voters, one and two threads.
// Not a comparison with anything; bench/ holds those.
namespace hustings::segments {
namespace {

constexpr int kVoters = 1'000'000;
constexpr Instant kNow = std::chrono::sys_days(std::chrono::year(2026) / 10 / 9);

const Electorate& electorate() {
  static const Electorate& made = *[] {
    auto* one = new Electorate;  // as long as the program
    Rng rng(1);
    VoterRecord record;
    for (int i = 1; i <= kVoters; ++i) {
      record.voter = VoterId(4'294'967'296 + i);
      if (i % 2 == 0)
        record.household =
            HouseholdId(static_cast<std::int64_t>(mix64(static_cast<std::uint64_t>(i)) >> 1));
      record.born = birth::of_year(1926 + static_cast<int>(rng.below(83)));
      record.has_phone = rng.chance(0.42);
      record.texts[category_column(Field::state)] = "NC";
      const auto county = rng.below(100);
      record.texts[category_column(Field::county)] = "C" + std::to_string(county);
      record.texts[category_column(Field::precinct)] = std::to_string(county * 30 + rng.below(30));
      record.texts[category_column(Field::party)] = std::array{"DEM", "REP", "UNA"}[rng.below(3)];
      one->put(record);
    }
    one->order_by_geography();
    for (int i = 1; i <= kVoters; ++i) {
      one->set_scores(VoterId(4'294'967'296 + i),
                      {.support = static_cast<std::int16_t>(rng.below(101)),
                       .turnout = static_cast<std::int16_t>(rng.below(101)),
                       .persuadability = static_cast<std::int16_t>(rng.below(101))});
    }
    return one;
  }();
  return made;
}

Rule rule(const char* json) { return *rule_from_json(json); }

constexpr const char* kThreePredicates =
    R"({"all":[{"field":"age","between":[18,34]},{"field":"persuadability","at_least":60},)"
    R"({"field":"has_phone","is":true}]})";

/// Only the match and its count, as in "select count(*)".
void count_three_predicates(benchmark::State& state) {
  const Rule three = rule(kThreePredicates);
  electorate();
  for (auto _ : state) {
    const Plan plan(three, electorate(), kNow);
    std::uint64_t count = 0;
    BlockBits bits;
    for (std::size_t block = 0; block < electorate().blocks(); ++block) {
      if (!plan.matches(block, bits)) continue;
      for (const std::uint64_t word : bits)
        count += static_cast<std::uint64_t>(std::popcount(word));
    }
    benchmark::DoNotOptimize(count);
  }
}
BENCHMARK(count_three_predicates)->Unit(benchmark::kMicrosecond);

/// What the API answers: voters, households and voters with a phone.
void totals(benchmark::State& state, const char* json) {
  const Rule asked = rule(json);
  const Scanner scanner(static_cast<int>(state.range(0)));
  for (auto _ : state) {
    benchmark::DoNotOptimize(scanner.totals(electorate(), Plan(asked, electorate(), kNow)));
  }
}
BENCHMARK_CAPTURE(totals, three_predicates, kThreePredicates)
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMicrosecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(totals, one_county, R"({"field":"county","in":["C7"]})")
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMicrosecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(totals, everybody, R"({"all":[]})")
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMicrosecond)
    ->UseRealTime();

void groups_by_county(benchmark::State& state) {
  const Rule three = rule(kThreePredicates);
  const Scanner scanner(1);
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        scanner.groups(electorate(), Plan(three, electorate(), kNow), Field::county));
  }
}
BENCHMARK(groups_by_county)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace hustings::segments

BENCHMARK_MAIN();
