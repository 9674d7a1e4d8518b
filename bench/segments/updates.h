#pragma once

#include <cstddef>
#include <string>

#include "segments/queries.h"

namespace hustings::bench {

struct UpdateFigures {
  double updates_per_s = 0;  ///< of one core's time
  double recounted = 0;      ///< segments that were counted anew
  bool is_exact = true;
  double matches = 0;      ///< segments of a voter, on average
  double register_ms = 0;  ///< to count one segment at its registration
  double reads = 0;        ///< Q1 by another thread at the same time
  double read_ms = 0;      ///< their median
};
struct UpdateTask {
  std::size_t segments;
  std::size_t batch;
  double seconds;
  bool with_reads;
};
/// Contacts of random voters (four columns each), with so many registered segments whose count,
/// weighted sum and counts by state are kept; then counts segments anew and compares.
UpdateFigures measure_updates(Electorate& electorate, const UpdateTask& task);

}  // namespace hustings::bench
