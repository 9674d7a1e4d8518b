#include "ingest/voter_batch.h"

#include "ingest/line_loop.h"
#include "ingest/row_reader.h"
#include "registry/duplicates.h"
#include "registry/row_hash.h"

namespace hustings::ingest {
namespace {

class VoterParser final : public ChunkParser {
 public:
  explicit VoterParser(const VoterParsing& with)
      : source_(with.context.format.layout.source),
        map_(with.context.format.map),
        reader_(with.context.format),
        salt_(with.salt),
        votes_(with.votes),
        is_trial_(with.context.request.dry_run),
        erased_(with.erased) {}

  std::unique_ptr<Batch> parse(Chunk chunk) override {
    auto batch = std::make_unique<VoterBatch>();
    batch->index = chunk.index;
    batch->first_line = chunk.first_line;
    batch->parsed.reserve(static_cast<std::size_t>(chunk.lines));
    LineWalker walker(chunk);
    registry::VoterRow row;
    each_row(walker, map_, *batch, [&](const Line& line, RowProblem& problem) {
      if (!reader_.read(line, row, problem)) return false;
      if (votes_ != nullptr) {
        votes_->note(batch->votes, static_cast<std::uint32_t>(batch->parsed.size()), line.number,
                     map_.of_part(line.part), reader_.votes());
      }
      add(*batch, line, row);
      return true;
    });
    const bool as_it_is = walker.kept().data() == chunk.bytes.data();
    batch->kept = as_it_is ? std::move(chunk.bytes) : std::string(walker.kept());
    return batch;
  }

  QualityCounts quality() const override { return reader_.quality(); }

 private:
  void add(VoterBatch& batch, const Line& line, const registry::VoterRow& row) const {
    ParsedRow parsed{.body_begin = static_cast<std::uint32_t>(batch.bodies.size()),
                     .id_begin = static_cast<std::uint32_t>(batch.ids.size()),
                     .id_size = static_cast<std::uint16_t>(row.external_id.size()),
                     .line = line.number,
                     .offset = line.offset,
                     .phone = row.phone};
    registry::encode_body(row, batch.bodies);
    parsed.body_size = static_cast<std::uint32_t>(batch.bodies.size()) - parsed.body_begin;
    parsed.fingerprint = registry::row_hash(batch.body(parsed)) ^ salt_;
    batch.ids += row.external_id;
    if (is_trial_ && registry::can_be_duplicate(row)) {
      parsed.twin_begin = static_cast<std::uint32_t>(batch.twins.size());
      registry::append_duplicate(row, line.number, batch.twins);
      parsed.twin_size = static_cast<std::uint32_t>(batch.twins.size()) - parsed.twin_begin;
    }
    parsed.is_erased = erased_.is_erased(source_, row);
    batch.parsed.push_back(parsed);
    if (!batch.counties.contains(row.county)) batch.counties.emplace(row.county);
  }

  const std::string& source_;
  const ColumnMap& map_;
  VoterReader reader_;
  const std::uint64_t salt_;
  WideVotes* const votes_;
  const bool is_trial_;
  const ErasedRows& erased_;
};

}  // namespace

std::unique_ptr<ChunkParser> make_voter_parser(const VoterParsing& with) {
  return std::make_unique<VoterParser>(with);
}

}  // namespace hustings::ingest
