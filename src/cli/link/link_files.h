#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"

namespace hustings::cli {

/// `hustings link A.csv B.csv`, or `hustings link A.csv` for duplicates within one file.
struct LinkArguments {
  std::filesystem::path left;
  std::filesystem::path right;         ///< empty: duplicates within `left`
  std::vector<std::string> maps;       ///< "name=column"
  std::filesystem::path folder = ".";  ///< pairs.csv and clusters.csv go here
  double threshold = 0.5;
  bool one_to_one = false;
  std::string truth;  ///< a column of both files that is equal for one person; empty: not known
  int threads = 0;    ///< 0: one for each core
};

/// Precision and recall against the truth, of pairs.
struct Quality {
  std::uint64_t true_pairs = 0;
  std::uint64_t found_pairs = 0;
  std::uint64_t right_pairs = 0;

  double precision() const;
  double recall() const;
  double f1() const;
};

struct LinkOutcome {
  std::string columns;  ///< what was taken for what, for people to read
  std::vector<std::string> notes;
  std::uint64_t rows_left = 0;
  std::uint64_t rows_right = 0;
  std::uint64_t pairs_compared = 0;
  std::uint64_t pairs = 0;     ///< at the threshold or above
  std::uint64_t clusters = 0;  ///< of two rows or more
  double expected_matches = 0;
  std::optional<Quality> of_pairs;
  std::optional<Quality> of_clusters;
};

/// Reads, links, writes pairs.csv and clusters.csv. invalid for input that cannot be linked.
Result<LinkOutcome> link_files(const LinkArguments& arguments, int this_year);

}  // namespace hustings::cli
