#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

/// The whole way of a change, on the real server over HTTP and WebSocket with its own PostgreSQL.
namespace hustings::bench {

struct LiveTask {
  std::filesystem::path folder;  ///< for the data directory; must exist
  std::size_t voters;
  std::size_t segments;
  double seconds;  ///< of writing
  int changes_per_s;
  int changes_per_commit;
};
struct Percentiles {
  double p50 = 0;
  double p99 = 0;
};
struct LiveFigures {
  double changes_per_s = 0;       ///< that were committed
  Percentiles commit_ms;          ///< what a writer waits for the database's commit
  Percentiles database_ms;        ///< from there until a reader of the feed has the change
  Percentiles commit_to_push_ms;  ///< from the commit until a listener has the new count
  Percentiles api_read_ms;        ///< GET of a registered segment, while all this goes on
  double recounted = 0;           ///< proofs in the background
  bool is_exact = true;           ///< none of them found a difference, and the last count is SQL's
};
/// Contacts of voters at a steady rate, with saved segments and a page that listens to one. Throws
/// Failure.
LiveFigures measure_live(const LiveTask& task);

}  // namespace hustings::bench
