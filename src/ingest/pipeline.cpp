#include "ingest/pipeline.h"

#include <algorithm>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "base/text.h"

namespace hustings::ingest {
namespace {

constexpr std::size_t kChunksMax = 4;
constexpr std::int64_t kEarlyRows = 10'000;
/// A handful of bad rows in a small file is no sign of a wrong layout.
constexpr std::int64_t kRejectsAlways = 10;

std::string some_of(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 5;
  std::string out;
  for (std::size_t i = 0; i < std::min(names.size(), kShown); ++i)
    out += (i == 0 ? "" : ", ") + names[i];
  return names.size() > kShown ? out + ", …" : out;
}

std::vector<ImportWarning> warnings_of(const Source& source, std::int64_t skipped) {
  std::vector<ImportWarning> out;
  const auto add = [&](std::string_view kind, std::int64_t count, std::string text) {
    if (count > 0) out.push_back({std::string(kind), count, std::move(text)});
  };
  const auto ignored = std::ssize(source.ignored());
  add("files_ignored", ignored,
      fmt::format("{} files of the delivery are no data of this layout and were left out: {}",
                  ignored, some_of(source.ignored())));
  const auto missing = std::ssize(source.missing());
  add("parts_missing", missing,
      fmt::format("{} parts that the layout expects were not there: {}", missing,
                  some_of(source.missing())));
  add("not_votes", skipped,
      fmt::format("{} rows say that somebody did not vote or that the ballot was not counted",
                  with_thousands(skipped)));
  return out;
}

}  // namespace

struct Pipeline::Shared {
  explicit Shared(RunState& run) : chunks(run, kChunksMax), gate(run) {}
  BoundedQueue<Chunk> chunks;
  OrderGate gate;
  std::mutex mutex;  // of what follows
  PipelineResult result;
  std::int64_t skipped = 0;  // written in the file's order only
};

ImportCounts Progress::counts() const {
  return {.rows_read = rows_read,
          .rows_new = rows_new,
          .rows_changed = rows_changed,
          .rows_same = rows_same,
          .rows_rejected = rows_rejected,
          .lines_empty = lines_empty,
          .lines_header = lines_header};
}

void Pipeline::read(ChunkReader& reader, Shared& shared) {
  RunState& run = context_.run;
  try {
    while (!run.stopped()) {
      auto chunk = reader.next();
      if (!chunk) {
        run.fail(std::move(chunk).error());
        break;
      }
      if (!*chunk) break;
      shared.result.encoding = (*chunk)->encoding;
      if (!shared.chunks.push(std::move(**chunk))) break;
      context_.progress.bytes_done = reader.bytes_done();
    }
  } catch (...) {
    run.fail(std::current_exception());
  }
  shared.chunks.close();
}

Status Pipeline::check_rejects(bool at_end) const {
  const std::int64_t rows = context_.progress.rows_read;
  const std::int64_t rejected = context_.progress.rows_rejected;
  const double most = at_end ? limits_.share_max : limits_.share_max_early;
  const bool none_taken = at_end && rows > 0 && rejected == rows;
  const bool too_many =
      rejected > kRejectsAlways && static_cast<double>(rejected) > most * static_cast<double>(rows);
  if (!too_many && !none_taken) return {};
  return invalid(fmt::format(
      "{} of the {}{} rows cannot be taken. Nothing was changed. The list of rejects has the first "
      "reasons: wrong field counts or dates mean that the file has another layout or delimiter "
      "than "
      "'{}' (version {}); bytes that do not fit mean that parts in different encodings were put "
      "together.",
      with_thousands(rejected), at_end ? "" : "first ", with_thousands(rows),
      context_.format.layout.name, context_.format.layout.version));
}

/// In the file's order, so that the same file always stops at the same row.
Status Pipeline::count(Batch& batch) {
  Progress& progress = context_.progress;
  const bool was_early = progress.rows_read < kEarlyRows;
  progress.rows_read += batch.rows;
  progress.rows_rejected += static_cast<std::int64_t>(batch.rejects.size());
  progress.lines_empty += batch.empty;
  progress.lines_header += batch.headers;
  if (batch.cut_line != 0) {
    return invalid(
        fmt::format("The file ends in the middle of line {}: it was cut off. Download it "
                    "again. Nothing was changed.",
                    with_thousands(batch.cut_line)));
  }
  if (was_early && progress.rows_read >= kEarlyRows) return check_rejects(false);
  return {};
}

void Pipeline::work(Shared& shared) {
  RunState& run = context_.run;
  try {
    const auto parser = loader_.make_parser();
    while (auto chunk = shared.chunks.pop()) {
      const std::int64_t index = chunk->index;
      auto batch = parser->parse(*std::move(chunk));
      if (!shared.gate.enter(index)) break;
      loader_.match(*batch);
      const Status counted = count(*batch);
      keep_(std::move(batch->rejects));
      shared.result.nuls += batch->nuls;
      shared.skipped += batch->skipped;
      if (!counted) {
        run.fail(counted.error());
        break;
      }
      shared.gate.leave();
      loader_.write(std::move(batch));
    }
    const std::lock_guard lock(shared.mutex);
    const QualityCounts counts = parser->quality();
    for (std::size_t i = 0; i < counts.size(); ++i)
      shared.result.quality[i] += counts[i];
  } catch (...) {
    run.fail(std::current_exception());
  }
}

Result<PipelineResult> Pipeline::run(ChunkReader& reader, int threads) {
  Shared shared(context_.run);
  {
    std::vector<std::thread> all;
    all.emplace_back([&] { read(reader, shared); });
    for (int i = 0; i < threads; ++i)
      all.emplace_back([&] { work(shared); });
    for (std::thread& thread : all)
      thread.join();
  }
  TRY(context_.run.result());
  if (context_.progress.rows_read == 0) {
    return invalid("The file has no row below its header. Download it again.");
  }
  TRY(check_rejects(true));
  shared.result.sha256 = reader.sha256();
  shared.result.warnings = warnings_of(reader.source(), shared.skipped);
  return std::move(shared.result);
}

}  // namespace hustings::ingest
