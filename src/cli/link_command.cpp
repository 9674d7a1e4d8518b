#include <fmt/format.h>

#include "base/clock.h"
#include "base/text.h"
#include "cli/commands.h"

namespace hustings::cli {
namespace {

std::string counted(std::uint64_t number) {
  return with_thousands(static_cast<std::int64_t>(number));
}

void print_quality(std::string_view of_what, const Quality& quality) {
  fmt::print("{}: precision {:.4f}, recall {:.4f}, F1 {:.4f} ({} true pairs, {} found, {} right)\n",
             of_what, quality.precision(), quality.recall(), quality.f1(),
             counted(quality.true_pairs), counted(quality.found_pairs),
             counted(quality.right_pairs));
}

void print_outcome(const LinkArguments& arguments, const LinkOutcome& outcome) {
  fmt::print("{}\n", outcome.columns);
  for (const std::string& note : outcome.notes)
    fmt::print("{}\n", note);
  const std::string rows = arguments.right.empty() ? counted(outcome.rows_left) + " rows"
                                                   : counted(outcome.rows_left) + " and " +
                                                         counted(outcome.rows_right) + " rows";
  fmt::print("{}; {} pairs compared, {:.0f} matches expected\n", rows,
             counted(outcome.pairs_compared), outcome.expected_matches);
  fmt::print("{} pairs at probability {} or more, in {} clusters: {} and {}\n",
             counted(outcome.pairs), arguments.threshold, counted(outcome.clusters),
             (arguments.folder / "pairs.csv").string(),
             (arguments.folder / "clusters.csv").string());
  if (outcome.of_pairs) print_quality("pairs", *outcome.of_pairs);
  if (outcome.of_clusters) print_quality("clusters", *outcome.of_clusters);
}

int year_of(Instant now) {
  return static_cast<int>(parse_int(to_iso(now).substr(0, 4)).value_or(0));
}

}  // namespace

int link_csv(const LinkArguments& arguments) {
  const SystemClock clock;
  const auto outcome = link_files(arguments, year_of(clock.now()));
  if (!outcome) {
    fmt::print(stderr, "hustings: {}\n", outcome.error().text());
    return 2;
  }
  print_outcome(arguments, *outcome);
  return 0;
}

}  // namespace hustings::cli
