// Bars on many voters at once, by the ids of a file.
#include <algorithm>

#include <fmt/format.h>

#include "registry/registry.h"
#include "registry/sql.h"

namespace hustings::registry {
namespace {

/// So many voters share one change in the feed, whose payload names them.
constexpr std::size_t kVotersAtOnce = 1000;
constexpr int kUnknownShown = 10;
constexpr std::size_t kPieceBytes = 1 << 16;
constexpr std::size_t kSourceMax = 200;
/// A result that comes in this moment may lock in another order: one of the two is tried again.
constexpr int kTries = 5;
constexpr std::string_view kDeadlock = "40P01";

/// A text as COPY's text format takes it.
void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c == '\\') out += '\\';
    out += c;
  }
}

void stage(pg::Connection& connection, std::span<const std::string> ids) {
  auto copy = connection.copy_in(sql::kIdStageCopy);
  std::string piece;
  for (const std::string& id : ids) {
    append_escaped(piece, id);
    const auto voter = VoterId::from_text(id);
    piece += voter ? fmt::format("\t{}\t{}\n", bucket_of(*voter), voter->value()) : "\t\\N\t\\N\n";
    if (piece.size() < kPieceBytes) continue;
    copy.write(piece);
    piece.clear();
  }
  copy.write(piece);
  copy.finish();
}

void append_changes(const std::vector<VoterId>& voters, SuppressionId first,
                    const Suppression& like, std::vector<feed::Change>& changes) {
  for (std::size_t at = 0; at < voters.size(); at += kVotersAtOnce) {
    std::string named;
    const std::size_t end = std::min(at + kVotersAtOnce, voters.size());
    for (std::size_t i = at; i < end; ++i)
      named += fmt::format("{}{}", i == at ? "" : ",", voters[i].value());
    changes.push_back({.kind = ChangeKind::suppression_added,
                       .subject = feed::subject_of("suppression", first),
                       .actor = like.actor,
                       .payload = fmt::format(R"({{"reason":"{}","voters":[{}]}})",
                                              to_string(like.reason), named)});
  }
}

}  // namespace

Result<Registry::BarredIds> Registry::suppress_ids(const IdsOfSource& of, const Suppression& like,
                                                   Deadline deadline) {
  if (like.source.empty() || like.source.size() > kSourceMax) {
    return invalid(fmt::format("Say in 1 to {} characters where this comes from.", kSourceMax),
                   "from");
  }
  for (int left = kTries;; --left) {
    try {
      return suppress_ids_once(of, like, deadline);
    } catch (const pg::SqlFailure& failure) {
      if (failure.sqlstate() != kDeadlock || left == 1) throw;
    }
  }
}

Result<Registry::BarredIds> Registry::suppress_ids_once(const IdsOfSource& of,
                                                        const Suppression& like,
                                                        Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  transaction.run(sql::kIdStageMake);
  transaction.run(sql::kIdFoundMake);
  stage(*connection, of.ids);
  transaction.run(sql::kIdStageAnalyze);
  transaction.run(sql::kIdFoundFill, of.source);
  transaction.run(sql::kIdFoundAnalyze);
  BarredIds out;
  for (const pg::Row row : transaction.run(sql::kIdUnknown, kUnknownShown)) {
    out.unknown = row.get<std::int64_t>(0);
    out.unknown_first.push_back(row.get<std::string>(1));
  }
  if (out.unknown == std::ssize(of.ids)) {
    return invalid(fmt::format("No voter has one of the {} ids as an id of '{}'; nothing was "
                               "changed. Check the source and the column.",
                               of.ids.size(), of.source),
                   "source");
  }
  std::vector<VoterId> added;
  SuppressionId first;
  for (const pg::Row row : transaction.run(sql::kSuppressionsAddFound, to_string(like.reason),
                                           like.source, like.actor, clock_.now())) {
    if (added.empty()) first = row.get<SuppressionId>(0);
    added.push_back(row.get<VoterId>(1));
  }
  out.added = std::ssize(added);
  out.before = transaction.run(sql::kIdFoundCount).only().get<std::int64_t>(0) - out.added;
  if (added.empty()) return out;
  if (listener_ != nullptr) listener_->on_voters_suppressed(transaction, added, like.reason);
  std::vector<feed::Change> changes;
  append_changes(added, first, like, changes);
  feed::commit(transaction, changes);
  log_.info("suppressions_added", {{"voters", out.added}, {"reason", to_string(like.reason)}});
  return out;
}

}  // namespace hustings::registry
