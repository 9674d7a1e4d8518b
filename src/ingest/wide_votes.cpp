#include "ingest/wide_votes.h"

#include <cstring>
#include <set>
#include <utility>

#include <zstd.h>

#include "base/error.h"
#include "registry/bulk_writer.h"
#include "registry/copy_buffer.h"
#include "registry/presence.h"
#include "registry/voter_row.h"

namespace hustings::ingest {
namespace {

constexpr int kLevel = 1;
constexpr std::size_t kStageBytes = 1 << 20;

template <class T>
void put(std::string& out, T value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.append(bytes, sizeof value);
}
void put_text(std::string& out, std::string_view text) {
  put(out, static_cast<std::uint16_t>(text.size()));
  out += text;
}
template <class T>
T take(std::string_view& from) {
  T value;
  std::memcpy(&value, from.data(), sizeof value);
  from.remove_prefix(sizeof value);
  return value;
}
std::string_view take_text(std::string_view& from) {
  const auto size = take<std::uint16_t>(from);
  const std::string_view text = from.substr(0, size);
  from.remove_prefix(size);
  return text;
}

void write_all(std::FILE* file, const void* bytes, std::size_t size) {
  if (std::fwrite(bytes, 1, size, file) != size) {
    throw Failure("There is no room for the votes of this file among the temporary files.");
  }
}
void read_all(std::FILE* file, void* bytes, std::size_t size) {
  if (std::fread(bytes, 1, size, file) != size) {
    throw Failure("The temporary file with the votes cannot be read.");
  }
}

/// One row of a piece, behind whose it is: line, county, and its votes.
struct PieceRow {
  std::int64_t line = 0;
  std::uint16_t votes = 0;
  std::string_view county;
};

PieceRow take_row(std::string_view& from) {
  PieceRow row;
  row.line = take<std::int64_t>(from);
  row.votes = take<std::uint16_t>(from);
  row.county = take_text(from);
  return row;
}

}  // namespace

WideVotes::WideVotes() : file_(std::tmpfile()) {
  if (!file_) throw Failure("No temporary file can be made for the votes of this file.");
}

void WideVotes::note(Batch& batch, std::uint32_t row, std::int64_t line, const ColumnMap& map,
                     const std::vector<WideVote>& votes) {
  if (votes.empty()) return;
  std::string& out = batch.bytes_;
  put(out, row);
  const std::size_t size_at = out.size();
  put(out, std::uint32_t{0});
  put(out, line);
  put(out, static_cast<std::uint16_t>(votes.size()));
  put_text(out, votes.front().county);
  for (const WideVote& vote : votes) {
    const FileElection& election = map.elections[static_cast<std::size_t>(vote.election)];
    put(out, elections_.number(election.held_on, election.name));
    put_text(out, vote.method);
    put_text(out, vote.party);
  }
  const auto size = static_cast<std::uint32_t>(out.size() - size_at - sizeof(std::uint32_t));
  std::memcpy(out.data() + size_at, &size, sizeof size);
}

void WideVotes::keep(const Batch& batch, const std::function<Whose(std::uint32_t)>& whose) {
  std::string piece;
  std::string_view from = batch.bytes_;
  while (!from.empty()) {
    const auto row = take<std::uint32_t>(from);
    const auto size = take<std::uint32_t>(from);
    const Whose who = whose(row);
    if (who.kind != Whose::Kind::not_taken) {
      put(piece, who);
      piece += from.substr(0, size);
    }
    from.remove_prefix(size);
  }
  if (piece.empty()) return;
  std::string packed(ZSTD_compressBound(piece.size()), '\0');
  const std::size_t size =
      ZSTD_compress(packed.data(), packed.size(), piece.data(), piece.size(), kLevel);
  CHECK(ZSTD_isError(size) == 0);
  const std::uint64_t sizes[2] = {size, piece.size()};
  const std::lock_guard lock(mutex_);
  write_all(file_.get(), sizes, sizeof sizes);
  write_all(file_.get(), packed.data(), size);
  ++kept_;
}

/// Two columns of the file may stand for one election: of one voter's votes in it the last counts.
bool WideVotes::are_ids_unique() const {
  return std::set<std::int64_t>(ids_.begin(), ids_.end()).size() == ids_.size();
}

void WideVotes::append_added(std::string_view& from, std::uint16_t count, VoterId voter,
                             const About& about, std::string_view county,
                             registry::CopyBuffer& out) {
  for (int i = 0; i < count; ++i) {
    const auto election = take<std::int32_t>(from);
    const std::string_view method = take_text(from);
    const std::string_view party = take_text(from);
    registry::append_vote({.voter = voter,
                           .home = voter,
                           .election = ids_[static_cast<std::size_t>(election)],
                           .import = about.import},
                          {.method = method, .party = party, .county = county}, out);
    homes_[election].add(voter.value());
  }
  added_ += count;
}

void WideVotes::stage_piece(std::string_view piece, const About& about, const Way& way, Rows& out) {
  while (!piece.empty()) {
    auto who = take<Whose>(piece);
    const bool is_added = who.kind == Whose::Kind::added;
    if (is_added) who.home = who.voter = way.id_of(who.home);
    const PieceRow row = take_row(piece);
    if (is_added && way.write_added) {
      append_added(piece, row.votes, VoterId(who.voter), about, row.county, out.added);
      continue;
    }
    for (int i = 0; i < row.votes; ++i) {
      const auto election = take<std::int32_t>(piece);
      const std::string_view method = take_text(piece);
      const std::string_view party = take_text(piece);
      registry::append_vote({.voter = VoterId(who.voter),
                             .home = VoterId(who.home),
                             .election = election,
                             .method = method,
                             .party = party,
                             .county = row.county,
                             .line = row.line},
                            out.staged);
      homes_[election].add(who.home);
    }
  }
}

void WideVotes::stage(pg::Connection& publisher, const About& about, const Way& way) {
  ids_ = registry::reserve_elections(publisher,
                                     {.state = about.state, .elections = elections_.list()});
  Way by = way;
  if (!are_ids_unique()) by.write_added = nullptr;
  registry::Stage stage(publisher, registry::Stage::What::votes);
  if (std::fseek(file_.get(), 0, SEEK_SET) != 0) {
    throw Failure("The temporary file with the votes cannot be read.");
  }
  Rows rows;
  std::string packed;
  std::string piece;
  const auto flush = [&](std::size_t least) {
    if (rows.staged.size() > least) {
      stage.write(rows.staged.view());
      rows.staged.clear();
      is_staged_any_ = true;
    }
    if (rows.added.size() > least) by.write_added(std::exchange(rows.added, {}));
  };
  for (std::int64_t i = 0; i < kept_; ++i) {
    std::uint64_t sizes[2] = {};
    read_all(file_.get(), sizes, sizeof sizes);
    packed.resize(sizes[0]);
    piece.resize(sizes[1]);
    read_all(file_.get(), packed.data(), packed.size());
    const std::size_t got =
        ZSTD_decompress(piece.data(), piece.size(), packed.data(), packed.size());
    if (got != piece.size()) throw Failure("The temporary file with the votes is damaged.");
    stage_piece(piece, about, by, rows);
    flush(kStageBytes);
  }
  flush(0);
  stage.finish();
}

std::int64_t WideVotes::publish(pg::Transaction& transaction, const About& about) {
  if (kept_ == 0) return 0;
  registry::add_elections(transaction, {.state = about.state, .elections = elections_.list()},
                          ids_);
  registry::Written written;
  if (is_staged_any_) written = registry::publish_votes(transaction, about.import, ids_);
  for (const auto& [election, homes] : homes_) {
    const auto place = static_cast<std::size_t>(election);
    registry::write_presence(transaction,
                             {.import = about.import,
                              .part = std::to_string(ids_.at(place)),
                              .source = std::string(about.source),
                              .name = elections_.list().at(place).name,
                              .counties = std::nullopt},
                             homes);
  }
  return added_ + written.added + written.changed;
}

}  // namespace hustings::ingest
