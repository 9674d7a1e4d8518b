#pragma once

#include <functional>
#include <vector>

#include "base/error.h"
#include "ingest/chunk_reader.h"
#include "ingest/loader.h"

namespace hustings::ingest {

/// When to stop because too many rows are rejected.
struct RejectLimits {
  double share_max = 0.02;
  double share_max_early = 0.05;  ///< of the first rows
};

/// What reading a file has shown.
struct PipelineResult {
  std::string sha256;
  Encoding encoding{};
  std::int64_t nuls = 0;
  QualityCounts quality{};
  std::vector<ImportWarning> warnings;  ///< of the delivery: what was left out, what is missing
};

/// Reads a file through a loader: one thread cuts it into chunks, `threads` parse, match in order,
/// and write. Returns when all rows are with the loader's writers, or why it stopped; throws
/// Failure when the disk or the database broke. `keep` gets the rejects of each chunk, in order.
class Pipeline {
 public:
  using KeepRejects = std::function<void(std::vector<Reject>)>;
  Pipeline(const LoadContext& context, Loader& loader, RejectLimits limits, KeepRejects keep)
      : context_(context), loader_(loader), limits_(limits), keep_(std::move(keep)) {}

  Result<PipelineResult> run(ChunkReader& reader, int threads);

 private:
  struct Shared;
  void read(ChunkReader& reader, Shared& shared);
  void work(Shared& shared);
  Status count(Batch& batch);
  Status check_rejects(bool at_end) const;

  const LoadContext& context_;
  Loader& loader_;
  const RejectLimits limits_;
  const KeepRejects keep_;
};

}  // namespace hustings::ingest
