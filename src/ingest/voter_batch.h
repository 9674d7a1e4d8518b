#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/erased_rows.h"
#include "ingest/loader.h"
#include "ingest/wide_votes.h"
#include "registry/copy_buffer.h"

/// The rows of a voter file between being parsed and being matched.
namespace hustings::ingest {

enum class Outcome : std::uint8_t { same, added, changed, repeated, erased };

/// A row whose voter is not known yet.
struct ParsedRow {
  std::uint32_t body_begin = 0;  ///< in VoterBatch::bodies
  std::uint32_t body_size = 0;
  std::uint32_t id_begin = 0;  ///< in VoterBatch::ids
  std::uint16_t id_size = 0;
  Outcome outcome = Outcome::same;
  bool is_erased = false;  ///< of somebody who was erased
  std::uint64_t fingerprint = 0;
  std::int64_t line = 0;
  std::int64_t offset = 0;
  std::int64_t phone = 0;
  std::int64_t home = 0;   ///< known: the identity's home; new: how many came before it in the file
  std::int64_t voter = 0;  ///< known: the person
  ImportId previous;       ///< known: the import of its last record; none: all were undone
  std::int64_t record = 0;       ///< how many new or changed rows came before it
  std::uint32_t twin_begin = 0;  ///< in VoterBatch::twins: what tells it from others
  std::uint32_t twin_size = 0;
};

struct VoterBatch final : Batch {
  registry::CopyBuffer bodies;
  registry::CopyBuffer twins;  ///< of a dry run: rows for registry::DuplicateStage
  std::string ids;
  std::vector<ParsedRow> parsed;
  std::string kept;  ///< the chunk's lines as UTF-8
  WideVotes::Batch votes;
  std::set<std::string, std::less<>> counties;
  bool has_news = false;
  std::vector<std::int64_t> erased;  ///< lines of persons who were erased

  std::string_view id(const ParsedRow& row) const {
    return std::string_view(ids).substr(row.id_begin, row.id_size);
  }
  std::string_view body(const ParsedRow& row) const {
    return bodies.view().substr(row.body_begin, row.body_size);
  }
};

/// What parsers of voters work with; all of it outlives them.
struct VoterParsing {
  const LoadContext& context;
  std::uint64_t salt = 0;
  WideVotes* votes = nullptr;  ///< null for layouts without votes in the voters' rows
  const ErasedRows& erased;
};
/// Its batches are VoterBatches.
std::unique_ptr<ChunkParser> make_voter_parser(const VoterParsing& with);

}  // namespace hustings::ingest
